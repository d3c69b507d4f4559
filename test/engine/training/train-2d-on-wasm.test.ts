import * as tf from '@tensorflow/tfjs-core'
import { input, layers, model } from '@tensorflow/tfjs-layers'
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers'
import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import { selectBackend } from '../../../src/engine/inference/backend'
import { registerWasmGradients } from '../../../src/engine/inference/gradients/register-gradients'
import { initialiseWeights } from '../../../src/engine/training/fit'
import { createRandom } from '../../../src/shared/random'
import { expectArraysClose } from '../../helpers/expect-arrays-close'
import { expectNoTensorLeak } from '../../helpers/expect-no-tensor-leak'

const batchSize = 8
const frameCount = 14
const binCount = 11
const stepCount = 8

/** Two convolutions with stride, the second padded, under GAP and a dense head: the shape of a 2D network of ours. */
function smallNetwork2d(): LayersModel {
  const spectrogram = input({ shape: [frameCount, binCount, 1] })
  const first = layers
    .conv2d({ filters: 4, kernelSize: [3, 3], strides: [2, 1], activation: 'relu', name: 'first' })
    .apply(spectrogram)
  const second = layers
    .conv2d({ filters: 6, kernelSize: [3, 5], strides: [1, 2], padding: 'same', activation: 'relu', name: 'second' })
    .apply(first)
  const pooled = layers.globalAveragePooling2d({ name: 'mean' }).apply(second)
  const scores = layers.dense({ units: 2, name: 'scores' }).apply(pooled) as SymbolicTensor
  return model({ inputs: spectrogram, outputs: scores })
}

/** Noise, and in every other example some loud frames over all bins, as impacts make them. */
function drawBatch(): Float32Array {
  const random = createRandom('spectrograms')
  return Float32Array.from({ length: batchSize * frameCount * binCount }, (_, i) => {
    const example = Math.floor(i / (frameCount * binCount))
    const frame = Math.floor(i / binCount) % frameCount
    return 0.3 * random.normal() + (example % 2 === 1 && frame % 5 === 0 ? 2 : 0)
  })
}

/** Loss of every step of gradient descent on one batch, and the weights at the end. */
async function trainOn(backend: 'wasm' | 'cpu'): Promise<{ losses: number[]; weights: number[] }> {
  expect(await tf.setBackend(backend)).toBe(true)
  const network = smallNetwork2d()
  initialiseWeights(network, createRandom('weights'), [])
  const optimizer = tf.train.sgd(0.2)
  const spectrograms = tf.tensor4d(drawBatch(), [batchSize, frameCount, binCount, 1])
  const targets = tf.tidy(() => tf.oneHot(tf.tensor1d([0, 1, 0, 1, 0, 1, 0, 1], 'int32'), 2))
  const losses: number[] = []
  for (let step = 0; step < stepCount; step++) {
    const cost = optimizer.minimize(() => {
      const scores = network.apply(spectrograms, { training: true }) as tf.Tensor2D
      return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(scores), targets), -1)))
    }, true)
    losses.push((await cost?.data())?.[0] ?? Number.NaN)
    cost?.dispose()
  }
  const weights = network.getWeights().flatMap((weight) => [...weight.dataSync()])
  tf.dispose([spectrograms, targets])
  optimizer.dispose()
  network.dispose()
  return { losses, weights }
}

describe('training a whole 2D network on wasm', () => {
  it('lowers the loss at every step, as on cpu to 1e-4, and leaves no tensor behind', async () => {
    await selectBackend('wasm')
    registerWasmGradients()
    await trainOn('wasm')
    const onWasm = await expectNoTensorLeak(() => trainOn('wasm'))
    const onCpu = await trainOn('cpu')
    for (let step = 1; step < stepCount; step++) expect(onWasm.losses[step]).toBeLessThan(onWasm.losses[step - 1])
    expectArraysClose(onWasm.losses, onCpu.losses, 1e-4)
    expectArraysClose(onWasm.weights, onCpu.weights, 1e-4)
  })
})
