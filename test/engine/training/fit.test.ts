import { getBackend } from '@tensorflow/tfjs-core'
import { layers, model } from '@tensorflow/tfjs-layers'
import type { SymbolicTensor } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '../../../src/engine/inference/backend'
import { quietJob } from '../../../src/engine/jobs/job-context'
import type { PreparedRecording } from '../../../src/engine/training/dataset'
import { fitNetwork, initialiseWeights } from '../../../src/engine/training/fit'
import { createSegmentSampler } from '../../../src/engine/training/segment-sampler'
import { createRandom } from '../../../src/shared/random'
import { expectNoTensorLeak } from '../../helpers/expect-no-tensor-leak'

/** Noise, and for faults a 5-sample burst every 40 samples. */
function recording(label: 1 | -1, index: number): PreparedRecording {
  const random = createRandom(`recording ${index}`)
  const samples = Float32Array.from({ length: 600 }, (_, i) =>
    label === 1 && i % 40 < 5 ? 3 * random.normal() : 0.2 * random.normal(),
  )
  const named = { machine: 'rig', bearing: `b${index}`, operatingPoint: '', bearingFault: 'none', otherFault: 'none' }
  return {
    ...named,
    id: `${index}`,
    label,
    sha256: '',
    piece: 0,
    channels: [{ samples, kurtosis: 3, envelopePeak: 1 }],
  }
}

const recordings = Array.from({ length: 8 }, (_, i) => recording(i % 2 === 0 ? 1 : -1, i))
const noAugmentation = {
  gainDb: 0,
  flipsPolarity: true,
  noiseSnrDb: undefined,
  resampling: 0,
  filterCount: 0,
  filterDb: 0,
}

function smallNetwork() {
  const input = layers.input({ shape: [null, 1] })
  const maps = layers.conv1d({ filters: 4, kernelSize: 8, strides: 4, activation: 'relu', name: 'conv' }).apply(input)
  const pooled = layers.globalAveragePooling1d({ name: 'mean' }).apply(maps)
  const scores = layers.dense({ units: 2, name: 'scores' }).apply(pooled) as SymbolicTensor
  return model({ inputs: input, outputs: scores })
}

async function fitOnce(seed: string): Promise<{ losses: Float32Array; weights: number[] }> {
  const network = smallNetwork()
  const random = createRandom(seed)
  initialiseWeights(network, random.fork('weights'), [])
  const settings = { segmentLength: 128, batchSize: 16, augmentation: noAugmentation }
  const sampler = createSegmentSampler(recordings, settings, random.fork('segments'))
  const losses = await fitNetwork(network, sampler, { stepCount: 40, learningRate: 0.05, weightDecay: 1e-4 }, quietJob)
  const weights = network.getWeights().flatMap((weight) => [...weight.dataSync()])
  network.dispose()
  return { losses, weights }
}

beforeAll(async () => {
  await selectBackend('wasm')
  expect(getBackend()).toBe('wasm')
})

describe('fitting trunk and head on wasm', () => {
  it('lowers the loss to a fraction', async () => {
    const { losses } = await fitOnce('a')
    expect(losses[39]).toBeLessThan(0.5 * losses[0])
  })

  it('gives the same weights for the same seed, others for another', async () => {
    const first = await fitOnce('a')
    expect((await fitOnce('a')).weights).toEqual(first.weights)
    expect((await fitOnce('b')).weights).not.toEqual(first.weights)
  })

  it('leaves no tensor behind', async () => {
    await expectNoTensorLeak(() => fitOnce('a'))
  })

  it('stops between steps when it is cancelled', async () => {
    const network = smallNetwork()
    const sampler = createSegmentSampler(
      recordings,
      { segmentLength: 64, batchSize: 2, augmentation: noAugmentation },
      createRandom(1),
    )
    const job = { signal: AbortSignal.abort(), report: () => undefined }
    const settings = { stepCount: 5, learningRate: 0.01, weightDecay: 0 }
    await expect(fitNetwork(network, sampler, settings, job)).rejects.toThrow('abort')
    network.dispose()
  })
})

it('the sampler draws labels evenly and every machine alike, however many recordings each has', () => {
  const many = [...recordings, { ...recording(-1, 9), machine: 'lone', id: 'lone' }]
  const marked = many.map((item) => ({
    ...item,
    channels: [{ ...item.channels[0], samples: new Float32Array(64).fill(item.machine === 'lone' ? 2 : 1) }],
  }))
  const settings = { segmentLength: 64, batchSize: 200, augmentation: { ...noAugmentation, flipsPolarity: false } }
  const { values, labels } = createSegmentSampler(marked, settings, createRandom(3))()
  expect(labels.filter((label) => label === 1).length).toBe(100)
  const lone = labels.filter((_, i) => values[i * 64] === 2).length
  expect(lone).toBeGreaterThan(30)
  expect(lone).toBeLessThan(70)
})
