import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../../src/engine/dsp/kernels/load-kernels'
import { fillLevels, fillLog1p } from '../../../../src/engine/dsp/kernels/pointwise-kernel'
import { createRandom } from '../../../../src/shared/random'

const kernels = loadKernels()
const random = createRandom(21)
const magnitudes = Float32Array.from({ length: 50_003 }, (_, i) => 10 ** ((i % 70) - 35) * (1 + random.uniform()))

function log1pOf(values: Float32Array): Float32Array {
  const target = new Float32Array(values.length)
  fillLog1p(kernels, values, target)
  return target
}

describe('ln(1 + x)', () => {
  it('is that of Math.log1p to four units of the last place, from 1e-35 to 1e35 and for negatives above −1', () => {
    const values = Float32Array.from([...magnitudes, ...magnitudes.filter((x) => x < 0.99).map((x) => -x)])
    const worst = log1pOf(values).reduce((most, value, i) => {
      const expected = Math.log1p(values[i])
      return Math.max(most, Math.abs(value - expected) / Math.abs(expected))
    }, 0)
    expect(worst).toBeLessThan(4 * 2 ** -23)
  })

  it('keeps zero and infinity, is −∞ at −1 and NaN below', () => {
    const values = [0, Infinity, Number.NaN, 1, -1, -1.5, -Infinity]
    const expected = [0, Infinity, Number.NaN, Math.fround(Math.log(2)), -Infinity, Number.NaN, Number.NaN]
    expect([...log1pOf(Float32Array.from(values))]).toEqual(expected)
  })

  it('is the same wherever a value stands', () => {
    const whole = log1pOf(magnitudes)
    expect(log1pOf(magnitudes.subarray(3, 20_001))).toEqual(whole.subarray(3, 20_001))
  })
})

describe('ln(power + floor)', () => {
  it('is that of Math.log to 5e-7, or float32 rounding where that is more', () => {
    const levels = new Float32Array(magnitudes.length)
    fillLevels(kernels, magnitudes, levels, 1e-4)
    const worst = levels.reduce((most, value, i) => {
      const expected = Math.log(magnitudes[i] + Math.fround(1e-4))
      return Math.max(most, Math.abs(value - expected) / Math.max(1, Math.abs(expected)))
    }, 0)
    expect(worst).toBeLessThan(5e-7)
  })
})
