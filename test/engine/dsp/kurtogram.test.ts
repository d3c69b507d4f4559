import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bestBand, fastKurtogram, kurtogramLevelCount } from '../../../src/engine/dsp/kurtogram'
import { createRandom } from '../../../src/shared/random'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

// made by test/golden/kurtogram-golden.py
const golden = JSON.parse(readFileSync(new URL('../../golden/kurtogram-golden.json', import.meta.url), 'utf8')) as {
  readonly sampleRateHz: number
  readonly cases: readonly {
    readonly sampleCount: number
    readonly levelCount: number
    readonly kurtosis: readonly (readonly number[])[]
  }[]
}
const { sampleRateHz } = golden

/** As in the script. */
function made(count: number): Float64Array {
  let state = 1
  return Float64Array.from({ length: count }, (_, n) => {
    state = (16_807 * state) % 2_147_483_647
    const since = n % 257
    const ringing = Math.exp(-since / 16) * Math.sin((2 * Math.PI * ((5 * since) % 16)) / 16)
    return 0.3 + (state / 2_147_483_647 - 0.5) + 0.5 * Math.sin((2 * Math.PI * ((3 * n) % 64)) / 64) + 0.9 * ringing
  })
}

function noise(count: number, seed: string): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: count }, () => random.normal())
}

describe('fast kurtogram', () => {
  it.each(golden.cases)(
    'of $sampleCount samples, $levelCount levels, is that of the published recursion to 1e-6',
    (expected) => {
      const { levels } = fastKurtogram(made(expected.sampleCount), sampleRateHz, expected.levelCount)
      expect(levels.length).toBe(2 * expected.levelCount)
      levels.forEach(({ kurtosis }, i) => expectArraysClose(kurtosis, expected.kurtosis[i], 1e-6))
    },
  )

  it('levels tile the band from 0 to half the rate', () => {
    const { levels } = fastKurtogram(made(8192), sampleRateHz, 4)
    expect(levels.map(({ kurtosis }) => kurtosis.length)).toEqual([1, 2, 3, 4, 6, 8, 12, 16])
    for (const { bandwidthHz, kurtosis, level } of levels) {
      expect(bandwidthHz * kurtosis.length).toBeCloseTo(sampleRateHz / 2, 9)
      expect(2 ** level).toBeCloseTo(kurtosis.length, 9)
    }
  })

  it('of Gaussian noise is near 0; the bands at both ends read up to 0.3, as the wide filters make them half real', () => {
    const { levels } = fastKurtogram(noise(65_536, 'gauss'), sampleRateHz, 5)
    for (const { kurtosis } of levels.filter((level) => level.kurtosis.length > 2)) {
      // ⟨|c|⁴⟩/⟨|c|²⟩² of complex Gaussian values scatters by 2/√N; the wide filters leave half of them independent
      const scatter = (2 * Math.SQRT2) / Math.sqrt(65_536 / (2 * kurtosis.length))
      for (const value of kurtosis.subarray(1, -1)) expect(Math.abs(value)).toBeLessThan(5 * scatter)
      for (const value of [kurtosis[0], kurtosis[kurtosis.length - 1]]) expect(Math.abs(value)).toBeLessThan(0.3)
    }
  })

  it('is the same at every level of the signal', () => {
    const loud = made(4096).map((value) => 1000 * value)
    const quiet = fastKurtogram(made(4096), sampleRateHz, 3)
    fastKurtogram(loud, sampleRateHz, 3).levels.forEach(({ kurtosis }, i) =>
      expectArraysClose(kurtosis, quiet.levels[i].kurtosis, 1e-9),
    )
  })
})

describe('the best band', () => {
  it.each([1700, 3300, 4800])('holds the resonance at %i Hz that impacts ring', (resonanceHz) => {
    const samples = noise(48_000, 'background').map((value) => 0.2 * value)
    for (let start = 50; start < samples.length; start += 113) {
      for (let k = 0; k < 60 && start + k < samples.length; k++) {
        samples[start + k] += Math.exp(-k / 12) * Math.sin((2 * Math.PI * resonanceHz * k) / sampleRateHz)
      }
    }
    const best = bestBand(fastKurtogram(samples, sampleRateHz, 5), 400)
    expect(best?.kurtosis).toBeGreaterThan(0.5)
    expect(best?.bandHz[0]).toBeLessThan(resonanceHz)
    expect(best?.bandHz[1]).toBeGreaterThan(resonanceHz)
  })

  it('is never narrower than asked for', () => {
    const kurtogram = fastKurtogram(made(8192), sampleRateHz, 5)
    const best = bestBand(kurtogram, 1500)
    expect(best === undefined ? 0 : best.bandHz[1] - best.bandHz[0]).toBeGreaterThanOrEqual(1500)
    expect(bestBand(kurtogram, 7000)).toBeUndefined()
  })
})

describe('refused in one sentence', () => {
  it.each([
    [new Float32Array(100), 3, 'at least 512'],
    [new Float32Array(1000), 0, '1 to 9'],
    [new Float32Array(1000).fill(Number.NaN, 7, 8), 3, 'gap at sample 7'],
  ])('%#', (samples, levelCount, named) => {
    expect(() => fastKurtogram(samples, sampleRateHz, levelCount)).toThrow(named)
  })

  it('levels that a length bears', () => {
    expect([100, 128, 4096, 1_000_000, 1e9].map(kurtogramLevelCount)).toEqual([1, 1, 6, 9, 9])
  })
})
