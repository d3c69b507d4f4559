import { describe, expect, it } from 'vitest'
import { findPeaks } from '../../../src/engine/dsp/peaks'
import { createRandom } from '../../../src/shared/random'

/** Prominence by its definition: the least descent on the way to higher ground, or to the lower of both ends. */
function directProminence(values: readonly number[], peak: number): number {
  const side = (part: readonly number[]): number => {
    const higher = part.findIndex((value) => value > values[peak])
    return Math.min(values[peak], ...(higher < 0 ? part : part.slice(0, higher)))
  }
  return values[peak] - Math.max(side(values.slice(0, peak).reverse()), side(values.slice(peak + 1)))
}

describe('findPeaks', () => {
  it('finds every local maximum with its prominence', () => {
    const random = createRandom('peaks')
    const values = Array.from({ length: 300 }, () => random.uniform())
    const maxima = values.flatMap((value, i) =>
      i > 0 && i < 299 && value > values[i - 1] && value > values[i + 1] ? [i] : [],
    )
    const peaks = findPeaks(values, 1000)
    expect(peaks.map(({ bin }) => bin).sort((a, b) => a - b)).toEqual(maxima)
    for (const { bin, height, prominence } of peaks) {
      expect(height).toBe(values[bin])
      expect(prominence).toBeCloseTo(directProminence(values, bin), 12)
    }
  })

  it('gives the most prominent first, as many as asked for', () => {
    const peaks = findPeaks([0, 3, 2, 2.5, 0, 9, 0, 1, 0.5, 4, 0], 3)
    expect(peaks.map(({ bin, prominence }) => [bin, prominence])).toEqual([
      [5, 9],
      [9, 4],
      [1, 3],
    ])
  })

  it('finds the top between bins of a parabola exactly', () => {
    const values = Array.from({ length: 20 }, (_, i) => 50 - (i - 7.3) ** 2)
    expect(findPeaks(values, 1)[0].position).toBeCloseTo(7.3, 12)
  })

  it.each([
    ['nothing', []],
    ['two values', [1, 2]],
    ['a slope', [1, 2, 3, 4]],
    ['a constant', [2, 2, 2, 2]],
    ['NaN', [Number.NaN, Number.NaN, Number.NaN]],
  ])('finds none in %s', (_, values) => {
    expect(findPeaks(values, 10)).toEqual([])
  })
})
