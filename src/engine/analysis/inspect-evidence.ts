import type { ConditionedSignal } from '../dsp/conditioned-signal'
import type { NetworkGeometry } from '../inference/geometry'
import { inspectSegment, type SegmentInspection } from '../inference/inspect-segment'
import { faultClass, healthyClass } from '../inference/network'
import type { PowerFrames } from '../inference/network-input'
import type { JobContext } from '../jobs/job-context'
import { networkInputOf } from './gather-evidence'
import type { LoadedModel } from './model-shelf'

export interface StepsToInspect {
  readonly signal: ConditionedSignal
  readonly firstStep: number
  readonly stepCount: number
  readonly columnLimit: number
}

/** A segment of evidence with the head that judged it, in plain arrays. */
export interface InspectedSteps extends SegmentInspection {
  readonly weights: { readonly healthy: Float32Array; readonly fault: Float32Array }
  readonly bias: { readonly healthy: number; readonly fault: number }
  readonly geometry: NetworkGeometry
}

export async function inspectSteps(
  model: LoadedModel,
  { signal, firstStep, stepCount, columnLimit }: StepsToInspect,
  powerFrames: PowerFrames,
  job: JobContext,
): Promise<InspectedSteps> {
  const { network, card } = model
  const input = networkInputOf(model, signal, powerFrames)
  const { chunkSteps } = card
  const inspection = await inspectSegment({ network, input, firstStep, stepCount, chunkSteps, columnLimit }, job)
  const { weights, bias, geometry } = network
  return {
    ...inspection,
    weights: { healthy: weights[healthyClass], fault: weights[faultClass] },
    bias: { healthy: bias[healthyClass], fault: bias[faultClass] },
    geometry,
  }
}
