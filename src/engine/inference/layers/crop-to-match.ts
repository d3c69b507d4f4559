import { slice } from '@tensorflow/tfjs-core'
import type { Tensor, serialization } from '@tensorflow/tfjs-core'
import { layers } from '@tensorflow/tfjs-layers'

export interface CropToMatchConfig {
  readonly name?: string
  /** steps dropped at the start of the first input; fixed, so that cropping commutes with shifting the signal */
  readonly startSteps: number
  /** bins dropped at the low end (2D; 0 for 1D) */
  readonly startBins: number
}

/**
 * [long, reference] → long without its first `startSteps` steps (and `startBins` bins), cut to the size of
 * `reference`, so that branches with different 'valid' kernels can be concatenated. For centred receptive fields
 * startSteps = (receptive field of reference − of long) / (2 · stride). A crop that depended on the length (as
 * "centre crop" usually does) would break the equality of one pass and single segments.
 */
export class CropToMatch extends layers.Layer {
  static className = 'CropToMatch'
  private readonly startSteps: number
  private readonly startBins: number

  /** @throws Error when a start is not a whole number ≥ 0 */
  constructor(config: CropToMatchConfig) {
    super({ name: config.name })
    for (const start of [config.startSteps, config.startBins]) {
      if (!Number.isInteger(start) || start < 0)
        throw new Error(`CropToMatch: start ${start} must be a whole number ≥ 0`)
    }
    this.startSteps = config.startSteps
    this.startBins = config.startBins
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [long, reference] = pair(inputs)
    const [batch, steps, bins] = [long.shape[0], reference.shape[1] ?? 0, reference.shape[2] ?? 0]
    if (long.rank === 3) return slice(long, [0, this.startSteps, 0], [batch, steps, -1])
    return slice(long, [0, this.startSteps, this.startBins, 0], [batch, steps, bins, -1])
  }

  override computeOutputShape(inputShapes: number[][]): number[] {
    const [long, reference] = inputShapes
    return [...reference.slice(0, -1), long[long.length - 1]]
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), startSteps: this.startSteps, startBins: this.startBins }
  }
}

function pair(inputs: Tensor | Tensor[]): [Tensor, Tensor] {
  if (!Array.isArray(inputs) || inputs.length !== 2) throw new Error('CropToMatch: needs two inputs')
  return [inputs[0], inputs[1]]
}
