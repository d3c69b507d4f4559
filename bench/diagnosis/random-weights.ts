import { tensor, type Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { readGeometry } from '../../src/engine/inference/geometry'
import { readModelFiles } from '../../src/engine/inference/model-files'
import { createNetwork, type Network } from '../../src/engine/inference/network'
import type { ModelCard } from '../../src/shared/model-card'
import type { Random } from '../../src/shared/random'

/** What is drawn anew of a trained network. */
export type Randomised = 'head' | 'everything' | 'signs of the head'

/** The network of the card with weights drawn as before training (Glorot & Bengio 2010, uniform; biases 0). */
export async function randomNetwork(card: ModelCard, what: Randomised, random: Random): Promise<Network> {
  const { topology, model } = await readModelFiles(`resources/models/${card.id}`, card)
  const layers = model.layers.filter((layer) => layer.getWeights().length > 0)
  const drawn = what === 'everything' ? layers : layers.slice(-1)
  for (const layer of drawn) await redraw(layer, what, random)
  return createNetwork(model, readGeometry(topology, card.camLayer), card.camLayer)
}

async function redraw(layer: LayersModel['layers'][number], what: Randomised, random: Random): Promise<void> {
  const before = layer.getWeights()
  const weights: Tensor[] = []
  for (const weight of before) {
    const values = await weight.data()
    const next =
      what === 'signs of the head' ? withRandomSigns(values, weight.shape, random) : glorot(weight.shape, random)
    weights.push(tensor(next, weight.shape))
  }
  layer.setWeights(weights)
  for (const weight of weights) weight.dispose()
}

function glorot(shape: readonly number[], random: Random): Float32Array {
  const size = shape.reduce((product, each) => product * each, 1)
  if (shape.length === 1) return new Float32Array(size)
  const field = shape.slice(0, -2).reduce((product, each) => product * each, 1)
  const limit = Math.sqrt(6 / (field * (shape[shape.length - 2] + shape[shape.length - 1])))
  return Float32Array.from({ length: size }, () => random.between(-limit, limit))
}

/** Both classes of a feature flip together: sizes stay as trained. */
function withRandomSigns(values: ArrayLike<number>, shape: readonly number[], random: Random): Float32Array {
  const classes = shape[shape.length - 1]
  const signs = Array.from({ length: values.length / classes }, () => (random.uniform() < 0.5 ? -1 : 1))
  return Float32Array.from({ length: values.length }, (_, i) => values[i] * signs[Math.floor(i / classes)])
}
