import { describe, expect, it } from 'vitest'
import { averagedSpectrum, type SpectrumOptions } from '../../../src/engine/dsp/spectrum'
import { coherentGain, createTaper, noiseBandwidthBins, type Taper } from '../../../src/engine/dsp/taper'
import { AnalyzerError } from '../../../src/shared/errors'
import { createRandom } from '../../../src/shared/random'

const options: SpectrumOptions = { frameLength: 240, hopLength: 120, fftLength: 240, taper: 'hann', removesMean: true }

function noise(length: number): Float64Array {
  const random = createRandom(11)
  return Float64Array.from({ length }, () => random.normal())
}

describe('taper', () => {
  // gains and bandwidths of Harris 1978, table 1; flattop of D'Antona & Ferrero
  it.each([
    ['rectangular', 1, 1],
    ['hann', 0.5, 1.5],
    ['hamming', 0.54, 1.3628],
    ['blackman', 0.42, 1.7268],
    ['flattop', 0.2156, 3.7702],
  ] as const)('%s: coherent gain %d, noise bandwidth %d bins', (taper, gain, bandwidth) => {
    const weights = createTaper(taper, 1000)
    expect(coherentGain(weights)).toBeCloseTo(gain, 4)
    expect(noiseBandwidthBins(weights)).toBeCloseTo(bandwidth, 3)
  })

  it('is periodic: symmetric about its middle without its first weight', () => {
    const weights = createTaper('hann', 10)
    for (let n = 1; n < 10; n++) expect(weights[n]).toBeCloseTo(weights[10 - n], 15)
    expect(weights[5]).toBeCloseTo(1, 15)
  })
})

describe('averaged spectrum', () => {
  it.each(['hann', 'hamming', 'blackman', 'flattop', 'rectangular'] as Taper[])(
    'a sine of amplitude 3 on a bin reads its mean square, 4.5, with %s',
    (taper) => {
      const samples = Float32Array.from({ length: 2400 }, (_, n) => 3 * Math.sin((2 * Math.PI * 20 * n) / 240))
      const { power, binHz } = averagedSpectrum(samples, 12_000, { ...options, taper, removesMean: false })
      expect(binHz).toBe(50)
      expect(power[20]).toBeCloseTo(4.5, 5)
      expect(power.indexOf(Math.max(...power))).toBe(20)
    },
  )

  it('flat top reads the amplitude between bins within 0.01 dB', () => {
    const samples = Float32Array.from({ length: 2400 }, (_, n) => Math.sin((2 * Math.PI * 20.5 * n) / 240))
    const { power } = averagedSpectrum(samples, 12_000, { ...options, taper: 'flattop' })
    expect(Math.sqrt(2 * Math.max(...power))).toBeCloseTo(1, 2.6)
  })

  it('density of white noise of variance 1 is 2 / rate, whatever the taper', () => {
    for (const taper of ['hann', 'rectangular', 'flattop'] as const) {
      const { power, bandwidthHz } = averagedSpectrum(noise(120_000), 12_000, { ...options, taper })
      const inner = power.subarray(8, 112)
      const density = inner.reduce((sum, value) => sum + value, 0) / inner.length / bandwidthHz
      // 1000 averages of 100 bins: known to 0.5 %
      expect(density * 6000).toBeCloseTo(1, 1.5)
    }
  })

  it('counts its averages and leaves out frames that were not measured', () => {
    const samples = noise(1200)
    expect(averagedSpectrum(samples, 12_000, options).averageCount).toBe(9)
    samples[600] = Number.NaN
    const { averageCount, power } = averagedSpectrum(samples, 12_000, options)
    expect(averageCount).toBe(7) // two frames hold sample 600 and start at 480 and 600
    expect(power.every(Number.isFinite)).toBe(true)
  })

  it('of fewer samples than a frame is NaN with no averages', () => {
    const { power, averageCount } = averagedSpectrum(noise(239), 12_000, options)
    expect(averageCount).toBe(0)
    expect(power.every(Number.isNaN)).toBe(true)
  })

  it('odd lengths have no Nyquist bin', () => {
    const { power } = averagedSpectrum(noise(75), 12_000, { ...options, frameLength: 75, fftLength: 75 })
    expect(power.length).toBe(38)
  })

  it.each([{ hopLength: 0 }, { frameLength: 0 }, { fftLength: 239 }])('refuses %o', (wrong) => {
    expect(() => averagedSpectrum(noise(500), 12_000, { ...options, ...wrong })).toThrow(AnalyzerError)
  })
})
