import { AnalyzerError } from '../errors'
import type { Annotation, AnsweredEvent, Region } from './annotation'
import { annotationKinds, annotationSeverities, regionRange } from './annotation'
import type { ProjectRecording } from './project-document'
import { sampleRateOfChannel } from './project-document'

/** What is read from a file: whatever it does not say is filled in by who imports. */
export interface ImportedAnnotation {
  /** In the file, from 1. */
  readonly line: number
  readonly id?: string
  /** Name or SHA-256; absent = the one that the user imports to. */
  readonly recordingName?: string
  readonly recordingSha256?: string
  readonly channel: number | null
  readonly region: UnscaledRegion
  readonly kind: Annotation['kind']
  readonly faultType: string | null
  readonly severity: Annotation['severity']
  readonly text: string
  readonly author?: string
  readonly createdAt?: string
  readonly changedAt?: string
  readonly event: AnsweredEvent | null
}

/** Times in samples, or in seconds where the file says those only; end = start is a point. */
export interface UnscaledRegion {
  readonly start: number
  readonly end: number
  readonly in: 'samples' | 'seconds'
  readonly bandHz?: readonly [number | undefined, number | undefined]
}

export function lineError(name: string, line: number, sentence: string): AnalyzerError {
  return new AnalyzerError('unreadable-file', `"${name}", line ${line}: ${sentence}`, { name, line })
}

/** In samples of the recording, whole and inside it. @throws AnalyzerError with the line */
export function scaleRegion(imported: ImportedAnnotation, recording: ProjectRecording, name: string): Region {
  const { region, line, channel } = imported
  const { start, end } = inSamples(region, sampleRateOfChannel(recording, channel), (sentence) =>
    lineError(name, line, sentence),
  )
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
    throw lineError(
      name,
      line,
      `${start} to ${end} is no range of samples; whole numbers from 0, in order, were expected.`,
    )
  }
  if (region.end === region.start) return { shape: 'point', sample: start }
  const endSample = Math.max(end, start + 1) // shorter than a sample
  if (region.bandHz === undefined) return { shape: 'range', startSample: start, endSample }
  const [lowHz, highHz] = filledBand(region.bandHz, sampleRateOfChannel(recording, channel))
  if (highHz === undefined || !(highHz > lowHz)) {
    throw lineError(name, line, `${lowHz} to ${highHz ?? 'unknown'} Hz is no frequency range.`)
  }
  return { shape: 'box', startSample: start, endSample, lowHz, highHz }
}

function inSamples(
  region: UnscaledRegion,
  rateHz: number | undefined,
  errorOf: (sentence: string) => AnalyzerError,
): { readonly start: number; readonly end: number } {
  if (region.in === 'samples') return region
  if (rateHz === undefined) {
    throw errorOf('The times are in seconds, but the sampling rate of the recording is unknown; set it first.')
  }
  return { start: Math.round(region.start * rateHz), end: Math.round(region.end * rateHz) }
}

/** Undefined ends are the ends of the spectrum. */
function filledBand(
  [low, high]: readonly [number | undefined, number | undefined],
  rateHz: number | undefined,
): readonly [number, number | undefined] {
  return [low ?? 0, high ?? (rateHz === undefined ? undefined : rateHz / 2)]
}

/** Seconds of a region; undefined where the rate is unknown. */
export function regionSeconds(
  annotation: Pick<Annotation, 'region' | 'channel'>,
  recording: ProjectRecording,
): { readonly start: number; readonly end: number } | undefined {
  const rateHz = sampleRateOfChannel(recording, annotation.channel)
  if (rateHz === undefined) return undefined
  const { start, end } = regionRange(annotation.region)
  return { start: start / rateHz, end: (annotation.region.shape === 'point' ? start : end) / rateHz }
}

export function isAnnotationKind(text: string): text is Annotation['kind'] {
  return (annotationKinds as readonly string[]).includes(text)
}

export function isSeverity(text: string): text is NonNullable<Annotation['severity']> {
  return (annotationSeverities as readonly string[]).includes(text)
}

/** "fault, healthy, …" for sentences. */
export const kindList = annotationKinds.join(', ')
export const severityList = annotationSeverities.join(', ')
