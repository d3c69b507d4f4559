import { describe, expect, it } from 'vitest'
import { augmentSegment, mixAt } from '../../../src/engine/training/augmentation'
import { createRandom } from '../../../src/shared/random'

const none = {
  gainDb: 0,
  flipsPolarity: false,
  noiseSnrDb: undefined,
  resampling: 0,
  filterCount: 0,
  filterDb: 0,
}
const random = createRandom('source')
const source = Float32Array.from({ length: 4000 }, (_, i) => Math.sin(i / 9) + 0.3 * random.normal())

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length)
}

describe('augmentation', () => {
  it('with everything off is a copy', () => {
    const copy = augmentSegment(source, 100, 500, none, createRandom(1))
    for (let i = 0; i < 500; i++) expect(copy[i]).toBeCloseTo(source[100 + i], 5)
  })

  it.each([
    ['noise', { ...none, noiseSnrDb: { low: 3, high: 10 } }],
    ['filters', { ...none, filterCount: 3, filterDb: 9 }],
    ['polarity', { ...none, flipsPolarity: true }],
  ])('%s keeps the level', (_, settings) => {
    const varied = augmentSegment(source, 0, 3000, settings, createRandom(2))
    expect(rms(varied)).toBeCloseTo(rms(source.slice(0, 3000)), 4)
  })

  it('resampling moves a tone by at most its share', () => {
    const tone = Float32Array.from({ length: 6000 }, (_, i) => Math.sin((2 * Math.PI * i) / 40))
    const crossings = new Set<number>()
    for (let seed = 0; seed < 20; seed++) {
      const varied = augmentSegment(tone, 0, 4000, { ...none, resampling: 0.1 }, createRandom(seed))
      let count = 0
      for (let i = 1; i < varied.length; i++) if (varied[i - 1] < 0 !== varied[i] < 0) count += 1
      expect(count).toBeGreaterThanOrEqual(179)
      expect(count).toBeLessThanOrEqual(221)
      crossings.add(count)
    }
    expect(crossings.size).toBeGreaterThan(5)
  })

  it('mixes at the asked ratio and the background’s level', () => {
    const background = Float32Array.from({ length: 2000 }, () => random.normal())
    const signal = Float32Array.from({ length: 2000 }, (_, i) => (i % 100 === 0 ? 1 : 0))
    const mixed = mixAt(background, signal, 0)
    expect(rms(mixed)).toBeCloseTo(rms(background), 4)
    const share = mixed.reduce((sum, value, i) => sum + value * background[i], 0) / (rms(background) ** 2 * 2000)
    expect(share).toBeCloseTo(Math.SQRT1_2, 1)
  })
})
