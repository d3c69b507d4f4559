import { describe, expect, it } from 'vitest'
import { integrate, velocityRmsMmS } from '../../../src/engine/dsp/integrate'
import { createRandom } from '../../../src/shared/random'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const sampleRateHz = 12_000
const band = { lowHz: 10, highHz: 1000 }

/** Acceleration in m/s² whose velocity has the amplitude `mmS`. */
function accelerationOf(mmS: number, hz: number, seconds: number): Float32Array {
  const speed = 2 * Math.PI * hz
  const length = seconds * sampleRateHz
  return Float32Array.from({ length }, (_, n) => (mmS / 1000) * speed * Math.cos((speed * n) / sampleRateHz))
}

describe('velocity RMS', () => {
  it.each([12.5, 50, 159, 777, 980])('of a velocity of 4 mm/s amplitude at %d Hz is 4/√2', (hz) => {
    const velocity = velocityRmsMmS(accelerationOf(4, hz, 10), 'm/s2', sampleRateHz, band)
    expect((velocity ?? 0) / (4 * Math.SQRT1_2)).toBeCloseTo(1, 2)
  })

  it.each([
    ['m/s2', 1],
    ['m/s^2', 1],
    ['m/s²', 1],
    ['g', 1 / 9.80665],
    ['mm/s2', 1000],
  ])('knows the unit %s', (unit, scale) => {
    const samples = accelerationOf(4, 100, 2).map((x) => x * scale)
    expect(velocityRmsMmS(samples, unit, sampleRateHz, band)).toBeCloseTo(4 * Math.SQRT1_2, 2)
  })

  it('takes a velocity as it is', () => {
    const samples = Float32Array.from(
      { length: 24_000 },
      (_, n) => 4 * Math.sin((2 * Math.PI * 100 * n) / sampleRateHz),
    )
    expect(velocityRmsMmS(samples, 'mm/s', sampleRateHz, band)).toBeCloseTo(4 * Math.SQRT1_2, 3)
  })

  it('leaves out what lies outside the band, and the offset', () => {
    const samples = accelerationOf(4, 100, 4)
    const [below, above] = [accelerationOf(100, 3, 4), accelerationOf(100, 2500, 4)]
    const sum = samples.map((x, n) => x + below[n] + above[n] + 9.81)
    expect(velocityRmsMmS(sum, 'm/s2', sampleRateHz, band)).toBeCloseTo(4 * Math.SQRT1_2, 1)
  })

  it.each([undefined, 'V', 'Pa', 'mm', 'G'])('says nothing for the unit %s', (unit) => {
    expect(velocityRmsMmS(accelerationOf(4, 100, 1), unit, sampleRateHz, band)).toBeUndefined()
  })

  it('says nothing for less than four periods of the lowest frequency', () => {
    expect(velocityRmsMmS(accelerationOf(4, 100, 0.39), 'm/s2', sampleRateHz, band)).toBeUndefined()
    expect(velocityRmsMmS(new Float32Array(0), 'g', sampleRateHz, band)).toBeUndefined()
  })
})

describe('integration', () => {
  it('of A cos ωt is A/ω sin ωt, whatever the offset', () => {
    const speed = 2 * Math.PI * 120
    const input = Float32Array.from({ length: 1200 }, (_, n) => 5 + 3 * Math.cos((speed * n) / sampleRateHz))
    const expected = input.map((_, n) => (3 / speed) * Math.sin((speed * n) / sampleRateHz))
    const options = { highPassHz: 10, transitionHz: 4 }
    expectArraysClose(integrate(input, sampleRateHz, options), expected, 1e-8)
  })

  it('does not grow: noise stays noise above the corner', () => {
    const random = createRandom(3)
    const input = Float64Array.from({ length: 1001 }, () => random.normal())
    const rms = (x: ArrayLike<number>): number => Math.sqrt(Array.from(x).reduce((sum, v) => sum + v * v, 0) / x.length)
    const [slow, fast] = [100, 1000].map((highPassHz) =>
      integrate(input, sampleRateHz, { highPassHz, transitionHz: 0 }),
    )
    // 1/ω above a corner: power 1/corner − 1/Nyquist over the rate
    const expected = (corner: number): number => Math.sqrt((1 / corner - 1 / 6000) / 6000) / (2 * Math.PI)
    expect(rms(slow) / expected(100)).toBeCloseTo(1, 0.5) // few bins carry it
    expect(rms(fast) / expected(1000)).toBeCloseTo(1, 0.8)
  })

  it('its half-cosine edge passes half at the corner', () => {
    const amplitude = (hz: number): number => {
      const speed = 2 * Math.PI * hz
      const input = Float32Array.from({ length: 1200 }, (_, n) => speed * Math.cos((speed * n) / sampleRateHz))
      return Math.max(...integrate(input, sampleRateHz, { highPassHz: 100, transitionHz: 60 }))
    }
    expect([60, 100, 140].map((hz) => Math.round(amplitude(hz) * 1000) / 1000)).toEqual([0, 0.5, 1])
  })

  it('of nothing is nothing', () => {
    expect(integrate(new Float32Array(0), sampleRateHz, { highPassHz: 10, transitionHz: 0 }).length).toBe(0)
  })
})
