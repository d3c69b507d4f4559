import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tensor, tidy } from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { selectBackend } from '../../../src/engine/inference/backend'
import { CropToMatch } from '../../../src/engine/inference/layers/crop-to-match'
import { PointwisePower } from '../../../src/engine/inference/layers/pointwise-power'
import type { PointwisePowerConfig } from '../../../src/engine/inference/layers/pointwise-power'
import { readModelFiles, writeModelFiles } from '../../../src/engine/inference/model-files'
import { tinyCard, tinyNetwork1d, tinyNetwork2d } from '../../builders/tiny-model'
import { availableBackends } from '../../helpers/backends'
import { expectArraysClose } from '../../helpers/expect-arrays-close'
import { expectNoTensorLeak } from '../../helpers/expect-no-tensor-leak'

const values = [-2, -0.5, 0, 0.25, 1, 3]
const cases: [PointwisePowerConfig, (x: number) => number][] = [
  [{ mode: 'square', scale: 3 }, (x) => 9 * x * x],
  [{ mode: 'abs', scale: -2 }, (x) => 2 * Math.abs(x)],
  [{ mode: 'log', scale: 1, epsilon: 4 }, (x) => Math.log(4 + x)],
  [{ mode: 'log1p', scale: 0.25 }, (x) => Math.log1p(0.25 * x)],
  [{ mode: 'exp', scale: 0.5 }, (x) => Math.exp(0.5 * x)],
  [{ mode: 'power', scale: 1, exponent: 1 }, (x) => Math.abs(x)],
  [{ mode: 'power', scale: 0.5, exponent: 3 }, (x) => Math.abs(0.5 * x) ** 3],
  [{ mode: 'power', scale: 0.5, exponent: 6 }, (x) => (0.5 * x) ** 6],
  [{ mode: 'power', scale: 1, exponent: 1.5, epsilon: 0.01 }, (x) => (Math.abs(x) + 0.01) ** 1.5],
]

describe.each(availableBackends)('on %s', (backend) => {
  it.each(cases)('PointwisePower %j is its formula', async (config, formula) => {
    await selectBackend(backend)
    const output = await expectNoTensorLeak(async () => {
      const result = tidy(() => new PointwisePower(config).apply(tensor(values, [1, 6, 1])) as Tensor)
      const read = await result.data()
      result.dispose()
      return read
    })
    expectArraysClose(output, values.map(formula), 2e-5)
  })

  it('CropToMatch cuts the first input to the size of the second', async () => {
    await selectBackend(backend)
    const long = Array.from({ length: 2 * 5 * 4 }, (_, i) => i)
    const read = await expectNoTensorLeak(async () => {
      const result = tidy(() => {
        const reference = tensor(new Float32Array(2 * 2 * 3), [1, 2, 2, 3])
        return new CropToMatch({ startSteps: 1, startBins: 1 }).apply([tensor(long, [1, 5, 4, 2]), reference]) as Tensor
      })
      expect(result.shape).toEqual([1, 2, 2, 2])
      const made = await result.data()
      result.dispose()
      return made
    })
    expect([...read]).toEqual([10, 11, 12, 13, 18, 19, 20, 21])
  })
})

describe('a saved network', () => {
  it.each([
    { kind: '1d' as const, build: () => tinyNetwork1d(1), shape: [1, 100, 1] },
    { kind: '2d' as const, build: tinyNetwork2d, shape: [1, 30, 12, 1] },
  ])(
    'answers as before when it is read again, and the same model gives the same bytes ($kind)',
    async ({ kind, build, shape }) => {
      await selectBackend('cpu')
      const folder = await mkdtemp(join(tmpdir(), 'vibralens-layers-'))
      await expectNoTensorLeak(async () => {
        const before = build()
        const sha256 = await writeModelFiles(before, folder)
        expect(await writeModelFiles(before, folder)).toEqual(sha256)
        const { model: after } = await readModelFiles(folder, tinyCard(kind, { sha256 }))
        const size = shape.reduce((product, length) => product * length, 1)
        const [a, b] = tidy(() => {
          const input = tensor(
            Float32Array.from({ length: size }, (_, i) => Math.sin(i * i)),
            [...shape],
          )
          return [before, after].map((network) => (network.apply(input) as Tensor).dataSync())
        })
        expect([...b]).toEqual([...a])
        before.dispose()
        after.dispose()
      })
      await rm(folder, { recursive: true })
    },
  )
})
