import type { JobContext } from '../jobs/job-context'
import { faultClass, healthyClass } from './network'
import type { Network } from './network'
import type { NetworkInput } from './network-input'

/** f_k over a segment: the map's own steps, or means of `stepsPerColumn` of them. */
export interface FeatureColumns {
  readonly rows: number
  readonly columns: number
  readonly stepsPerColumn: number
  /** [K][rows × columns]; NaN = nothing measured */
  readonly values: readonly Float32Array[]
}

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
  readonly maps: FeatureColumns
}

export interface SegmentRequest {
  readonly network: Network
  readonly input: NetworkInput
  /** steps of the map, [firstStep, firstStep + stepCount) */
  readonly firstStep: number
  readonly stepCount: number
  /** steps computed at once (card.chunkSteps) */
  readonly chunkSteps: number
  /** Columns of the feature maps that are returned, at most. */
  readonly columnLimit: number
}

/** Makes the feature maps of one segment again and pools them; sums run in float64. */
export async function inspectSegment(request: SegmentRequest, job: JobContext): Promise<SegmentInspection> {
  const { network, input, firstStep, stepCount, chunkSteps } = request
  const { featureCount, outputBins } = network.geometry
  const sums = new FeatureSums(featureCount, outputBins, stepCount, request.columnLimit)
  for (let done = 0; done < stepCount; done += chunkSteps) {
    job.signal.throwIfAborted()
    const count = Math.min(chunkSteps, stepCount - done)
    const { values, inputLength, isMeasured } = await input.read(firstStep + done, count)
    const { features } = await network.runTrunk(values, inputLength)
    for (let step = 0; step < count; step++) if (isMeasured[step] === 1) sums.add(done + step, features, step)
    job.report('inspect', done + count, stepCount)
  }
  const { measuredSteps } = sums
  const pooled = sums.pooled()
  const contributions = {
    healthy: contributionsOf(network, healthyClass, pooled),
    fault: contributionsOf(network, faultClass, pooled),
  }
  const healthy = contributions.healthy.reduce((sum, value) => sum + value, network.bias[healthyClass])
  const fault = contributions.fault.reduce((sum, value) => sum + value, network.bias[faultClass])
  const scores = { healthy, fault, logit: fault - healthy }
  return { measuredSteps, pooled, contributions, scores, maps: sums.columns() }
}

function contributionsOf(network: Network, classIndex: 0 | 1, pooled: Float64Array): Float64Array {
  const weights = network.weights[classIndex]
  return pooled.map((value, k) => weights[k] * value)
}

/** Sums of feature maps by column, of the measured steps. */
class FeatureSums {
  measuredSteps = 0
  readonly #rows: number
  readonly #columns: number
  readonly #stepsPerColumn: number
  /** Measured steps of each column. */
  readonly #counts: Uint32Array
  /** [K][rows × columns] */
  readonly #sums: readonly Float64Array[]

  constructor(featureCount: number, rows: number, stepCount: number, columnLimit: number) {
    this.#rows = rows
    this.#stepsPerColumn = Math.max(1, Math.ceil(stepCount / columnLimit))
    this.#columns = Math.ceil(stepCount / this.#stepsPerColumn)
    this.#counts = new Uint32Array(this.#columns)
    this.#sums = Array.from({ length: featureCount }, () => new Float64Array(rows * this.#columns))
  }

  /** @param features [steps × rows × K], of which the step at `place` is added */
  add(step: number, features: Float32Array, place: number): void {
    const column = Math.floor(step / this.#stepsPerColumn)
    this.measuredSteps += 1
    this.#counts[column] += 1
    let at = place * this.#rows * this.#sums.length
    for (let row = 0; row < this.#rows; row++) {
      for (const sums of this.#sums) sums[row * this.#columns + column] += features[at++]
    }
  }

  /** g_k, over all positions that were measured. */
  pooled(): Float64Array {
    const positions = this.measuredSteps * this.#rows
    return Float64Array.from(this.#sums, (sums) => sums.reduce((sum, value) => sum + value, 0) / positions)
  }

  columns(): FeatureColumns {
    const counts = this.#counts
    const values = this.#sums.map((sums) => Float32Array.from(sums, (sum, i) => sum / counts[i % this.#columns]))
    return { rows: this.#rows, columns: this.#columns, stepsPerColumn: this.#stepsPerColumn, values }
  }
}
