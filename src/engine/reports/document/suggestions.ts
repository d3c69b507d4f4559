import type { AnalysisResult, Verdict } from '../../../shared/analysis'
import { decidingEvent } from '../../../shared/deciding-event'
import type { Translate } from '../../../shared/locales/translate'
import { formatProbability, formatSignificant } from '../../../shared/number-words'
import type { ModelCard } from '../../../shared/model-card'
import type { ReportChannel, Writing } from './report-input'

/** What stands on page 1 where the analyst has not said it. */

const soonDays = { fault: 7, healthy: 0, uncertain: 14, 'not-applicable': 14 } as const
const inspectDays = 28
/** Shorter recordings cannot show whether something lasts. */
const longSeconds = 10

export function suggestedAction(verdict: Verdict, t: Translate): string {
  return t(`report.action.${verdict}`)
}

export function suggestedDeadline(verdict: Verdict, date: string, t: Translate): string {
  const soon = daysAfter(date, soonDays[verdict])
  return t(`report.deadline.${verdict}`, { soon, late: daysAfter(date, inspectDays) })
}

export function suggestedSeverity(verdict: Verdict, t: Translate): string {
  return t(`report.severity.${verdict}`)
}

/** Calendar days, free of time zones and summer time. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}

/** How sure: the calibrated number, what the model did on machines it had never seen, and the second network. */
export function confidenceWords(channel: ReportChannel, card: ModelCard | undefined, { t, locale }: Writing): string {
  const { result, others } = channel
  const sentences = [probabilityWords(result, t)]
  if (result.probability !== null && card !== undefined) sentences.push(...unseenWords(card, t))
  if (result.probability !== null) {
    for (const other of others) {
      const key = other.verdict === result.verdict ? 'report.confidence.agrees' : 'report.confidence.disagrees'
      const shown = decidingEvent(other)?.peakProbability ?? other.probability
      const verdict = `${t(`verdict.${other.verdict}`)} (${formatProbability(shown)})`
      sentences.push(t(key, { kind: other.model.kind.toUpperCase(), verdict }))
    }
  }
  return sentences.join(locale === 'zh-CN' ? '' : ' ')
}

function probabilityWords(result: AnalysisResult, t: Translate): string {
  const { probability, settings } = result
  if (probability === null) return t('report.confidence.none')
  const event = decidingEvent(result)
  if (event !== undefined) {
    return t('report.confidence.event', {
      value: formatProbability(event.peakProbability),
      start: formatSignificant(event.startSeconds),
      end: formatSignificant(event.endSeconds),
      whole: formatProbability(probability),
    })
  }
  const { fault, healthy } = settings.thresholds
  return t('report.confidence.probability', {
    value: formatProbability(probability),
    fault: formatSignificant(fault),
    healthy: formatSignificant(healthy),
  })
}

function unseenWords(card: ModelCard, t: Translate): string[] {
  const folds = machineFolds(card)
  const worst = (of: (fold: (typeof folds)[number]) => number | null): number | undefined => {
    const values = folds.map(of).filter((value) => value !== null)
    return values.length === 0 ? undefined : Math.max(...values)
  }
  const falseAlarms = worst(({ network }) => network.falseAlarms)
  const uncertain = worst(({ network }) => network.uncertain)
  if (falseAlarms === undefined || uncertain === undefined) return []
  const words = { falseAlarms: percent(falseAlarms), uncertain: percent(uncertain), machines: folds.length }
  return [t('report.confidence.unseen', words)]
}

/** Folds that leave a whole machine out: the honest figures. */
export function machineFolds(card: ModelCard): ModelCard['evaluation']['folds'] {
  return card.evaluation.folds.filter(({ name }) => name.startsWith('machine '))
}

export function percent(share: number): string {
  return `${formatSignificant(Number((100 * share).toPrecision(2)))} %`
}

/** Facts that are missing or in doubt, most telling first. */
export function whatWouldChange({ result, others }: ReportChannel, t: Translate): string[] {
  const { settings, channel, quality, events, diagnosis } = result
  const isJudged = result.probability !== null
  const reasons: string[] = []
  if (isJudged && others.some(({ verdict }) => verdict !== result.verdict)) reasons.push(t('report.change.disagree'))
  if (diagnosis?.agreement === 'disagree') reasons.push(t('report.change.witness'))
  if (decidingEvent(result) !== undefined) reasons.push(t('report.change.events', { count: events.length }))
  if (quality.length > 0) reasons.push(t('report.change.quality', { count: quality.length }))
  if (isJudged && settings.baseline === null) reasons.push(t('report.change.baseline'))
  if (channel.durationSeconds < longSeconds) {
    reasons.push(t('report.change.short', { duration: formatSignificant(channel.durationSeconds) }))
  }
  const isBearingMissing = diagnosis !== null && diagnosis.bearing === null
  if (settings.shaftSpeedRpm === null || isBearingMissing) reasons.push(t('report.change.speed'))
  if (channel.unit === null) reasons.push(t('report.change.unit'))
  return reasons.length > 0 ? reasons : [t('report.change.nothing')]
}

const gravity: Readonly<Record<Verdict, number>> = { fault: 3, uncertain: 2, 'not-applicable': 1, healthy: 0 }

/** The channel that the report as a whole is judged by: a fault before doubt, the surer one first. */
export function gravest(channels: readonly ReportChannel[]): ReportChannel {
  return channels.reduce((worst, channel) => (isGraver(channel.result, worst.result) ? channel : worst))
}

function isGraver(a: AnalysisResult, b: AnalysisResult): boolean {
  if (a.verdict !== b.verdict) return gravity[a.verdict] > gravity[b.verdict]
  return (a.score.logit ?? -Infinity) > (b.score.logit ?? -Infinity)
}
