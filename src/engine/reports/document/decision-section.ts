import type { AnalysisResult, Verdict } from '../../../shared/analysis'
import { decidingEvent } from '../../../shared/deciding-event'
import { channelLabel } from '../../../shared/locales/channel-label'
import { formatProbability } from '../../../shared/number-words'
import type { LabelledValue, ReportBlockOf, ReportSection, ReportTable, Tone } from '../../../shared/report/document'
import { severityWords } from './evidence-section'
import type { ReportChannel, Writing } from './report-input'
import {
  confidenceWords,
  gravest,
  suggestedAction,
  suggestedDeadline,
  suggestedSeverity,
  whatWouldChange,
} from './suggestions'

const tones: Readonly<Record<Verdict, Tone>> = {
  fault: 'fault',
  healthy: 'healthy',
  uncertain: 'uncertain',
  'not-applicable': 'unknown',
}

/** Page 1, for the one who decides. */
export function decisionSection(writing: Writing): ReportSection {
  const { t, input } = writing
  const { template, words } = input.block
  const worst = gravest(input.channels)
  const blocks: ReportBlockOf[] = []
  if (template.preface !== undefined) blocks.push(plain(template.preface))
  blocks.push({ kind: 'facts', look: 'columns', items: whatAndWhen(writing) })
  blocks.push(banner(writing, worst))
  blocks.push({ kind: 'facts', look: 'boxed', items: decisions(writing, worst) })
  blocks.push({ kind: 'subheading', text: t('report.change.title') })
  blocks.push({ kind: 'list', items: whatWouldChange(worst, t) })
  if (words.remarks !== undefined) blocks.push({ kind: 'subheading', text: t('report.remarks') }, plain(words.remarks))
  return { title: t('report.decision'), level: 1, startsPage: false, blocks }
}

function plain(text: string): ReportBlockOf {
  return { kind: 'paragraph', text, isNote: false }
}

function whatAndWhen({ t, input }: Writing): LabelledValue[] {
  const { words, date } = input.block
  const { channels } = input
  const unknown = t('report.unknown')
  const joined = (values: readonly (string | undefined)[]): string => {
    const known = [...new Set(values.filter((value) => value !== undefined))]
    if (known.length > 3) return `${known.slice(0, 3).join(t('report.separator'))} …`
    return known.length === 0 ? unknown : known.join(t('report.separator'))
  }
  const files = new Set(channels.map(({ result }) => result.file.sha256))
  const speeds = channels.map(({ result }) => result.settings.shaftSpeedRpm)
  return [
    { label: t('report.fact.machine'), value: words.machine ?? joined(channels.map(({ machine }) => machine)) },
    {
      label: t('report.fact.point'),
      value: words.point ?? joined(channels.map(({ result }) => channelLabel(result.channel.name, t))),
    },
    {
      label: t('report.fact.recording'),
      value:
        files.size === 1
          ? channels[0].result.file.name
          : t('report.fact.recordings', { count: files.size, channels: channels.length }),
    },
    { label: t('report.fact.measured'), value: joined(channels.map(({ recordedAt }) => recordedAt)) },
    {
      label: t('report.fact.speed'),
      value: joined(speeds.map((rpm) => (rpm === null ? undefined : t('header.speed', { rpm: Math.round(rpm) })))),
    },
    { label: t('report.fact.reported'), value: date },
    { label: t('report.fact.analyst'), value: words.analyst ?? unknown },
  ]
}

function banner({ t, input }: Writing, worst: ReportChannel): ReportBlockOf {
  const { verdict } = worst.result
  const { channels, block } = input
  const own = channels.length === 1 ? t(`verdict.${verdict}.sentence`) : sentenceOfMany(channels, worst, t)
  return {
    kind: 'banner',
    tone: tones[verdict],
    word: t(`verdict.${verdict}`),
    sentence: block.words.verdict ?? own,
    number: numberOf(worst.result, t),
  }
}

function numberOf(result: AnalysisResult, t: Writing['t']): { value: string; label: string } | undefined {
  if (result.probability === null) return undefined
  const shown = decidingEvent(result)?.peakProbability ?? result.probability
  return { value: formatProbability(shown), label: t('probability.title') }
}

function sentenceOfMany(channels: readonly ReportChannel[], worst: ReportChannel, t: Writing['t']): string {
  const { verdict, file, channel } = worst.result
  const count = channels.filter(({ result }) => result.verdict === verdict).length
  const values = { count, total: channels.length }
  if (verdict === 'fault') {
    return t('report.overview.several-fault', { ...values, name: `${file.name}, ${channelLabel(channel.name, t)}` })
  }
  if (verdict === 'healthy') return t('report.overview.several-healthy', values)
  return t(verdict === 'uncertain' ? 'report.overview.several-uncertain' : 'report.overview.several-none', values)
}

function decisions(writing: Writing, worst: ReportChannel): LabelledValue[] {
  const { t, input } = writing
  const { words, date } = input.block
  const { verdict, model, diagnosis } = worst.result
  const witness = diagnosis === null ? [] : [{ label: t('report.fact.witness'), value: diagnosis.sentence }]
  const suggested = (own: string | undefined, suggestion: string): { value: string; note?: string } =>
    own === undefined ? { value: suggestion, note: t('report.suggested') } : { value: own }
  const card = input.cards.get(model.id)
  return [
    { label: t('report.fact.severity'), value: severityWords(words.severity, t) ?? suggestedSeverity(verdict, t) },
    { label: t('report.fact.action'), ...suggested(words.action, suggestedAction(verdict, t)) },
    { label: t('report.fact.deadline'), ...suggested(words.deadline, suggestedDeadline(verdict, date, t)) },
    { label: t('report.fact.confidence'), value: words.confidence ?? confidenceWords(worst, card, writing) },
    ...witness,
  ]
}

/** One line a channel, gravest first; only where there are several. */
export function overviewSections(writing: Writing): ReportSection[] {
  const { t, input } = writing
  if (input.channels.length < 2) return []
  const count = (verdict: Verdict): number => input.channels.filter(({ result }) => result.verdict === verdict).length
  const counts = t('report.overview.counts', {
    fault: count('fault'),
    uncertain: count('uncertain'),
    none: count('not-applicable'),
    healthy: count('healthy'),
  })
  const blocks = [plain(counts), overviewTable(writing)]
  return [{ title: t('report.overview'), level: 1, startsPage: true, blocks }]
}

function overviewTable({ t, input, table }: Writing): ReportTable {
  return {
    kind: 'table',
    caption: table(t('report.overview')),
    columns: [
      { title: t('report.overview.recording'), isNumber: false, share: 6 },
      { title: t('report.overview.channel'), isNumber: false, share: 3 },
      { title: t('report.overview.verdict'), isNumber: false, share: 2.4 },
      { title: t('report.overview.probability'), isNumber: true, share: 2 },
      { title: t('report.overview.events'), isNumber: true, share: 1.5 },
    ],
    rows: input.channels.map(({ result }) => [
      result.file.name,
      result.channel.name,
      t(`verdict.${result.verdict}`),
      formatProbability(result.probability),
      String(result.events.length),
    ]),
  }
}
