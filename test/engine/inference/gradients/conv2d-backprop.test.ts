import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-layers' // registers the gradients of the stock operations
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { registerWasmGradients } from '../../../../src/engine/inference/gradients/register-gradients'
import { createRandom } from '../../../../src/shared/random'
import { expectArraysClose } from '../../../helpers/expect-arrays-close'

type Pad = 'valid' | 'same'

interface ConvCase {
  readonly input: [number, number, number, number]
  readonly filter: [number, number, number, number]
  readonly strides: [number, number]
  readonly pad: Pad
}

const cases: ConvCase[] = [
  { input: [3, 1, 40, 2], filter: [1, 5, 2, 4], strides: [1, 1], pad: 'valid' },
  { input: [3, 1, 41, 2], filter: [1, 7, 2, 4], strides: [1, 2], pad: 'valid' },
  { input: [2, 1, 64, 1], filter: [1, 16, 1, 8], strides: [1, 4], pad: 'valid' },
  { input: [2, 1, 63, 3], filter: [1, 3, 3, 5], strides: [1, 4], pad: 'valid' },
  { input: [2, 1, 30, 3], filter: [1, 1, 3, 5], strides: [1, 1], pad: 'valid' },
  { input: [2, 1, 30, 3], filter: [1, 1, 3, 5], strides: [1, 3], pad: 'valid' },
  { input: [2, 12, 15, 3], filter: [3, 3, 3, 4], strides: [1, 1], pad: 'valid' },
  { input: [2, 13, 16, 3], filter: [4, 3, 3, 4], strides: [2, 3], pad: 'valid' },
  { input: [2, 12, 15, 3], filter: [3, 5, 3, 4], strides: [2, 1], pad: 'same' },
  { input: [1, 9, 9, 1], filter: [2, 2, 1, 1], strides: [2, 2], pad: 'same' },
]

beforeAll(async () => {
  tf.enableProdMode() // else the first use advertises tfjs-node on the console
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(join(dirname(entry), '/'))
  expect(await tf.setBackend('wasm')).toBe(true)
  registerWasmGradients()
  registerWasmGradients()
})

/** Gradients of Σ weights · conv2d(x, filter) by x and filter, on one backend. */
async function gradientsOn(backend: string, conv: ConvCase): Promise<{ dx: Float32Array; dw: Float32Array }> {
  expect(await tf.setBackend(backend)).toBe(true)
  const random = createRandom('gradients')
  const values = (shape: number[]) => Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal())
  const [dx, dw] = tf.tidy(() => {
    const x = tf.tensor4d(values(conv.input), conv.input)
    const filter = tf.tensor4d(values(conv.filter), conv.filter)
    const forward = (a: tf.Tensor, b: tf.Tensor) =>
      tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, conv.strides, conv.pad)
    const weights = tf.tensor(values(forward(x, filter).shape), forward(x, filter).shape)
    return tf.grads((a, b) => tf.sum(tf.mul(forward(a, b), weights)))([x, filter])
  })
  const result = { dx: (await dx.data()) as Float32Array, dw: (await dw.data()) as Float32Array }
  tf.dispose([dx, dw])
  return result
}

describe('gradients of conv2d on wasm', () => {
  it.each(cases)('are those of the cpu backend: $input, $filter, stride $strides, $pad', async (conv) => {
    const expected = await gradientsOn('cpu', conv)
    const actual = await gradientsOn('wasm', conv)
    expectArraysClose(actual.dx, expected.dx, 1e-5)
    expectArraysClose(actual.dw, expected.dw, 4e-5) // sums of up to 100 products of normals: float32 rounding
  })

  it('leave no tensor and no data behind', async () => {
    await gradientsOn('wasm', cases[7])
    const before = tf.memory()
    const dataBefore = tf.backend().numDataIds()
    for (let i = 0; i < 5; i++) await gradientsOn('wasm', cases[i])
    expect(tf.memory().numTensors).toBe(before.numTensors)
    expect(tf.backend().numDataIds()).toBe(dataBefore)
  })
})
