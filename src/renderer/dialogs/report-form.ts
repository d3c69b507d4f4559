import type { AnalysisResult } from '../../shared/analysis'
import type { OpenRecording } from '../../shared/app/study'
import type { RequestInput } from '../../shared/contract/requests'
import type { Translate } from '../../shared/locales/translate'
import type { Annotation } from '../../shared/project/annotation'
import type { AnalystWords } from '../../shared/report/inputs'
import type { LibraryEntry } from '../stores/use-library-store'

/** The analyst's words that the dialog asks for, in its order. */
export const wordNames = [
  'title',
  'machine',
  'point',
  'analyst',
  'verdict',
  'severity',
  'action',
  'deadline',
  'remarks',
] as const satisfies readonly (keyof AnalystWords)[]
export type WordTexts = Record<(typeof wordNames)[number], string>
export const longWords: readonly string[] = ['verdict', 'action', 'remarks']

export function firstWords({ properties }: OpenRecording, author: string): WordTexts {
  const point = [properties.point.value, properties.direction.value].filter((part) => part !== null)
  const texts = Object.fromEntries(wordNames.map((name) => [name, ''])) as WordTexts
  return { ...texts, machine: properties.machine.value ?? '', point: point.join(' · '), analyst: author }
}

/** Empty fields are left to the report, which suggests and says so. */
export function readWords(texts: WordTexts): AnalystWords {
  const said = wordNames.map((name) => [name, texts[name].trim()] as const).filter(([, text]) => text !== '')
  return Object.fromEntries(said)
}

/** How the file is to be read: as it was opened, with what the user said since. */
export function readOptionsOf({ read, state }: LibraryEntry): RequestInput<'analysis.start'>['read'] {
  if (state.kind !== 'ready') return read
  const { sampleRateHz, unit, shaftSpeedRpm } = state.recording.properties
  const said = Object.entries({ sampleRateHz, unit, shaftSpeedRpm }).filter(
    ([, { origin, value }]) => origin === 'user' && value !== null,
  )
  return { ...read, ...Object.fromEntries(said.map(([name, { value }]) => [name, value])) }
}

export interface ReportCheck {
  readonly severity: 'warning' | 'hint'
  readonly message: string
}

/** What should be looked at before the report leaves the desk. */
export function reportChecks(
  { name, state }: LibraryEntry,
  results: readonly AnalysisResult[],
  annotations: readonly Annotation[],
  t: Translate,
): readonly ReportCheck[] {
  if (state.kind !== 'ready') return []
  const checks: ReportCheck[] = []
  const warn = (message: string): void => void checks.push({ severity: 'warning', message })
  const { properties } = state.recording
  const unitless = new Set(results.filter(({ channel }) => channel.unit === null).map(({ channel }) => channel.name))
  if (unitless.size > 0) warn(t('checklist.unit-missing', { recording: name, channels: [...unitless].join(', ') }))
  if (properties.shaftSpeedRpm.value === null) warn(t('checklist.speed-unknown', { recording: name }))
  if (properties.sensitivity.origin === 'user') warn(t('report-dialog.sensitivity', { recording: name }))
  for (const { verdict, channel, model, reasons } of results) {
    // 'channel 1' names itself; the sentence says the word already
    const values = { recording: name, channel: channel.name.replace(/^(channel|通道)\s*/i, ''), model: model.id }
    if (verdict === 'uncertain') warn(t('checklist.verdict-uncertain', values))
    if (verdict === 'not-applicable') warn(t('checklist.out-of-domain', { ...values, reason: reasons[0] ?? '' }))
  }
  const refutedCount = annotations.filter(({ event }) => event?.answer === 'refute').length
  const total = results[0]?.events.length ?? 0
  if (refutedCount > 0) warn(t('checklist.refuted-event', { recording: name, count: refutedCount, total }))
  const doubtfulCount = annotations.filter(({ kind }) => kind === 'doubtful').length
  if (doubtfulCount > 0) {
    checks.push({
      severity: 'hint',
      message: t('checklist.verdict-doubted', { recording: name, count: doubtfulCount }),
    })
  }
  return checks
}
