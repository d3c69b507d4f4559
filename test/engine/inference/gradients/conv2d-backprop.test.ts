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
  // as a batch of training: each filter gradient is a sum of 24 000 products
  { input: [32, 1, 1510, 2], filter: [1, 12, 2, 3], strides: [1, 2], pad: 'valid' },
]

beforeAll(async () => {
  tf.enableProdMode() // else the first use advertises tfjs-node on the console
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(join(dirname(entry), '/'))
  expect(await tf.setBackend('wasm')).toBe(true)
  registerWasmGradients()
  registerWasmGradients()
})

interface Gradients {
  readonly dx: ArrayLike<number>
  readonly dw: ArrayLike<number>
}

/** Input, filter and the weights of the outputs, the same for every backend. */
function drawCase(conv: ConvCase) {
  const random = createRandom('gradients')
  const values = (shape: readonly number[]) =>
    Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random.normal())
  const info = tf.backend_util.computeConv2DInfo(conv.input, conv.filter, conv.strides, 1, conv.pad)
  return { x: values(conv.input), filter: values(conv.filter), weights: values(info.outShape), info }
}

/** Gradients of Σ weights · conv2d(x, filter) by x and filter, on one backend. */
async function gradientsOn(backend: string, conv: ConvCase): Promise<Gradients> {
  expect(await tf.setBackend(backend)).toBe(true)
  const drawn = drawCase(conv)
  const [dx, dw] = tf.tidy(() => {
    const x = tf.tensor4d(drawn.x, conv.input)
    const filter = tf.tensor4d(drawn.filter, conv.filter)
    const weights = tf.tensor(drawn.weights, drawn.info.outShape)
    const forward = (a: tf.Tensor, b: tf.Tensor) =>
      tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, conv.strides, conv.pad)
    return tf.grads((a, b) => tf.sum(tf.mul(forward(a, b), weights)))([x, filter])
  })
  const result = { dx: (await dx.data()) as Float32Array, dw: (await dw.data()) as Float32Array }
  tf.dispose([dx, dw])
  return result
}

/** The same by the definition, in float64: no tfjs in it but the size of the padding. */
function plainGradients(conv: ConvCase): Gradients {
  const { x, filter, weights, info } = drawCase(conv)
  const [batch, height, width, inCount] = conv.input
  const [tall, wide, , outCount] = conv.filter
  const [sh, sw] = conv.strides
  const dx = new Float64Array(x.length)
  const dw = new Float64Array(filter.length)
  for (const [n, h, w, a, b] of indices([batch, info.outHeight, info.outWidth, tall, wide])) {
    const row = h * sh + a - info.padInfo.top
    const column = w * sw + b - info.padInfo.left
    if (row < 0 || row >= height || column < 0 || column >= width) continue
    for (let i = 0; i < inCount; i++) {
      const at = ((n * height + row) * width + column) * inCount + i
      for (let o = 0; o < outCount; o++) {
        const tap = ((a * wide + b) * inCount + i) * outCount + o
        const weight = weights[((n * info.outHeight + h) * info.outWidth + w) * outCount + o]
        dx[at] += filter[tap] * weight
        dw[tap] += x[at] * weight
      }
    }
  }
  return { dx, dw }
}

function* indices(shape: readonly number[]): Generator<number[]> {
  const index = shape.map(() => 0)
  const size = tf.util.sizeFromShape([...shape])
  for (let i = 0; i < size; i++) {
    yield index
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0
  }
}

/**
 * 1e-5 of the largest gradient, not 1e-5 as such: a float32 sum of N products is rounded in proportion to the size of
 * its partial sums, which grow with N, so no absolute figure holds for a filter's gradient; and where the products of
 * one tap cancel, its own size says nothing about that rounding. What a step of training sees is the error beside the
 * whole gradient. Measured: below 5e-7 in the small cases, 5e-6 for sums of 24 000 products. Sums in parts of 8192 were
 * four times as exact at 96 000 products (1.5e-6 for 6.6e-6) and took two to four times as long, so the kernel has none.
 */
function expectRelativelyClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  expect(largest).toBeGreaterThan(0)
  expectArraysClose(actual, expected, 1e-5 * largest)
}

describe('gradients of conv2d on wasm', () => {
  it.each(cases)('are those of the definition: $input, $filter, stride $strides, $pad', async (conv) => {
    const expected = plainGradients(conv)
    const actual = await gradientsOn('wasm', conv)
    expectRelativelyClose(actual.dx, expected.dx)
    expectRelativelyClose(actual.dw, expected.dw)
  })

  it.each(cases)('are those of the cpu backend: $input, $filter, stride $strides, $pad', async (conv) => {
    const expected = await gradientsOn('cpu', conv)
    const actual = await gradientsOn('wasm', conv)
    expectRelativelyClose(actual.dx, expected.dx)
    expectRelativelyClose(actual.dw, expected.dw)
  })

  it('are refused by tfjs for a dilated convolution, before our kernels are asked', async () => {
    expect(await tf.setBackend('wasm')).toBe(true)
    const gradients = () =>
      tf.tidy(() => {
        const x = tf.ones<tf.Rank.R4>([1, 1, 9, 1])
        const filter = tf.ones<tf.Rank.R4>([1, 3, 1, 1])
        return tf.grads((a, b) => tf.sum(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'valid', 'NHWC', [1, 2])))([
          x,
          filter,
        ])
      })
    expect(gradients).toThrow(
      "Error in gradient of conv2D: dilation rates greater than 1 are not yet supported in gradients. Got dilations '1,2'",
    )
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
