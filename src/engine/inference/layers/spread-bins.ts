import { matMul, ones, reshape, tidy, tile } from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { layers } from '@tensorflow/tfjs-layers'

/**
 * [narrow, reference] → narrow, which has one bin, repeated over the bins of `reference`: what holds for a whole frame
 * (its energy, say) stands beside what holds for each of its bins, so that both can be multiplied or joined.
 */
export class SpreadBins extends layers.Layer {
  static className = 'SpreadBins'

  override call(inputs: Tensor | Tensor[]): Tensor {
    if (!Array.isArray(inputs) || inputs.length !== 2) throw new Error('SpreadBins: needs two inputs')
    const [narrow, reference] = inputs
    if (narrow.rank !== 4 || narrow.shape[2] !== 1) throw new Error('SpreadBins: its first input must have one bin')
    return tidy(() => {
      const [batch, frames, , values] = narrow.shape
      const bins = reference.shape[2] ?? 1
      if (values !== 1) return tile(narrow, [1, 1, bins, 1])
      // a product with ones: the Tile kernel of wasm is many times slower
      const column = reshape(narrow, [-1, 1])
      return reshape(matMul(column, ones([1, bins])), [batch, frames, bins, 1])
    })
  }

  override computeOutputShape(inputShapes: number[][]): number[] {
    const [narrow, reference] = inputShapes
    return [narrow[0], narrow[1], reference[2], narrow[3]]
  }
}
