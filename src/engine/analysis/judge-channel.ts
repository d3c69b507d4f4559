import type { AnalysisResult } from '../../shared/analysis'
import type { ConditionedSignal } from '../dsp/conditioned-signal'
import type { ActivationMap } from '../explain/activation-map'
import { runOnePass, type EvidenceTrack } from '../inference/one-pass'
import { spectrogramInput, waveformInput, type NetworkInput, type PowerFrames } from '../inference/network-input'
import type { JobContext } from '../jobs/job-context'
import type { ModelCard } from '../../shared/model-card'
import {
  findEvents,
  meanOf,
  planSegments,
  probabilityOf,
  segmentMeans,
  segmentSamples,
  type SegmentPlan,
} from '../timeline/score-series'
import type { Baseline } from './baseline'
import { commissionLogit } from './baseline'
import { domainStatistics, outsideDomain, type OutsideDomain } from './domain'
import type { LoadedModel } from './model-shelf'

/** Columns of the map that is kept for pictures: wider than any screen. */
const mapColumnLimit = 4096
/** Segments overlap by half, so that no step of the map is left out. */
const strideShare = 0.5
const leastEventSegments = 2

export interface Judgement {
  readonly track: EvidenceTrack
  readonly map: ActivationMap
  readonly plan: SegmentPlan
  /** Means over the channel; NaN = nothing measured. The logit is the mean evidence, before any baseline. */
  readonly score: { readonly healthy: number; readonly fault: number; readonly logit: number }
  readonly probability: number
  readonly segments: AnalysisResult['segments']
  readonly events: AnalysisResult['events']
  readonly outside: readonly OutsideDomain[]
  readonly isTooShort: boolean
}

export interface JudgeRequest {
  readonly signal: ConditionedSignal
  readonly model: LoadedModel
  readonly segmentSeconds: number
  readonly baseline: Baseline | undefined
  readonly powerFrames: PowerFrames
}

/** One pass over a conditioned channel, and everything that follows from its evidence. */
export async function judgeChannel(request: JudgeRequest, job: JobContext): Promise<Judgement> {
  const { signal, model, powerFrames } = request
  const { card, runner } = model
  const input = networkInputOf(model, signal, powerFrames)
  const { track, map } = await runOnePass({ input, runner, chunkSteps: card.chunkSteps, mapColumnLimit }, job)
  const statistics = await domainStatistics(signal, powerFrames)
  const segmentLength = request.segmentSeconds * card.sampleRateHz
  const plan = planSegments(track, segmentLength, segmentLength * strideShare)
  const logits = segmentMeans(track.evidence, plan).map((logit) => judged(logit, request))
  const probabilities = logits.map((logit) => probabilityOf(logit, card.calibration.temperature))
  const score = {
    healthy: meanOf(track.healthy, 0, track.stepCount),
    fault: meanOf(track.fault, 0, track.stepCount),
    logit: meanOf(track.evidence, 0, track.stepCount),
  }
  return {
    track,
    map,
    plan,
    score,
    probability: probabilityOf(judged(score.logit, request), card.calibration.temperature),
    segments: segmentsOf(track, plan, card, logits, probabilities),
    events: eventsOf(track, plan, card, probabilities),
    outside: statistics === undefined ? [] : outsideDomain(statistics, card.domain),
    isTooShort: track.stepCount === 0,
  }
}

/** What the model's network sees of a conditioned signal: its samples, or its log spectrogram. */
export function networkInputOf(
  { card, runner }: LoadedModel,
  signal: ConditionedSignal,
  powerFrames: PowerFrames,
): NetworkInput {
  return card.spectrogram === null
    ? waveformInput(signal, runner.geometry)
    : spectrogramInput(signal, runner.geometry, card.spectrogram, powerFrames)
}

/** Against the baseline where there is one. */
function judged(logit: number, { baseline, model }: JudgeRequest): number {
  return baseline === undefined ? logit : commissionLogit(logit, baseline, model.card.calibration)
}

function secondsOf(track: EvidenceTrack, plan: SegmentPlan, card: ModelCard, index: number) {
  const { start, end } = segmentSamples(track, plan, index)
  return { startSeconds: start / card.sampleRateHz, endSeconds: end / card.sampleRateHz }
}

function segmentsOf(
  track: EvidenceTrack,
  plan: SegmentPlan,
  card: ModelCard,
  logits: Float32Array,
  probabilities: Float32Array,
): AnalysisResult['segments'] {
  return Array.from({ length: plan.segmentCount }, (_, index) => ({
    ...secondsOf(track, plan, card, index),
    logit: measuredOrNull(logits[index]),
    probability: measuredOrNull(probabilities[index]),
  }))
}

function eventsOf(
  track: EvidenceTrack,
  plan: SegmentPlan,
  card: ModelCard,
  probabilities: Float32Array,
): AnalysisResult['events'] {
  const { fault, healthy } = card.thresholds
  const ranges = findEvents(probabilities, {
    enter: fault,
    leave: (fault + healthy) / 2,
    leastSegments: Math.min(leastEventSegments, plan.segmentCount),
  })
  return ranges.map(({ start, end }) => ({
    startSeconds: secondsOf(track, plan, card, start).startSeconds,
    endSeconds: secondsOf(track, plan, card, end - 1).endSeconds,
    peakProbability: probabilities.subarray(start, end).reduce((peak, value) => Math.max(peak, value), 0),
    evidence: meanOf(track.evidence, start * plan.strideSteps, (end - 1) * plan.strideSteps + plan.segmentSteps),
  }))
}

export function measuredOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
