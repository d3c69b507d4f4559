import type { AnalysisResult } from '../../shared/analysis'
import type { ModelCard } from '../../shared/model-card'
import type { ConditionedSignal } from '../dsp/conditioned-signal'
import type { PowerFrames } from '../inference/network-input'
import type { EvidenceTrack } from '../inference/one-pass'
import type { JobContext } from '../jobs/job-context'
import type { Baseline } from './baseline'
import { gatherEvidence, type GatheredEvidence } from './gather-evidence'
import { judgeEvidence, measuredOrNull, segmentSpan, type EvidenceJudgement } from './judge-evidence'
import type { LoadedModel } from './model-shelf'

/** Columns of the map that is kept for pictures: wider than any screen. */
const mapColumnLimit = 4096

export interface Judgement extends EvidenceJudgement, GatheredEvidence {
  readonly segments: AnalysisResult['segments']
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
  const { signal, model, segmentSeconds, baseline, powerFrames } = request
  const { card } = model
  const gathered = await gatherEvidence({ signal, model, powerFrames, mapColumnLimit }, job)
  const { track, score } = gathered
  const judgement = judgeEvidence({ track, score, card, segmentSeconds, thresholds: card.thresholds, baseline })
  return { ...gathered, ...judgement, segments: segmentsOf(track, card, judgement) }
}

function segmentsOf(
  track: EvidenceTrack,
  card: ModelCard,
  { plan, logits, probabilities }: EvidenceJudgement,
): AnalysisResult['segments'] {
  return Array.from({ length: plan.segmentCount }, (_, index) => ({
    ...segmentSpan(track, plan, card, index),
    logit: measuredOrNull(logits[index]),
    probability: measuredOrNull(probabilities[index]),
  }))
}
