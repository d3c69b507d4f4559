import { layers, model as functionalModel } from '@tensorflow/tfjs-layers'
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers'

/** Pieces that the functional models share. */
export const camLayer = 'map'

type Layer = InstanceType<typeof layers.Layer>

/** GAP + dense(2), linear, zero at first: every recording is a coin until the head is trained. */
export function withHead(signal: SymbolicTensor, map: SymbolicTensor, pooling: Layer): LayersModel {
  const dense = layers.dense({
    name: 'scores',
    units: 2,
    activation: 'linear',
    kernelInitializer: 'zeros',
    biasInitializer: 'zeros',
  })
  return functionalModel({ name: 'network', inputs: signal, outputs: apply(dense, apply(pooling, map)) })
}

export function join(maps: SymbolicTensor[]): SymbolicTensor {
  if (maps.length === 1) return maps[0]
  return single(layers.concatenate({ name: 'powers' }).apply(maps))
}

export function apply(layer: Layer, source: SymbolicTensor): SymbolicTensor {
  return single(layer.apply(source))
}

export function single(output: unknown): SymbolicTensor {
  if (Array.isArray(output)) return single(output[0])
  return output as SymbolicTensor // a layer applied to symbolic tensors gives a symbolic tensor
}
