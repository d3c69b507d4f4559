import { describe, expect, it } from 'vitest'
import {
  designButterworth,
  filterSections,
  filterZeroPhase,
  magnitudeAt,
  type ButterworthBand,
} from '../../../src/engine/dsp/butterworth'
import { AnalyzerError } from '../../../src/shared/errors'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const sampleRateHz = 12_000
const lowPass: ButterworthBand = { kind: 'low-pass', highHz: 1000 }
const bandPass: ButterworthBand = { kind: 'band-pass', lowHz: 500, highHz: 3000 }

function sine(hz: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, n) => Math.sin((2 * Math.PI * hz * n) / sampleRateHz))
}

describe('Butterworth', () => {
  it.each([
    [1, lowPass],
    [4, lowPass],
    [5, { kind: 'high-pass', lowHz: 10 }],
    [3, bandPass],
  ] as [number, ButterworthBand][])('order %i of %o is −3 dB at its corners', (order, band) => {
    const sections = designButterworth(order, band, sampleRateHz)
    const corners = Object.values(band).filter((value): value is number => typeof value === 'number')
    for (const hz of corners) expect(magnitudeAt(sections, hz, sampleRateHz)).toBeCloseTo(Math.SQRT1_2, 10)
  })

  it('its impulse response has the magnitude of its design', () => {
    const sections = designButterworth(4, bandPass, sampleRateHz)
    const impulse = new Float64Array(1200)
    impulse[0] = 1
    const response = filterSections(sections, impulse)
    for (const hz of [200, 500, 1500, 4000]) {
      const turn = (n: number): number => (2 * Math.PI * hz * n) / sampleRateHz
      const real = response.reduce((sum, h, n) => sum + h * Math.cos(turn(n)), 0)
      const imaginary = response.reduce((sum, h, n) => sum - h * Math.sin(turn(n)), 0)
      expect(Math.hypot(real, imaginary)).toBeCloseTo(magnitudeAt(sections, hz, sampleRateHz), 9)
    }
  })

  it('zero phase keeps a sine of the pass band where it is', () => {
    const sections = designButterworth(4, bandPass, sampleRateHz)
    const input = sine(1200, 1200)
    const gain = magnitudeAt(sections, 1200, sampleRateHz) ** 2
    expectArraysClose(
      filterZeroPhase(sections, input).subarray(300, 900),
      input.map((x) => x * gain).subarray(300, 900),
      1e-6,
    )
  })

  it('zero phase of the reversed signal is the reversed result', () => {
    const sections = designButterworth(2, bandPass, sampleRateHz)
    const input = sine(777, 500).map((x, n) => x + (n % 13) / 13)
    // the ends differ: forward first or backward first
    expectArraysClose(
      filterZeroPhase(sections, input.slice().reverse()).reverse().subarray(150, 350),
      filterZeroPhase(sections, input).subarray(150, 350),
      1e-9,
    )
  })

  it('a low-pass leaves a constant as it is, to the ends', () => {
    const sections = designButterworth(6, lowPass, sampleRateHz)
    expectArraysClose(filterZeroPhase(sections, new Float64Array(100).fill(7)), new Float64Array(100).fill(7), 1e-9)
  })

  it.each([0, 1, 2, 5])('takes %i samples', (length) => {
    const sections = designButterworth(4, bandPass, sampleRateHz)
    const result = filterZeroPhase(sections, new Float64Array(length).fill(1))
    expect(result.length).toBe(length)
    expect(result.every(Number.isFinite)).toBe(true)
  })

  it.each([
    [4, { kind: 'low-pass', highHz: 6000 }],
    [4, { kind: 'low-pass', highHz: 0 }],
    [4, { kind: 'high-pass', lowHz: Number.NaN }],
    [4, { kind: 'band-pass', lowHz: 3000, highHz: 500 }],
    [4, { kind: 'band-pass', lowHz: 0, highHz: 500 }],
    [0, lowPass],
    [2.5, lowPass],
  ] as [number, ButterworthBand][])('refuses order %d of %o', (order, band) => {
    expect(() => designButterworth(order, band, sampleRateHz)).toThrow(AnalyzerError)
  })
})
