import { describe, expect, it } from 'vitest'
import type { Scored } from '../../../src/engine/training/metrics'
import {
  aurocInterval,
  aurocOf,
  balancedAccuracyOf,
  bestThreshold,
  expectedCalibrationError,
  falseAlarmShareOf,
  hitShareOf,
  quantileOfSorted,
} from '../../../src/engine/training/metrics'
import { createRandom } from '../../../src/shared/random'
import golden from '../../golden/training-metrics.json'

function scored(scores: readonly number[], labels: readonly number[]): Scored[] {
  return scores.map((score, i) => ({ score, label: labels[i] === 1 ? 1 : -1 }))
}

describe('auroc', () => {
  it.each(golden.scores)('is that of scikit-learn, ties too ($auroc)', ({ scores, labels, auroc }) => {
    expect(aurocOf(scored(scores, labels))).toBeCloseTo(auroc, 12)
  })

  it('is ½ when all scores are equal', () => expect(aurocOf(scored([1, 1, 1], [1, -1, -1]))).toBe(0.5))

  it('does not change under a rising function of the scores, and mirrors under a falling one', () => {
    const { scores, labels } = golden.scores[1]
    const value = aurocOf(scored(scores, labels)) ?? 0
    expect(aurocOf(scored(scores.map(Math.exp), labels))).toBeCloseTo(value, 12)
    const turned = scores.map((score) => -score)
    expect(aurocOf(scored(turned, labels))).toBeCloseTo(1 - value, 12)
  })

  it('is undefined with one label only', () => expect(aurocOf(scored([1, 2], [1, 1]))).toBeUndefined())

  it('refuses a score that is NaN', () => expect(() => aurocOf(scored([1, Number.NaN], [1, -1]))).toThrow('NaN'))
})

describe('bootstrap interval', () => {
  const items = scored(golden.scores[2].scores, golden.scores[2].labels)
  const options = { resamples: 400, level: 0.95, seed: 7 }

  it('holds the value, has an extent, and is the same for the same seed', () => {
    const interval = aurocInterval(items, options)
    expect(interval).toEqual(aurocInterval(items, options))
    expect(interval?.low).toBeLessThan(interval?.value ?? 0)
    expect(interval?.high).toBeGreaterThan(interval?.value ?? 1)
  })

  it('covers the true AUROC in about 95 % of samples', () => {
    const random = createRandom('coverage')
    let covered = 0
    for (let trial = 0; trial < 100; trial++) {
      const sample: Scored[] = Array.from({ length: 60 }, (_, i) =>
        i % 2 === 0 ? { score: random.normal() + 1, label: 1 } : { score: random.normal(), label: -1 },
      )
      const interval = aurocInterval(sample, { resamples: 200, level: 0.95, seed: trial })
      const truth = 0.76025 // Φ(1/√2)
      if (interval !== undefined && interval.low <= truth && truth <= interval.high) covered += 1
    }
    expect(covered).toBeGreaterThan(85)
  })
})

describe('decisions', () => {
  it.each(golden.scores)('balanced accuracy is that of scikit-learn', ({ scores, labels, threshold, ...expected }) => {
    expect(balancedAccuracyOf(scored(scores, labels), threshold)).toBeCloseTo(expected.balancedAccuracy, 12)
  })

  it('counts hits and false alarms from the threshold on', () => {
    const items = scored([1, 2, 3, 4], [-1, 1, -1, 1])
    expect(falseAlarmShareOf(items, 3)).toBe(0.5)
    expect(hitShareOf(items, 2)).toBe(1)
    expect(falseAlarmShareOf(items, 3.5)).toBe(0)
  })

  it('the best threshold separates what can be separated', () => {
    const items = scored([0.1, 0.2, 0.7, 0.9], [-1, -1, 1, 1])
    expect(bestThreshold(items)).toBeCloseTo(0.45, 12)
  })
})

describe('expected calibration error', () => {
  it('is 0 for coins called coins, and ½ for coins called certain', () => {
    const labels = [1, -1, 1, -1]
    expect(expectedCalibrationError(scored([0.5, 0.5, 0.5, 0.5], labels), 10)).toBeCloseTo(0, 12)
    expect(expectedCalibrationError(scored([1, 1, 1, 1], labels), 10)).toBeCloseTo(0.5, 12)
  })

  it('does not depend on how many of each label there are', () => {
    const few = expectedCalibrationError(scored([0.9, 0.2], [1, -1]), 10)
    expect(expectedCalibrationError(scored([0.9, 0.2, 0.2, 0.2], [1, -1, -1, -1]), 10)).toBeCloseTo(few ?? 0, 12)
  })
})

it('quantiles lie between order statistics', () => {
  expect(quantileOfSorted([0, 10], 0.25)).toBe(2.5)
  expect(quantileOfSorted([], 0.5)).toBeNaN()
})
