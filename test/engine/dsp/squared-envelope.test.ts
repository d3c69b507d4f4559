import { describe, expect, it } from 'vitest'
import { squaredEnvelopeSpectrum } from '../../../src/engine/dsp/squared-envelope'

const sampleRateHz = 12_000
const turn = (hz: number, n: number): number => (2 * Math.PI * hz * n) / sampleRateHz
const wholeLength = { frameSeconds: undefined }

function modulated(depth: number, scale: number): Float32Array {
  return Float32Array.from(
    { length: 12_000 },
    (_, n) => scale * (1 + depth * Math.cos(turn(107, n))) * Math.sin(turn(3000, n)),
  )
}

describe('squared envelope spectrum', () => {
  it.each([
    [0.5, 1],
    [0.1, 1],
    [0.5, 1e-3],
  ])('of a carrier modulated by %d at scale %d reads the stated power, whatever the level', (depth, scale) => {
    const { power, binHz } = squaredEnvelopeSpectrum(modulated(depth, scale), sampleRateHz, [2000, 4000], wholeLength)
    expect(binHz).toBeCloseTo(1, 12)
    expect(power.indexOf(Math.max(...power))).toBe(107)
    const amplitude = (2 * depth) / (1 + depth ** 2 / 2)
    expect(power[107] / (amplitude ** 2 / 2)).toBeCloseTo(1, 4) // Float32 samples
    expect(power[214] / ((depth ** 2 / 2 / (1 + depth ** 2 / 2)) ** 2 / 2)).toBeCloseTo(1, 2)
  })

  it('mean squared envelope is twice the mean square of the band', () => {
    const { meanSquaredEnvelope } = squaredEnvelopeSpectrum(modulated(0, 3), sampleRateHz, [2000, 4000], wholeLength)
    expect(meanSquaredEnvelope).toBeCloseTo(9, 4)
  })

  it('averages frames', () => {
    const { power, binHz, averageCount } = squaredEnvelopeSpectrum(modulated(0.5, 1), sampleRateHz, [2000, 4000], {
      frameSeconds: 0.2,
    })
    expect(averageCount).toBe(9)
    expect(binHz).toBeCloseTo(5, 12)
    expect(Math.abs(power.indexOf(Math.max(...power)) * binHz - 107)).toBeLessThan(5)
  })

  it.each([
    [Float32Array.of(1, 2, 3), 'at least 16'],
    [new Float32Array(100), 'no signal between'],
    [new Float32Array(100).fill(1).fill(Number.NaN, 40), 'gap at sample 40'],
  ])('refuses in one sentence', (samples, named) => {
    expect(() => squaredEnvelopeSpectrum(samples, sampleRateHz, [2000, 4000], wholeLength)).toThrow(named)
  })

  it('refuses a band that the rate does not hold', () => {
    expect(() => squaredEnvelopeSpectrum(modulated(0, 1), sampleRateHz, [2000, 7000], wholeLength)).toThrow('6000 Hz')
  })
})
