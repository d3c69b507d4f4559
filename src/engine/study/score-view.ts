import type { Verdict } from '../../shared/analysis'
import type { ScoreView } from '../../shared/app/study'
import type { Translate } from '../../shared/locales/translate'
import { decideChannel } from '../analysis/decide-channel'
import { judgeEvidence, segmentSpan, type Thresholds } from '../analysis/judge-evidence'
import { outOfDomainReasons, type DomainInput, type ReasonInput } from '../analysis/reasons'
import type { HeldEvidence } from './evidence-shelf'
import type { SaidReason } from '../../shared/app/study'

const segmentLimit = 20_000

/** The card's thresholds, or the user's for fault; the healthy one moves no higher than it. */
export function thresholdsOf({ card }: HeldEvidence, faultThreshold: number | undefined): Thresholds {
  const { thresholds } = card
  if (faultThreshold === undefined) return thresholds
  return { ...thresholds, fault: faultThreshold, healthy: Math.min(thresholds.healthy, faultThreshold) }
}

/** The same judgement as the command line's; of very many segments every n-th is told. */
export function scoreView(
  held: HeldEvidence,
  segmentSeconds: number,
  faultThreshold: number | undefined,
  translate: Translate,
): ScoreView {
  const input = reasonInput(held, segmentSeconds, thresholdsOf(held, faultThreshold))
  const { thresholds, judgement } = input
  const { plan, logits, probabilities } = judgement
  const { reasons, ...decision } = decideChannel(input)
  const every = Math.max(1, Math.ceil(plan.segmentCount / segmentLimit))
  const { startSeconds, endSeconds } = segmentSpan(held.track, plan, held.card, 0)
  const isKnown = decision.verdict !== 'not-applicable'
  const told = thinned(probabilities, every)
  return {
    ...decision,
    segmentSeconds: endSeconds - startSeconds,
    strideSeconds: (every * plan.strideSteps * held.track.stepSamples) / held.card.sampleRateHz,
    startSeconds,
    logits: thinned(logits, every),
    probabilities: isKnown ? told : told.fill(Number.NaN),
    thresholds: { healthy: thresholds.healthy, fault: thresholds.fault },
    reasons: reasons.map(({ key, values }) => translate(key, values)),
  }
}

/** The verdict at the model's own segment length and thresholds. */
export function verdictOfEvidence(held: HeldEvidence): Verdict {
  return decideChannel(reasonInput(held, held.card.defaultSegmentSeconds, held.card.thresholds)).verdict
}

/** Why the model cannot judge; empty = it can. */
export function domainReasonsOf(held: HeldEvidence): readonly SaidReason[] {
  return outOfDomainReasons(domainInput(held))
}

function domainInput(held: HeldEvidence): DomainInput {
  const { card, track, score, outside, sampleCount, sampleRateHz } = held
  return { channel: { sampleCount }, sampleRateHz, card, track, score, outside }
}

function reasonInput(held: HeldEvidence, segmentSeconds: number, thresholds: Thresholds): ReasonInput {
  const { card, track, score } = held
  const judgement = judgeEvidence({ track, score, card, segmentSeconds, thresholds, baseline: undefined })
  return { ...domainInput(held), thresholds, judgement, baseline: undefined }
}

function thinned(values: Float32Array, every: number): Float32Array {
  if (every === 1) return values
  return Float32Array.from({ length: Math.ceil(values.length / every) }, (_, i) => values[i * every])
}
