import { abs, add, exp, log, log1p, mul, pow, square, tidy } from '@tensorflow/tfjs-core'
import type { Tensor, serialization } from '@tensorflow/tfjs-core'
import { layers } from '@tensorflow/tfjs-layers'

export const powerModes = ['square', 'abs', 'log', 'log1p', 'exp', 'power'] as const
export type PowerMode = (typeof powerModes)[number]

export interface PointwisePowerConfig {
  readonly name?: string
  readonly mode: PowerMode
  /** the input is multiplied by this first */
  readonly scale: number
  /** 'power' only: y = |x|^exponent; whole exponents up to 16 are products, others need the Pow kernel */
  readonly exponent?: number
  /** added before the logarithm ('log'), and to |x| where the exponent is not whole; ≥ 0 */
  readonly epsilon?: number
}

/**
 * A pointwise non-linearity f(scale · x): x², |x|, ln(ε + x), ln(1 + x), eˣ or |x|^p. Even powers of band-passed signals
 * under global average pooling are kurtosis and spectral kurtosis exactly. Every operation has a wasm kernel, forward
 * and backward.
 */
export class PointwisePower extends layers.Layer {
  static className = 'PointwisePower'
  private readonly settings: Required<Omit<PointwisePowerConfig, 'name'>>

  /** @throws Error (caught by whoever loads the model) when the mode is unknown or a number is not finite */
  constructor(config: PointwisePowerConfig) {
    super({ name: config.name })
    const { mode, scale, exponent = 1, epsilon = 0 } = config
    if (!powerModes.includes(mode)) throw new Error(`PointwisePower: unknown mode "${mode}"`)
    if (![scale, exponent, epsilon].every(Number.isFinite) || epsilon < 0) {
      throw new Error(`PointwisePower: scale ${scale}, exponent ${exponent}, epsilon ${epsilon} must be finite, ε ≥ 0`)
    }
    this.settings = { mode, scale, exponent, epsilon }
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const { mode, scale, exponent, epsilon } = this.settings
    return tidy(() => {
      const input = only(inputs)
      const scaled = scale === 1 ? input : mul(input, scale)
      switch (mode) {
        case 'square':
          return square(scaled)
        case 'abs':
          return abs(scaled)
        case 'log':
          return log(add(scaled, epsilon))
        case 'log1p':
          return log1p(scaled)
        case 'exp':
          return exp(scaled)
        case 'power':
          return powerOf(scaled, exponent, epsilon)
      }
    })
  }

  override computeOutputShape(inputShape: number[]): number[] {
    return inputShape
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings }
  }
}

/** |x|^p. Whole p by repeated squaring: exact on every backend, and its gradient at 0 is 0. */
function powerOf(x: Tensor, exponent: number, epsilon: number): Tensor {
  if (!Number.isInteger(exponent) || exponent < 1 || exponent > 16) return pow(add(abs(x), epsilon), exponent)
  let factor = exponent % 2 === 0 ? x : abs(x)
  let product: Tensor | undefined
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if (rest & 1) product = product === undefined ? factor : mul(product, factor)
    if (rest > 1) factor = square(factor)
  }
  return product ?? factor
}

function only(inputs: Tensor | Tensor[]): Tensor {
  return Array.isArray(inputs) ? inputs[0] : inputs
}
