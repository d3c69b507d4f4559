import { describe, expect, it } from 'vitest'
import { lineSpectrum, shaftGuard, slidingMedian, withoutSkirts } from '../../../src/engine/diagnosis/witness-lines'
import { createRandom } from '../../../src/shared/random'

const flat = (count: number) => new Float64Array(count).fill(1)

describe('lines', () => {
  it('sliding median is the median of each window, cut at the ends', () => {
    const random = createRandom('median')
    const values = Float64Array.from({ length: 60 }, () => random.uniform())
    const naive = values.map((_, i) => {
      const window = [...values.subarray(Math.max(0, i - 7), i + 8)].sort((a, b) => a - b)
      const middle = window.length >> 1
      return window.length % 2 === 1 ? window[middle] : (window[middle - 1] + window[middle]) / 2
    })
    expect([...slidingMedian(values, 7)]).toEqual([...naive])
  })

  it('a line of 100 times the noise is ln 100 high, whatever the level', () => {
    for (const level of [1e-9, 1, 1e9]) {
      const power = flat(400).map((value, bin) => value * level * (bin === 200 ? 100 : 1))
      const { heights } = lineSpectrum(power, 1, [0, 400], 50)
      // the median of a constant is the constant; noise is taken for exponential, whose mean is median / ln 2
      expect(heights[200]).toBeCloseTo(Math.log(100 * Math.LN2), 10)
      expect(heights[203]).toBeCloseTo(Math.log(Math.LN2), 10)
    }
  })

  it('the guard hides four bins about each harmonic of the shaft, and DC', () => {
    const hidden = shaftGuard(lineSpectrum(flat(101), 1, [0, 100], 50), 30)
    const places = [...hidden.keys()].filter((bin) => hidden[bin] === 1)
    const about = (centre: number) => Array.from({ length: 9 }, (_, i) => centre - 4 + i)
    expect(places).toEqual([0, 1, 2, 3, 4, ...about(30), ...about(60), ...about(90)])
  })

  it('an even skirt of the shaft is no line; a line on one side of it is', () => {
    const power = flat(400)
    power[200] = 1000 // the shaft
    power[188] = power[212] = 60 // its skirt
    power[190] = 200
    const { heights } = withoutSkirts(lineSpectrum(power, 1, [0, 400], 100), 200)
    expect(heights[212]).toBeLessThan(0.1)
    expect(heights[190]).toBeGreaterThan(Math.log(100))
  })
})
