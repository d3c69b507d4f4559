import type { JobContext } from '../jobs/job-context'
import { faultClass, healthyClass } from './network'
import type { Network } from './network'
import type { NetworkInput } from './network-input'

/** How the verdict of one segment comes about, map by map. */
export interface SegmentInspection {
  /** steps whose receptive fields were wholly measured; the means run over these */
  readonly measuredSteps: number
  /** g_k = mean of f_k over positions [K]; NaN where nothing was measured */
  readonly pooled: Float64Array
  /** W[n,k] · g_k [K]; S_n = their sum + b_n */
  readonly contributions: { readonly healthy: Float64Array; readonly fault: Float64Array }
  /** S_healthy, S_fault, and logit = S_fault − S_healthy = mean of the segment's evidence */
  readonly scores: { readonly healthy: number; readonly fault: number; readonly logit: number }
}

export interface SegmentRequest {
  readonly network: Network
  readonly input: NetworkInput
  /** steps of the map, [firstStep, firstStep + stepCount) */
  readonly firstStep: number
  readonly stepCount: number
  /** steps computed at once (card.chunkSteps) */
  readonly chunkSteps: number
}

/** Makes the feature maps of one segment again and pools them; sums run in float64. */
export async function inspectSegment(request: SegmentRequest, job: JobContext): Promise<SegmentInspection> {
  const { network, input, firstStep, stepCount, chunkSteps } = request
  const { featureCount, outputBins } = network.geometry
  const sums = new Float64Array(featureCount)
  let measuredSteps = 0
  for (let done = 0; done < stepCount; done += chunkSteps) {
    job.signal.throwIfAborted()
    const count = Math.min(chunkSteps, stepCount - done)
    const { values, inputLength, isMeasured } = await input.read(firstStep + done, count)
    const { features } = await network.runTrunk(values, inputLength)
    for (let step = 0; step < count; step++) {
      if (isMeasured[step] === 0) continue
      measuredSteps += 1
      const end = (step + 1) * outputBins * featureCount
      for (let i = step * outputBins * featureCount; i < end; i++) sums[i % featureCount] += features[i]
    }
    job.report('inspect', done + count, stepCount)
  }
  const pooled = sums.map((sum) => sum / (measuredSteps * outputBins))
  const contributions = {
    healthy: contributionsOf(network, healthyClass, pooled),
    fault: contributionsOf(network, faultClass, pooled),
  }
  const healthy = contributions.healthy.reduce((sum, value) => sum + value, network.bias[healthyClass])
  const fault = contributions.fault.reduce((sum, value) => sum + value, network.bias[faultClass])
  return { measuredSteps, pooled, contributions, scores: { healthy, fault, logit: fault - healthy } }
}

function contributionsOf(network: Network, classIndex: 0 | 1, pooled: Float64Array): Float64Array {
  const weights = network.weights[classIndex]
  return pooled.map((value, k) => weights[k] * value)
}
