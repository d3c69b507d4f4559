import { describe, expect, it } from 'vitest'
import { createRealFft } from '../../../src/engine/dsp/fft'
import { whitenByCepstrum, whiteningSampleLimit } from '../../../src/engine/dsp/cepstrum-whitening'
import { squaredEnvelopeSpectrum } from '../../../src/engine/dsp/squared-envelope'
import { createRandom } from '../../../src/shared/random'

const sampleRateHz = 12_000

function noise(count: number): Float64Array {
  const random = createRandom('whitening')
  return Float64Array.from({ length: count }, () => random.normal())
}

describe('cepstrum pre-whitening', () => {
  it.each([1000, 1001])(
    'leaves every bin but the mean with the same magnitude, and an RMS of 1 (%i samples)',
    (length) => {
      const white = whitenByCepstrum(noise(length).map((value, n) => 5 + value * (1 + n / length)))
      const fft = createRealFft(length)
      const real = new Float64Array(fft.binCount)
      const imaginary = new Float64Array(fft.binCount)
      fft.forward(white, real, imaginary)
      const magnitudes = real.map((value, bin) => Math.hypot(value, imaginary[bin]))
      expect(magnitudes[0]).toBeLessThan(1e-9)
      for (const magnitude of magnitudes.subarray(1)) expect(magnitude / magnitudes[1]).toBeCloseTo(1, 9)
      expect(Math.sqrt(white.reduce((sum, value) => sum + value * value, 0) / length)).toBeCloseTo(1, 12)
    },
  )

  it('keeps the phase: an impulse stays where it is', () => {
    const samples = new Float64Array(512)
    samples[100] = 3
    const white = whitenByCepstrum(samples)
    expect(white.indexOf(Math.max(...white))).toBe(100)
  })

  it('is the same for a filtered signal as for the signal, up to the phase: scaling changes nothing', () => {
    const samples = noise(600)
    const white = whitenByCepstrum(samples)
    whitenByCepstrum(samples.map((value) => 1e-6 * value)).forEach((value, i) => expect(value).toBeCloseTo(white[i], 9))
  })

  it('lets the envelope of the whole band show impacts under a loud tone', () => {
    const samples = noise(24_000).map((value, n) => 0.1 * value + 20 * Math.sin((2 * Math.PI * 997 * n) / sampleRateHz))
    // with slip: impacts in perfect step would be tones themselves
    const slip = createRandom('slip')
    for (let next = 30; next < samples.length; next += 120 * (1 + 0.01 * slip.normal())) {
      const start = Math.round(next)
      for (let k = 0; k < 50 && start + k < samples.length; k++) {
        samples[start + k] += 2 * Math.exp(-k / 8) * Math.sin((2 * Math.PI * 3200 * k) / sampleRateHz)
      }
    }
    const lineOf = (signal: Float64Array) => {
      const { power } = squaredEnvelopeSpectrum(signal, sampleRateHz, [0, 6000], { frameSeconds: 1 })
      return power[100] / power[90]
    }
    expect(lineOf(samples)).toBeLessThan(10)
    expect(lineOf(whitenByCepstrum(samples))).toBeGreaterThan(50)
  })

  it('of silence is silence', () => {
    expect(whitenByCepstrum(new Float64Array(64)).every((value) => value === 0)).toBe(true)
  })

  it('refuses gaps and more than it can hold', () => {
    expect(() => whitenByCepstrum(new Float64Array(16).fill(Number.NaN))).toThrow('gaps')
    expect(() => whitenByCepstrum(new Float32Array(whiteningSampleLimit + 1))).toThrow('choose a shorter one')
  })
})
