import { serialization } from '@tensorflow/tfjs-core'
import { CropToMatch } from './crop-to-match'
import { PointwisePower } from './pointwise-power'
import { SpreadBins } from './spread-bins'

/** Makes the project's layers known to tfjs-layers, for reading model.json. Call before loading; repeating is harmless. */
export function registerLayers(): void {
  serialization.registerClass(PointwisePower)
  serialization.registerClass(CropToMatch)
  serialization.registerClass(SpreadBins)
}
