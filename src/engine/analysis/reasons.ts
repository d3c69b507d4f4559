import { longestEvent } from '../../shared/deciding-event'
import type { ModelCard } from '../../shared/model-card'
import type { EvidenceTrack } from '../inference/one-pass'
import type { Channel } from '../readers/recording'
import type { SaidReason } from '../../shared/app/study'
import type { MessageKey, MessageValues } from '../../shared/locales/translate'
import type { Baseline } from './baseline'
import type { OutsideDomain } from './domain'
import type { ClassScores, EvidenceJudgement, Thresholds } from './judge-evidence'

/** What decides whether a model can speak at all: the same for every segment length and threshold. */
export interface DomainInput {
  readonly channel: Pick<Channel, 'sampleCount'>
  readonly sampleRateHz: number
  readonly card: ModelCard
  readonly track: Pick<EvidenceTrack, 'stepCount'>
  readonly score: ClassScores
  readonly outside: readonly OutsideDomain[]
}

export interface ReasonInput extends DomainInput {
  readonly thresholds: Thresholds
  readonly judgement: EvidenceJudgement
  readonly baseline: Baseline | undefined
}

const said = (key: MessageKey, values: MessageValues = {}): SaidReason => ({ key, values })
const digits = (value: number): string => String(Number(value.toPrecision(3)))

/** Why the model cannot speak of this recording at all; empty = it can. */
export function outOfDomainReasons(input: DomainInput): SaidReason[] {
  const { sampleRateHz, card, score, channel, track, outside } = input
  const { leastSourceRateHz } = card.domain
  const reasons: SaidReason[] = []
  if (sampleRateHz < leastSourceRateHz) {
    reasons.push(said('reason.rate-too-low', { rate: digits(sampleRateHz), least: digits(leastSourceRateHz) }))
  } else if (track.stepCount === 0) {
    const least = digits(card.receptiveFieldSamples / card.sampleRateHz)
    reasons.push(said('reason.too-short', { duration: digits(channel.sampleCount / sampleRateHz), least }))
  } else if (Number.isNaN(score.logit)) {
    reasons.push(said('reason.nothing-measured'))
  } else {
    for (const { name, value, low, high } of outside) {
      reasons.push(said(`reason.${name}`, { value: digits(value), low: digits(low), high: digits(high) }))
    }
  }
  return reasons
}

/** What the verdict rests on, for a recording that the model can judge. */
export function verdictReasons(input: ReasonInput): SaidReason[] {
  const { judgement, baseline } = input
  const { healthy, fault, sustainedEventSeconds } = input.thresholds
  const { probability, probabilities, events } = judgement
  let [faulty, total] = [0, 0]
  for (const each of probabilities) {
    if (Number.isFinite(each)) total += 1
    if (each >= fault) faulty += 1
  }
  const reasons = [said('verdict.share', { faulty, total })]
  const longest = longestEvent(events)
  const longestSeconds = longest === undefined ? 0 : longest.endSeconds - longest.startSeconds
  if (probability < fault && longest !== undefined && longestSeconds >= sustainedEventSeconds) {
    reasons.push(
      said('reason.sustained', {
        duration: digits(longestSeconds),
        start: digits(longest.startSeconds),
        end: digits(longest.endSeconds),
        probability: digits(probability),
      }),
    )
  } else if (probability < fault && events.length > 0) {
    reasons.push(said('reason.events', { count: events.length, start: digits(events[0].startSeconds) }))
  } else if (probability > healthy && probability < fault) {
    reasons.push(
      said('reason.between', { probability: digits(probability), healthy: digits(healthy), fault: digits(fault) }),
    )
  }
  if (baseline !== undefined) reasons.push(said('verdict.baseline', { count: baseline.recordings.length }))
  return reasons
}
