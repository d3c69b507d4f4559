import { describe, expect, it } from 'vitest'
import { createFft, createRealFft } from '../../../src/engine/dsp/fft'
import { AnalyzerError } from '../../../src/shared/errors'
import { createRandom } from '../../../src/shared/random'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const lengths = [...Array.from({ length: 130 }, (_, i) => i + 1), 169, 211, 251, 257, 360, 499, 512, 961, 997, 1000]

function noise(length: number, seed: number): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length }, () => random.normal())
}

/** By definition, with the angle reduced first. */
function slowTransform(real: Float64Array, imaginary: Float64Array): { real: Float64Array; imaginary: Float64Array } {
  const length = real.length
  const result = { real: new Float64Array(length), imaginary: new Float64Array(length) }
  for (let k = 0; k < length; k++) {
    for (let n = 0; n < length; n++) {
      const angle = (-2 * Math.PI * ((k * n) % length)) / length
      result.real[k] += real[n] * Math.cos(angle) - imaginary[n] * Math.sin(angle)
      result.imaginary[k] += real[n] * Math.sin(angle) + imaginary[n] * Math.cos(angle)
    }
  }
  return result
}

// the sums have up to 1000 terms of about 1 with 16 digits
const tolerance = 1e-10

describe('complex transform', () => {
  it.each(lengths)('of length %i is the sum by definition, and its inverse leads back', (length) => {
    const real = noise(length, 1)
    const imaginary = noise(length, 2)
    const expected = slowTransform(real, imaginary)
    const fft = createFft(length)
    const actual = { real: real.slice(), imaginary: imaginary.slice() }
    fft.forward(actual.real, actual.imaginary)
    expectArraysClose(actual.real, expected.real, tolerance)
    expectArraysClose(actual.imaginary, expected.imaginary, tolerance)
    fft.inverse(actual.real, actual.imaginary)
    expectArraysClose(actual.real, real, 1e-13)
    expectArraysClose(actual.imaginary, imaginary, 1e-13)
  })

  it.each([4096, 6000, 65_536, 10_007])('of length %i keeps energy (Parseval)', (length) => {
    const real = noise(length, 3)
    const imaginary = noise(length, 4)
    const energy = (r: Float64Array, i: Float64Array): number => r.reduce((sum, x, n) => sum + x * x + i[n] * i[n], 0)
    const before = energy(real, imaginary)
    createFft(length).forward(real, imaginary)
    expect(energy(real, imaginary) / length / before).toBeCloseTo(1, 12)
  })

  it('of a delta at n is a turning unit vector', () => {
    const real = new Float64Array(48)
    const imaginary = new Float64Array(48)
    real[5] = 1
    createFft(48).forward(real, imaginary)
    expectArraysClose(
      real,
      real.map((_, k) => Math.cos((2 * Math.PI * 5 * k) / 48)),
      1e-14, // cos of an angle near 30 is known to 7e-15
    )
  })

  it('is linear', () => {
    const [a, b] = [noise(120, 5), noise(120, 6)]
    const fft = createFft(120)
    const transform = (x: Float64Array): Float64Array => {
      const real = x.slice()
      fft.forward(real, new Float64Array(120))
      return real
    }
    const [ta, tb] = [transform(a), transform(b)]
    expectArraysClose(
      transform(a.map((x, n) => 2 * x - 3 * b[n])),
      ta.map((x, k) => 2 * x - 3 * tb[k]),
      1e-12,
    )
  })

  it('of nothing is nothing', () => {
    expect(() => createFft(0).forward(new Float64Array(0), new Float64Array(0))).not.toThrow()
    expect(createRealFft(0).binCount).toBe(0)
  })

  it.each([-1, 2.5, Number.NaN, 2 ** 40])('refuses %d as a length', (length) => {
    expect(() => createFft(length)).toThrow(AnalyzerError)
  })
})

describe('real transform', () => {
  it.each(lengths)('of length %i is the first half of the complex one, and its inverse leads back', (length) => {
    const samples = noise(length, 7)
    const real = samples.slice()
    const imaginary = new Float64Array(length)
    createFft(length).forward(real, imaginary)
    const fft = createRealFft(length)
    expect(fft.binCount).toBe(Math.floor(length / 2) + 1)
    const spectrum = { real: new Float64Array(fft.binCount), imaginary: new Float64Array(fft.binCount) }
    fft.forward(samples, spectrum.real, spectrum.imaginary)
    expectArraysClose(spectrum.real, real.subarray(0, fft.binCount), tolerance)
    expectArraysClose(spectrum.imaginary, imaginary.subarray(0, fft.binCount), tolerance)
    const back = new Float64Array(length)
    fft.inverse(spectrum.real, spectrum.imaginary, back)
    expectArraysClose(back, samples, 1e-13)
  })

  it('takes Float32 samples and gives them back', () => {
    const samples = Float32Array.from(noise(2048, 8))
    const fft = createRealFft(2048)
    const spectrum = { real: new Float64Array(fft.binCount), imaginary: new Float64Array(fft.binCount) }
    fft.forward(samples, spectrum.real, spectrum.imaginary)
    const back = new Float32Array(2048)
    fft.inverse(spectrum.real, spectrum.imaginary, back)
    expectArraysClose(back, samples, 0)
  })
})
