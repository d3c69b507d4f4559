import type { Translate } from '../locales/translate'
import { regionRange } from '../project/annotation'
import type { ProjectDocument, ProjectRecording, ProjectSettings } from '../project/project-document'
import { sampleRateOfChannel } from '../project/project-document'
import type { AnalysisOrigin } from './block'
import type { AnalystWords, ReportAnnotation } from './inputs'

/** How a recording of a project is analysed: what the user said stands over what the file says. */
export function analysisOfRecording(
  { properties, read }: ProjectRecording,
  settings: ProjectSettings,
): Pick<AnalysisOrigin, 'read' | 'models' | 'segmentSeconds'> & { readonly baseline: string[] } {
  const said = <T>({ value, origin }: { readonly value: T | null; readonly origin: string }): T | undefined =>
    origin === 'user' && value !== null ? value : undefined
  const { sampleRateHz, unit, shaftSpeedRpm } = properties
  return {
    read: { ...read, sampleRateHz: said(sampleRateHz), unit: said(unit), shaftSpeedRpm: said(shaftSpeedRpm) },
    models: [...settings.models],
    segmentSeconds: settings.segmentSeconds ?? undefined,
    baseline: [],
  }
}

/** In seconds; those of recordings whose rate nobody knows are left out. */
export function annotationsOfProject({ recordings, annotations }: ProjectDocument): ReportAnnotation[] {
  const byId = new Map(recordings.map((recording) => [recording.id, recording]))
  return annotations.flatMap((annotation): ReportAnnotation[] => {
    const recording = byId.get(annotation.recordingId)
    const rateHz = recording === undefined ? undefined : sampleRateOfChannel(recording, annotation.channel)
    if (recording === undefined || rateHz === undefined) return []
    const { region, kind, text, faultType, severity, author, changedAt, channel } = annotation
    const { start, end } = regionRange(region)
    return [
      {
        kind,
        text: text.slice(0, 5000),
        faultType: faultType ?? undefined,
        severity: severity ?? undefined,
        author: author === '' ? undefined : author,
        time: changedAt,
        fileSha256: recording.file.sha256,
        channel: channel === null ? undefined : recording.channels[channel]?.name,
        startSeconds: start / rateHz,
        endSeconds: end / rateHz,
        ...(region.shape === 'box' ? { lowHz: region.lowHz, highHz: region.highHz } : {}),
      },
    ]
  })
}

/** The analyst's words for page 1; what is empty is left to the suggestions. */
export function wordsOfProject({ report, recordings }: ProjectDocument, t: Translate): AnalystWords {
  const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())
  const joined = (values: readonly (string | null)[]): string | undefined => {
    const known = [...new Set(values.filter((value) => value !== null))]
    return known.length === 0 ? undefined : known.join(t('report.separator')).slice(0, 300)
  }
  const words: AnalystWords = {
    title: given(report.title),
    machine: joined(recordings.map(({ properties }) => properties.machine.value)),
    point: joined(recordings.flatMap(({ properties }) => [properties.point.value, properties.direction.value])),
    verdict: given(report.conclusion.slice(0, 5000)),
    severity: report.severity ?? undefined,
    action: given(report.action.slice(0, 5000)),
    deadline: given(report.deadline),
  }
  const entries = Object.entries(words).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as AnalystWords // the same fields, without those that are empty
}
