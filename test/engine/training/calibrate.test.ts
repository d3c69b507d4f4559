import { describe, expect, it } from 'vitest'
import { chooseThresholds, fitTemperature, negativeLogLikelihood } from '../../../src/engine/training/calibrate'
import type { Scored } from '../../../src/engine/training/metrics'
import { createRandom } from '../../../src/shared/random'
import golden from '../../golden/training-metrics.json'

const { temperature } = golden
const items: Scored[] = temperature.logits.map((score, i) => ({ score, label: temperature.labels[i] === 1 ? 1 : -1 }))

describe('temperature', () => {
  it('is the one that SciPy finds', () => {
    expect(fitTemperature(items)).toBeCloseTo(temperature.temperature, 4)
    expect(negativeLogLikelihood(items, temperature.temperature)).toBeCloseTo(temperature.loss, 10)
  })

  it('finds the temperature that the labels were drawn with', () => {
    const random = createRandom('temperature')
    const drawn: Scored[] = Array.from({ length: 20_000 }, () => {
      const score = 4 * random.normal()
      return { score, label: random.uniform() < 1 / (1 + Math.exp(-score / 2.5)) ? 1 : -1 }
    })
    expect(fitTemperature(drawn)).toBeCloseTo(2.5, 0)
  })

  it('stays inside its bounds when the logits separate perfectly, or the wrong way round', () => {
    const right: Scored[] = [
      { score: 5, label: 1 },
      { score: -5, label: -1 },
    ]
    expect(fitTemperature(right)).toBeGreaterThan(0.0199)
    expect(fitTemperature(right.map((item) => ({ ...item, score: -item.score })))).toBeLessThanOrEqual(50)
  })

  it('needs both labels', () => expect(() => fitTemperature([{ score: 1, label: 1 }])).toThrow('not trained on'))
})

describe('thresholds', () => {
  const healthy = (scores: number[]): Scored[] => scores.map((score) => ({ score, label: -1 }))
  const faults = (scores: number[]): Scored[] => scores.map((score) => ({ score, label: 1 }))

  it('keep false alarms at the aim on the worst machine, not in the mean', () => {
    const machines = [
      [...healthy([-5, -4, -3]), ...faults([4, 5])],
      [...healthy([0, 1, 2]), ...faults([3, 4])],
    ]
    const { fault, healthy: low } = chooseThresholds(machines, 1, { falseAlarms: 0, misses: 0 })
    expect(fault).toBeCloseTo(1 / (1 + Math.exp(-2)), 2)
    expect(fault).toBeGreaterThanOrEqual(1 / (1 + Math.exp(-2)))
    expect(low).toBe(0.5)
  })

  it('leave room for uncertain between them', () => {
    const machines = [[...healthy([-2, 0.5]), ...faults([-1, 3])]]
    const { fault, healthy: low } = chooseThresholds(machines, 1, { falseAlarms: 0, misses: 0 })
    expect(low).toBeLessThan(0.5)
    expect(fault).toBeGreaterThan(0.5)
  })
})
