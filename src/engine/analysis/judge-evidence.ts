import type { AnalysisResult } from '../../shared/analysis'
import type { ModelCard } from '../../shared/model-card'
import type { EvidenceTrack, OnePassResult } from '../inference/one-pass'
import {
  findEvents,
  meanOf,
  planSegments,
  probabilityOf,
  segmentMeans,
  segmentSamples,
  type SegmentPlan,
  type StepGrid,
} from '../timeline/score-series'
import { commissionLogit, type Baseline } from './baseline'

/** Segments overlap by half, so that no step of the map is left out. */
const strideShare = 0.5
const leastEventSegments = 2

export type Thresholds = ModelCard['thresholds']

export interface JudgeEvidenceRequest {
  readonly track: EvidenceTrack
  readonly score: ClassScores
  readonly card: ModelCard
  readonly segmentSeconds: number
  readonly thresholds: Thresholds
  readonly baseline: Baseline | undefined
}

/** Means over the channel; NaN = nothing measured. The logit is the mean evidence, before any baseline. */
export interface ClassScores {
  readonly healthy: number
  readonly fault: number
  readonly logit: number
}

/** What follows from evidence in hand for one segment length and one pair of thresholds: nothing is inferred. */
export interface EvidenceJudgement {
  readonly plan: SegmentPlan
  readonly probability: number
  /** Of each planned segment, after any baseline; NaN = nothing measured. */
  readonly logits: Float32Array
  readonly probabilities: Float32Array
  readonly events: AnalysisResult['events']
}

export function scoresOf({ track, scores }: Pick<OnePassResult, 'track' | 'scores'>): ClassScores {
  return { ...scores, logit: meanOf(track.evidence, 0, track.stepCount) }
}

export function judgeEvidence(request: JudgeEvidenceRequest): EvidenceJudgement {
  const { track, card, score, segmentSeconds } = request
  const { temperature } = card.calibration
  const segmentLength = segmentSeconds * card.sampleRateHz
  const plan = planSegments(track, segmentLength, segmentLength * strideShare)
  const logits = segmentMeans(track.evidence, plan).map((logit) => judged(logit, request))
  const probabilities = logits.map((logit) => probabilityOf(logit, temperature))
  return {
    plan,
    probability: probabilityOf(judged(score.logit, request), temperature),
    logits,
    probabilities,
    events: eventsOf(request, plan, probabilities),
  }
}

/** Seconds that a planned segment sees. */
export function segmentSpan(
  track: StepGrid,
  plan: SegmentPlan,
  card: Pick<ModelCard, 'sampleRateHz'>,
  index: number,
): { readonly startSeconds: number; readonly endSeconds: number } {
  const { start, end } = segmentSamples(track, plan, index)
  return { startSeconds: start / card.sampleRateHz, endSeconds: end / card.sampleRateHz }
}

/** Against the baseline where there is one. */
function judged(logit: number, { baseline, card }: JudgeEvidenceRequest): number {
  return baseline === undefined ? logit : commissionLogit(logit, baseline, card.calibration)
}

function eventsOf(
  { track, card, thresholds }: JudgeEvidenceRequest,
  plan: SegmentPlan,
  probabilities: Float32Array,
): AnalysisResult['events'] {
  const { fault, healthy } = thresholds
  const ranges = findEvents(probabilities, {
    enter: fault,
    leave: (fault + healthy) / 2,
    leastSegments: Math.min(leastEventSegments, plan.segmentCount),
  })
  return ranges.map(({ start, end }) => ({
    startSeconds: segmentSpan(track, plan, card, start).startSeconds,
    endSeconds: segmentSpan(track, plan, card, end - 1).endSeconds,
    peakProbability: probabilities.subarray(start, end).reduce((peak, value) => Math.max(peak, value), 0),
    evidence: meanOf(track.evidence, start * plan.strideSteps, (end - 1) * plan.strideSteps + plan.segmentSteps),
  }))
}

export function measuredOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
