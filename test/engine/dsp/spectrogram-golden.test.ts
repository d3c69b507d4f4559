import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FrameOptions } from '../../../src/engine/dsp/frames'
import { loadKernels } from '../../../src/engine/dsp/kernels/load-kernels'
import { createSpectrogramMaker, referencePower } from '../../../src/engine/dsp/spectrogram'
import type { Taper } from '../../../src/engine/dsp/taper'
import { createRandom } from '../../../src/shared/random'

interface GoldenCase {
  readonly sampleCount: number
  readonly frameLength: number
  readonly hopLength: number
  readonly fftLength: number
  readonly taper: Taper | 'boxcar'
  readonly frameCount: number
  readonly binCount: number
  /** every step-th value of [frameCount × binCount] */
  readonly step: number
  readonly values: readonly number[]
  readonly sum: number
}

// made by test/golden/spectrogram-golden.py
const golden = JSON.parse(readFileSync(new URL('../../golden/spectrogram-golden.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly GoldenCase[]
}

function samplesOf(count: number): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, n) => Math.sin(0.3 * n) + 0.5 * Math.sin(0.0007 * n * n) + 0.01 * (((n * 7919) % 101) - 50),
  )
}

function optionsOf({ frameLength, hopLength, fftLength, taper }: GoldenCase): FrameOptions {
  return { frameLength, hopLength, fftLength, taper: taper === 'boxcar' ? 'rectangular' : taper }
}

const maker = createSpectrogramMaker(loadKernels())
const decibels = (power: number): number => 10 * Math.log10(power)

/** Greatest difference in dB among bins above `least`. */
function worstDecibels(power: ArrayLike<number>, { values, step }: GoldenCase, least: number): number {
  let worst = 0
  values.forEach((value, index) => {
    if (value > least) worst = Math.max(worst, Math.abs(decibels(power[index * step]) - decibels(value)))
  })
  return worst
}

describe.each(golden.cases)('SciPy: $taper, frame $frameLength, hop $hopLength, FFT $fftLength', (item) => {
  const samples = samplesOf(item.sampleCount)
  const options = optionsOf(item)

  it('has its shape', () => {
    expect(maker.power(samples, options).length).toBe(item.frameCount * item.binCount)
  })

  it('the float64 reference is within 1e-6 dB', () => {
    const power = referencePower(samples, options)
    expect(worstDecibels(power, item, 1e-12)).toBeLessThan(1e-6)
    expect(power.reduce((sum, value) => sum + value, 0) / item.sum).toBeCloseTo(1, 8)
  })

  it('the maker is within 1e-3 dB, as power and as level', () => {
    expect(worstDecibels(maker.power(samples, options), item, 1e-7)).toBeLessThan(1e-3)
    const levels = maker.decibels(samples, options, 1e-9)
    item.values.forEach((value, index) => {
      expect(Math.abs(levels[index * item.step] - decibels(value + 1e-9))).toBeLessThan(value > 1e-7 ? 1e-3 : 0.1)
    })
  })
})

describe('the kernel beside a loud tone', () => {
  const random = createRandom('tone')
  const samples = Float32Array.from({ length: 100_000 }, (_, n) => Math.sin(0.77 * n) + 1e-3 * random.normal())

  it.each([16, 64, 256, 1024, 8192])(
    'length %i: errs as little as it says, by distance from the strongest bin',
    (length) => {
      const options: FrameOptions = { frameLength: length, hopLength: length / 2, fftLength: length, taper: 'hann' }
      const power = maker.power(samples, options)
      const reference = referencePower(samples, options)
      const binCount = length / 2 + 1
      const worst = new Float64Array(3) // down to 60, 80, 100 dB
      for (let row = 0; row < power.length; row += binCount) {
        const peak = decibels(reference.subarray(row, row + binCount).reduce((a, b) => Math.max(a, b)))
        for (let i = row; i < row + binCount; i++) {
          const below = peak - decibels(reference[i])
          const place = below < 60 ? 0 : below < 80 ? 1 : 2
          if (below < 100) worst[place] = Math.max(worst[place], Math.abs(decibels(power[i]) - decibels(reference[i])))
        }
      }
      expect(worst[0]).toBeLessThan(1e-3)
      expect(worst[1]).toBeLessThan(0.02)
      expect(worst[2]).toBeLessThan(0.2)
    },
  )
})

describe('spectrogram', () => {
  const options: FrameOptions = { frameLength: 256, hopLength: 64, fftLength: 256, taper: 'hann' }
  const samples = samplesOf(4096)
  const power = maker.power(samples, options)

  it('a shift by one hop shifts its frames by one', () => {
    expect(maker.power(samples.subarray(64), options)).toEqual(power.subarray(129))
  })

  it('gain 2 is power 4, exactly', () => {
    const louder = maker.power(
      samples.map((value) => 2 * value),
      options,
    )
    expect(louder).toEqual(power.map((value) => 4 * value))
  })

  it('a loud frame does not leak into its quiet neighbours', () => {
    const quiet = new Float32Array(4 * 256)
    for (let n = 0; n < quiet.length; n++) quiet[n] = (n < 256 ? 1e6 : 1e-6) * Math.sin(0.7 * n)
    const apart = { ...options, hopLength: 256 }
    const together = maker.power(quiet, apart)
    expect(together.subarray(129, 258)).toEqual(maker.power(quiet.subarray(256, 512), apart))
  })
})
