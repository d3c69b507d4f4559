import { describe, expect, it } from 'vitest'
import type { FrameOptions } from '../../../src/engine/dsp/frames'
import { loadKernels } from '../../../src/engine/dsp/kernels/load-kernels'
import { computeSpectrogram, createSpectrogramMaker, referencePower } from '../../../src/engine/dsp/spectrogram'
import { createPyramid } from '../../../src/engine/timeline/pyramid'
import { AnalyzerError } from '../../../src/shared/errors'
import { createRandom } from '../../../src/shared/random'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const maker = createSpectrogramMaker(loadKernels())

function noise(length: number): Float32Array {
  const random = createRandom(length)
  return Float32Array.from({ length }, () => random.normal())
}

function frames(fftLength: number, options: Partial<FrameOptions> = {}): FrameOptions {
  return { frameLength: fftLength, hopLength: Math.max(1, fftLength >> 1), fftLength, taper: 'hann', ...options }
}

const decibels = (power: ArrayLike<number>): Float64Array => Float64Array.from(power, (value) => 10 * Math.log10(value))

describe('spectrogram kernel', () => {
  it.each([8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 16_384])(
    'length %i: within 1e-3 dB of the float64 reference',
    (fftLength) => {
      const samples = noise(5 * fftLength + 3)
      const options = frames(fftLength)
      expectArraysClose(decibels(maker.power(samples, options)), decibels(referencePower(samples, options)), 1e-3)
    },
  )

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('%i frames: the last group of four may be short', (frameCount) => {
    const options = frames(64, { hopLength: 17 })
    const samples = noise(64 + 17 * (frameCount - 1))
    const power = maker.power(samples, options)
    expect(power.length).toBe(frameCount * 33)
    expectArraysClose(decibels(power), decibels(referencePower(samples, options)), 1e-3)
  })

  it.each([
    ['zero padding of an odd frame', { frameLength: 45 }],
    ['frames further apart than their length', { hopLength: 200 }],
    ['hop of one sample', { hopLength: 1 }],
    ['flat top', { taper: 'flattop' }],
    ['Blackman', { taper: 'blackman' }],
    ['no taper', { taper: 'rectangular' }],
  ] as const)('%s', (_name, settings) => {
    const options = frames(64, settings)
    const samples = noise(3000)
    expectArraysClose(maker.power(samples, options), referencePower(samples, options), 1e-6)
  })

  it('gives the same rows over chunk borders as frame by frame', () => {
    const options = frames(256, { hopLength: 64 })
    const samples = noise(150_000) // several chunks
    const power = maker.power(samples, options)
    for (const frame of [0, 511, 512, 1023, 1024, 2339]) {
      const alone = maker.power(samples.subarray(frame * 64, frame * 64 + 256), options)
      expectArraysClose(alone, power.subarray(frame * 129, frame * 129 + 129), 0)
    }
  })

  it('takes the logarithm with the floor added', () => {
    const options = frames(128)
    const samples = noise(4000)
    samples.fill(0, 1000, 2000)
    const reference = referencePower(samples, options)
    const dB = reference.map((power) => 10 * Math.log10(power + 1e-9))
    const ln = reference.map((power) => Math.log(power + 1e-3))
    expectArraysClose(maker.decibels(samples, options, 1e-9), dB, 1e-3)
    expectArraysClose(maker.naturalLog(samples, options, 1e-3), ln, 1e-5)
  })

  it('keeps NaN and infinity in their frames, logarithm or not', () => {
    const options = frames(32, { hopLength: 32 })
    const samples = noise(160)
    samples[40] = Number.NaN
    samples[100] = Number.POSITIVE_INFINITY
    for (const values of [maker.power(samples, options), maker.decibels(samples, options, 1e-9)]) {
      const isFinite = [0, 1, 2, 3, 4].map((frame) =>
        values.subarray(frame * 17, frame * 17 + 17).every(Number.isFinite),
      )
      expect(isFinite).toEqual([true, false, true, false, true])
    }
  })

  it('is not disturbed by others that use the same kernels', () => {
    const kernels = loadKernels()
    const [one, two] = [createSpectrogramMaker(kernels), createSpectrogramMaker(kernels)]
    const samples = noise(20_000)
    const expected = one.power(samples, frames(256))
    const pyramid = createPyramid(kernels, samples.length)
    two.power(samples, frames(64, { taper: 'blackman' }))
    expectArraysClose(one.power(samples, frames(256)), expected, 0)
    pyramid.append(samples)
    expectArraysClose(one.power(samples, frames(256)), expected, 0)
  })

  it('other lengths go to the reference', () => {
    const samples = noise(2000)
    for (const fftLength of [100, 75, 6]) {
      const options = frames(fftLength)
      expectArraysClose(maker.power(samples, options), Float32Array.from(referencePower(samples, options)), 0)
    }
    const options = frames(100)
    const expected = referencePower(samples, options).map((power) => 10 * Math.log10(power + 1e-6))
    expectArraysClose(maker.decibels(samples, options, 1e-6), expected, 1e-4)
  })
})

describe('power', () => {
  it.each(['hann', 'hamming', 'blackman', 'flattop', 'rectangular'] as const)(
    'a unit sine on a bin reads 0.5 with %s, DC reads its square',
    (taper) => {
      const samples = Float32Array.from({ length: 256 }, (_, n) => 3 + Math.sin((2 * Math.PI * 40 * n) / 256))
      const power = maker.power(samples, frames(256, { taper }))
      expect(power[40]).toBeCloseTo(0.5, 5)
      expect(power[0]).toBeCloseTo(9, 5)
      expect(power.indexOf(Math.max(...power.subarray(8)))).toBe(40)
    },
  )

  it('at Nyquist is not doubled: ±1 reads 1', () => {
    const samples = Float32Array.from({ length: 64 }, (_, n) => (n % 2 === 0 ? 1 : -1))
    expect(maker.power(samples, frames(64))[32]).toBeCloseTo(1, 6)
  })

  it('without a taper adds up to the mean square (Parseval)', () => {
    const samples = noise(512)
    const power = maker.power(samples, frames(512, { taper: 'rectangular' }))
    const meanSquare = samples.reduce((sum, x) => sum + x * x, 0) / 512
    expect(power.reduce((sum, p) => sum + p, 0)).toBeCloseTo(meanSquare, 5)
  })

  it('carries its axes', () => {
    const spectrogram = computeSpectrogram(noise(1000), 12_000, frames(100, { hopLength: 30 }), maker)
    expect(spectrogram).toMatchObject({ frameCount: 31, binCount: 51, hopSeconds: 0.0025, binHz: 120 })
    expect(spectrogram.power.length).toBe(31 * 51)
  })

  it('of fewer samples than a frame is empty', () => {
    expect(maker.power(noise(63), frames(64)).length).toBe(0)
    expect(maker.power(new Float32Array(0), frames(100)).length).toBe(0)
  })

  it.each([{ hopLength: 0 }, { hopLength: 1.5 }, { frameLength: 65 }, { frameLength: 0 }, { fftLength: Number.NaN }])(
    'refuses %o',
    (settings) => expect(() => maker.power(noise(200), frames(64, settings))).toThrow(AnalyzerError),
  )

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a floor of %d', (floor) => {
    expect(() => maker.decibels(noise(200), frames(64), floor)).toThrow(AnalyzerError)
  })
})
