import { describe, expect, it } from 'vitest'
import { createMoments, statisticsOfSamples } from '../../../src/engine/dsp/statistics'
import { createRandom } from '../../../src/shared/random'

function noise(length: number, offset: number): Float32Array {
  const random = createRandom(5)
  return Float32Array.from({ length }, () => offset + random.normal())
}

const sine = Float32Array.from({ length: 1000 }, (_, n) => 2 + 3 * Math.sin((2 * Math.PI * 10 * n) / 1000))

describe('statistics', () => {
  it('of a sine with an offset: RMS A/√2, crest factor √2, kurtosis 1.5, no skewness', () => {
    const { mean, rms, peak, crestFactor, kurtosis, skewness } = statisticsOfSamples(sine)
    expect(mean).toBeCloseTo(2, 6)
    expect(rms).toBeCloseTo(3 * Math.SQRT1_2, 6)
    expect(peak).toBeCloseTo(3, 6)
    expect(crestFactor).toBeCloseTo(Math.SQRT2, 6)
    expect(kurtosis).toBeCloseTo(1.5, 6)
    expect(skewness).toBeCloseTo(0, 6)
  })

  it('kurtosis is Pearson’s: 3 for normal noise', () => {
    // 100,000 samples: standard error √(24/N) = 0.015
    expect(statisticsOfSamples(noise(100_000, 0)).kurtosis).toBeCloseTo(3, 1)
  })

  it('kurtosis and skewness do not depend on gain; polarity turns the skewness', () => {
    const samples = noise(5000, 0).map((x) => Math.exp(x))
    const [a, b] = [statisticsOfSamples(samples), statisticsOfSamples(samples.map((x) => -8 * x))]
    expect(b.kurtosis).toBeCloseTo(a.kurtosis, 10)
    expect(b.skewness).toBeCloseTo(-a.skewness, 10)
    expect(b.crestFactor).toBeCloseTo(a.crestFactor, 10)
  })

  it.each([1, 7, 4096, 20_000])('is the same in chunks of %i, at an offset 1000 times the signal', (chunkLength) => {
    const samples = noise(20_000, 1000)
    const moments = createMoments()
    for (let i = 0; i < samples.length; i += chunkLength) moments.add(samples.subarray(i, i + chunkLength))
    const whole = statisticsOfSamples(samples)
    const chunked = moments.result()
    for (const name of ['mean', 'rms', 'peak', 'crestFactor', 'kurtosis', 'skewness'] as const) {
      expect(chunked[name] - whole[name], name).toBeCloseTo(0, 8)
    }
  })

  it('passes NaN over and counts what is left', () => {
    const moments = createMoments()
    moments.add(Float32Array.of(Number.NaN, 1, 3))
    moments.add(Float32Array.of(Number.NaN))
    expect(moments.result()).toMatchObject({ sampleCount: 2, mean: 2, rms: 1, peak: 1, kurtosis: 1 })
  })

  it('of nothing is NaN, of a constant has no shape', () => {
    expect(createMoments().result()).toMatchObject({
      sampleCount: 0,
      mean: Number.NaN,
      rms: Number.NaN,
      peak: Number.NaN,
    })
    const flat = statisticsOfSamples(new Float32Array(100).fill(0.3))
    expect(flat).toMatchObject({ rms: 0, peak: 0, kurtosis: Number.NaN, crestFactor: Number.NaN, skewness: Number.NaN })
  })
})
