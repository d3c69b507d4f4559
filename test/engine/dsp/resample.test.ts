import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/shared/random'
import { createResampler } from '../../../src/engine/dsp/resample'
import { AnalyzerError } from '../../../src/shared/errors'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

function sine(frequencyHz: number, sampleRateHz: number, seconds: number): Float32Array {
  const count = Math.ceil(seconds * sampleRateHz - 1e-9)
  return Float32Array.from({ length: count }, (_, i) => Math.sin((2 * Math.PI * frequencyHz * i) / sampleRateHz + 0.3))
}

function resampled(input: Float32Array, fromHz: number, toHz: number): Float32Array {
  const resampler = createResampler({ fromHz, toHz })
  return resampler.apply(input, 0, { start: 0, end: resampler.outputCount(input.length) })
}

const rms = (x: Float32Array): number => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / x.length)

describe('resampler', () => {
  it.each([
    [48_000, 12_000],
    [25_600, 12_000],
    [20_000, 12_000],
    [25_641.03, 12_000],
    [5_000, 12_000],
    [12_000, 12_000],
    [44_100, 12_000],
  ])('%d Hz → %d Hz: a sine in the pass band keeps amplitude, phase and time', (fromHz, toHz) => {
    const output = resampled(sine(997, fromHz, 1), fromHz, toHz)
    const expected = sine(997, toHz, 1)
    const middle = [0.1 * toHz, 0.9 * toHz].map(Math.round)
    // pass band ripple of a Kaiser window of β = 8: 1e-4; linear between 1024 phases adds less than 1e-5
    expectArraysClose(output.subarray(...middle), expected.subarray(...middle), 2e-4)
  })

  it.each([6_500, 7_900, 11_000, 17_777])('a tone at %d Hz does not fold back into 12 kHz', (frequencyHz) => {
    const output = resampled(sine(frequencyHz, 48_000, 0.5), 48_000, 12_000)
    // −70 dB: the stop band
    expect(rms(output.subarray(600, 5400))).toBeLessThan(3.2e-4 * Math.SQRT1_2)
  })

  it('keeps a constant, to the edges', () => {
    expectArraysClose(
      resampled(new Float32Array(3000).fill(0.9), 25_600, 12_000),
      new Float32Array(1407).fill(0.9),
      1e-6,
    )
  })

  it.each([
    [25_600, 12_000],
    [25_641.03, 12_000],
  ])('%d Hz → %d Hz: any range alone gives the same numbers', (fromHz, toHz) => {
    const random = createRandom(1)
    const input = Float32Array.from({ length: 8000 }, () => random.normal())
    const resampler = createResampler({ fromHz, toHz })
    const whole = resampled(input, fromHz, toHz)
    for (const [start, end] of [
      [0, 1],
      [100, 900],
      [3700, whole.length],
    ]) {
      const needed = resampler.inputRangeFor({ start, end })
      const from = Math.max(0, needed.start)
      const part = resampler.apply(input.subarray(from, needed.end), from, { start, end })
      expectArraysClose(part, whole.subarray(start, end), 0)
    }
  })

  it('gives an output sample for every time before the end of the input', () => {
    expect(createResampler({ fromHz: 25_600, toHz: 12_000 }).outputCount(2560)).toBe(1200)
    expect(createResampler({ fromHz: 48_000, toHz: 12_000 }).outputCount(5)).toBe(2)
    expect(createResampler({ fromHz: 48_000, toHz: 12_000 }).outputCount(0)).toBe(0)
  })

  it('spreads NaN over its filter only', () => {
    const input = sine(100, 24_000, 0.1)
    input[1200] = Number.NaN
    const output = resampled(input, 24_000, 12_000)
    expect([500, 600, 700].map((i) => Number.isNaN(output[i]))).toEqual([false, true, false])
  })

  it('takes a range of any length in parts with the same numbers', () => {
    const input = sine(50, 25_600, 10)
    const whole = resampled(input, 25_600, 12_000)
    const middle = createResampler({ fromHz: 25_600, toHz: 12_000 }).apply(input, 0, { start: 60_000, end: 60_500 })
    expectArraysClose(middle, whole.subarray(60_000, 60_500), 0)
  })

  it.each([
    [1_000_003, 12_000],
    [11_999_999, 12_000],
    [3.7, 12_000],
  ])('%d Hz → %d Hz: a ratio far from 1 keeps a constant and needs little memory', (fromHz, toHz) => {
    const input = new Float32Array(Math.ceil(fromHz / 1000)).fill(2)
    const output = createResampler({ fromHz, toHz }).apply(input, 0, { start: 0, end: 12 })
    expectArraysClose(output, new Float32Array(12).fill(2), 1e-5)
  })

  it('of an empty input is NaN: nothing was measured', () => {
    const output = createResampler({ fromHz: 48_000, toHz: 12_000 }).apply(new Float32Array(0), 0, { start: 0, end: 3 })
    expect([...output]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })

  it.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY, 1e9])('refuses a rate of %d Hz', (fromHz) => {
    expect(() => createResampler({ fromHz, toHz: 12_000 })).toThrow(AnalyzerError)
  })
})
