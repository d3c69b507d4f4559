import { describe, expect, it } from 'vitest'
import { compareWithBaseline, type SignalPart } from '../../../src/engine/diagnosis/baseline-compare'
import { findPeaks } from '../../../src/engine/diagnosis/line-peaks'
import { createRandom } from '../../../src/shared/random'

function signal(amplitude: number, sampleRateHz: number, seconds: number, given: Partial<SignalPart> = {}): SignalPart {
  const random = createRandom(`compare ${amplitude} ${sampleRateHz}`)
  const samples = Float32Array.from(
    { length: Math.round(seconds * sampleRateHz) },
    (_, n) => amplitude * Math.sin((2 * Math.PI * 50 * n) / sampleRateHz) + 0.01 * random.normal(),
  )
  return { name: 'DE', unit: 'g', sampleRateHz, samples, ...given }
}

const options = { stretchSeconds: 1, limits: { rms: { kind: 'sigma', warning: 3, danger: 6 } } } as const
const indicatorOf = (comparison: ReturnType<typeof compareWithBaseline>, name: string) =>
  comparison.indicators.find((each) => each.name === name)

describe('against a baseline', () => {
  const comparison = compareWithBaseline(signal(2, 8000, 6), [signal(1, 8000, 6), signal(1, 10_000, 5)], options)

  it('a line twice as high is 6.02 dB up, at the same place whatever the rates', () => {
    const bin = Math.round(50 / comparison.binHz)
    expect(comparison.current[bin]).toBeCloseTo(2, 2)
    expect(comparison.baseline[bin]).toBeCloseTo(1, 2)
    expect(comparison.differenceDb[bin]).toBeCloseTo(6.02, 1)
  })

  it('spectra end at the lower half rate', () => {
    expect((comparison.current.length - 1) * comparison.binHz).toBeCloseTo(4000, 6)
    expect(comparison.differenceDb.length).toBe(comparison.current.length)
  })

  it('indicators change as they must, and cross limits of the baseline scatter', () => {
    expect(indicatorOf(comparison, 'rms')?.changePercent).toBeCloseTo(100, 0)
    expect(indicatorOf(comparison, 'rms')?.state).toBe('danger')
    expect(Math.abs(indicatorOf(comparison, 'crestFactor')?.changePercent ?? 100)).toBeLessThan(3) // the noise weighs less
    expect(indicatorOf(comparison, 'velocityRmsMmS')?.current).toBeCloseTo(
      (2 * 9806.65) / (2 * Math.PI * 50) / Math.SQRT2,
      0,
    )
    expect(indicatorOf(comparison, 'peak')?.limits).toBeNull()
    expect(comparison.baselineStretchCount).toBe(11)
  })

  it('the baseline against itself changes nothing and is normal', () => {
    const same = compareWithBaseline(signal(1, 8000, 6), [signal(1, 8000, 6)], options)
    expect(Math.max(...same.differenceDb.map(Math.abs))).toBeLessThan(1e-4)
    expect(indicatorOf(same, 'rms')?.state).toBe('normal')
  })

  it.each([
    [signal(1, 8000, 1, { unit: 'mm/s' }), 'only the same unit'],
    [signal(1, 8000, 1, { unit: undefined }), 'an unknown unit'],
    [signal(1, 8000, 0.001), 'at least 16'],
  ])('refused in one sentence', (other, named) => {
    expect(() => compareWithBaseline(signal(1, 8000, 2), [other], { ...options, limits: {} })).toThrow(named)
  })
})

describe('peaks', () => {
  it('are found between bins, highest first, above what surrounds them', () => {
    const random = createRandom('peaks')
    const bump = (bin: number, place: number, height: number): number => height * Math.exp(-((bin - place) ** 2))
    const power = Float64Array.from(
      { length: 500 },
      (_, bin) => 0.9 + 0.2 * random.uniform() + bump(bin, 100.3, 50) + bump(bin, 251.8, 200),
    )
    const peaks = findPeaks(power, 0.5, { lowHz: 2, highHz: 240, mostPeaks: 5, leastHeightDb: 10 })
    expect(peaks.map(({ frequencyHz }) => Number(frequencyHz.toFixed(1)))).toEqual([125.9, 50.1])
    expect(peaks[0].heightDb).toBeGreaterThan(20)
    expect(findPeaks(power, 0.5, { lowHz: 60, highHz: 120, mostPeaks: 5, leastHeightDb: 10 })).toEqual([])
  })
})
