import { describe, expect, it } from 'vitest'
import { bandEnvelope } from '../../../src/engine/dsp/envelope'
import { averagedSpectrum } from '../../../src/engine/dsp/spectrum'
import { AnalyzerError } from '../../../src/shared/errors'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const sampleRateHz = 12_000
const turn = (hz: number, n: number): number => (2 * Math.PI * hz * n) / sampleRateHz

describe('envelope', () => {
  it.each([1200, 1210, 997])('of a modulated carrier is its modulation (%i samples)', (length) => {
    // whole periods in any length: the ends wrap round
    const unit = sampleRateHz / length
    const modulation = (n: number): number => 1 + 0.5 * Math.cos(turn(5 * unit, n))
    const samples = Float64Array.from({ length }, (_, n) => modulation(n) * Math.sin(turn(100 * unit, n)))
    expectArraysClose(
      bandEnvelope(samples, sampleRateHz, { lowHz: 0, highHz: 6000 }),
      Float64Array.from({ length }, (_, n) => modulation(n)),
      1e-12,
    )
  })

  it('sees the band only', () => {
    const samples = Float64Array.from(
      { length: 1200 },
      (_, n) => Math.sin(turn(3000, n)) + 5 * Math.sin(turn(50, n)) + 9,
    )
    expectArraysClose(
      bandEnvelope(samples, sampleRateHz, { lowHz: 2000, highHz: 4000 }),
      new Float64Array(1200).fill(1),
      1e-12,
    )
  })

  it('its spectrum shows the rate of repeated impacts', () => {
    const samples = new Float32Array(12_000)
    for (let start = 0; start < samples.length; start += 120) {
      for (let n = 0; n < 60; n++) samples[start + n] += Math.exp(-n / 10) * Math.sin(turn(3000, n))
    }
    const envelope = bandEnvelope(samples, sampleRateHz, { lowHz: 2000, highHz: 4000 })
    const frame = {
      frameLength: 12_000,
      hopLength: 12_000,
      fftLength: 12_000,
      taper: 'hann',
      removesMean: true,
    } as const
    const { power } = averagedSpectrum(envelope, sampleRateHz, frame)
    expect(power.indexOf(Math.max(...power))).toBe(100)
  })

  it('of a long signal is made in blocks that agree with its modulation at every border', () => {
    const length = 600_000
    const modulation = (n: number): number => 1 + 0.5 * Math.cos(turn(7, n))
    // a hundred times as much below the band, and an offset
    const samples = Float64Array.from(
      { length },
      (_, n) => modulation(n) * Math.sin(turn(3000, n)) + 100 * Math.sin(turn(31, n)) + 50,
    )
    const envelope = bandEnvelope(samples, sampleRateHz, { lowHz: 2000, highHz: 4000 })
    expect(envelope.length).toBe(length)
    expectArraysClose(
      envelope.subarray(20_000, length - 20_000),
      Float64Array.from({ length }, (_, n) => modulation(n)).subarray(20_000, length - 20_000),
      1e-4,
    )
  })

  it('of nothing is nothing; NaN spreads, as every bin knows every sample', () => {
    expect(bandEnvelope(new Float32Array(0), sampleRateHz, { lowHz: 0, highHz: 100 }).length).toBe(0)
    const samples = new Float32Array(16)
    samples[3] = Number.NaN
    expect(bandEnvelope(samples, sampleRateHz, { lowHz: 0, highHz: 6000 }).every(Number.isNaN)).toBe(true)
  })

  it.each([
    [-1, 100],
    [100, 100],
    [100, 6001],
    [Number.NaN, 100],
  ])('refuses the band %d to %d Hz', (lowHz, highHz) => {
    expect(() => bandEnvelope(new Float32Array(10), sampleRateHz, { lowHz, highHz })).toThrow(AnalyzerError)
  })
})
