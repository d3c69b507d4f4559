import { concat, conv1d, log1p, tensor, tidy } from '@tensorflow/tfjs-core'
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { selectBackend } from '../../../../src/engine/inference/backend'
import { createRandom } from '../../../../src/shared/random'
import { expectArraysClose } from '../../../helpers/expect-arrays-close'
import { expectNoTensorLeak } from '../../../helpers/expect-no-tensor-leak'

function noise(shape: number[], seed: string): Tensor {
  const random = createRandom(seed)
  const size = shape.reduce((product, length) => product * length, 1)
  return tensor(
    Float32Array.from({ length: size }, () => random.normal()),
    shape,
    'float32',
  )
}

/** The same work on the plain JavaScript backend and on wasm with its replaced kernels. */
async function onBoth(
  work: () => Tensor,
): Promise<{ shape: number[]; cpu: ArrayLike<number>; wasm: ArrayLike<number> }> {
  const results: ArrayLike<number>[] = []
  let shape: number[] = []
  for (const backend of ['cpu', 'wasm'] as const) {
    await selectBackend(backend)
    await expectNoTensorLeak(async () => {
      const output = tidy(work)
      results.push(await output.data())
      shape = output.shape
      output.dispose()
    })
  }
  return { shape, cpu: results[0], wasm: results[1] }
}

describe('filters over one channel, eight outputs at a time', () => {
  // sizes about and between multiples of eight, one and several filters, one and several signals
  it.each([
    [1, 160, 97, 1],
    [1, 167, 97, 1],
    [1, 1000, 16, 1],
    [3, 161, 8, 1],
    [2, 300, 33, 3],
    [1, 300, 9, 8],
    [2, 75, 10, 2],
  ])('batch %i, %i samples, %i taps, %i filters', async (batch, length, taps, filters) => {
    const { shape, cpu, wasm } = await onBoth(() =>
      conv1d(noise([batch, length, 1], 'x') as Tensor3D, noise([taps, 1, filters], 'h') as Tensor3D, 1, 'valid'),
    )
    expect(shape).toEqual([batch, length - taps + 1, filters])
    expectArraysClose(wasm, cpu, 2e-5) // float32 sums of up to 97 terms in another order
  })

  it.each([
    ['stride', 2, 'valid', 1, 1],
    ['padding', 1, 'same', 1, 1],
    ['dilation', 1, 'valid', 2, 1],
    ['two channels in', 1, 'valid', 1, 2],
  ] as const)('are left to the stock kernel with %s', async (_, stride, pad, dilation, inputs) => {
    const { cpu, wasm } = await onBoth(() =>
      conv1d(
        noise([2, 200, inputs], 'x') as Tensor3D,
        noise([16, inputs, 2], 'h') as Tensor3D,
        stride,
        pad,
        'NWC',
        dilation,
      ),
    )
    expectArraysClose(wasm, cpu, 2e-5)
  })
})

describe('joining narrow maps', () => {
  it.each([
    [[1, 50, 1], [1, 50, 1], -1],
    [[2, 7, 3], [2, 7, 5], 2],
    [[2, 5, 4, 1], [2, 5, 4, 2], 3],
    [[2, 3, 2], [2, 4, 2], 1],
    [[3, 2], [4, 2], 0],
    [[2, 100], [2, 3], 1],
  ])('%j and %j along %i', async (a, b, axis) => {
    const { cpu, wasm } = await onBoth(() => concat([noise(a, 'a'), noise(b, 'b'), noise(a, 'c')], axis))
    expect(Array.from(wasm)).toEqual(Array.from(cpu))
  })
})

it('ln(1 + x) keeps float32 precision at every size of x', async () => {
  await selectBackend('wasm')
  const values = [0, 1e-30, 1e-9, -1e-9, 3e-8, -3e-8, 1e-6, 1e-3, -0.3, 5, 1e6, 3e38, -1]
  const output = tidy(() => log1p(tensor(values)))
  const read = await output.data()
  output.dispose()
  for (const [i, value] of values.entries()) {
    const exact = Math.log1p(Math.fround(value))
    if (Number.isFinite(exact)) expect(Math.abs(read[i] - exact)).toBeLessThanOrEqual(2e-7 * Math.abs(exact))
    else expect(read[i]).toBe(exact)
  }
})
