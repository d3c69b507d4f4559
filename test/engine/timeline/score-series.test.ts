import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/shared/random'
import {
  findEvents,
  meanOf,
  planSegments,
  probabilityOf,
  segmentMeans,
  segmentSamples,
} from '../../../src/engine/timeline/score-series'

const grid = { stepSamples: 16, receptiveFieldSamples: 100, stepCount: 50 }

describe('planSegments', () => {
  it.each([
    // segment, stride, steps a segment, stride in steps, segments
    [100, 16, 1, 1, 50],
    [115, 16, 1, 1, 50],
    [116, 16, 2, 1, 49],
    [10, 16, 1, 1, 50],
    [1e9, 16, 50, 1, 1],
    [100 + 9 * 16, 160, 10, 10, 5],
  ])('%i samples every %i → %i steps every %i, %i segments', (length, stride, steps, strideSteps, count) => {
    expect(planSegments(grid, length, stride)).toEqual({ segmentSteps: steps, strideSteps, segmentCount: count })
  })

  it('a recording without a step has no segment', () => {
    expect(planSegments({ ...grid, stepCount: 0 }, 1000, 500).segmentCount).toBe(0)
  })

  it('a segment spans the receptive fields of its steps', () => {
    const plan = planSegments(grid, 100 + 9 * 16, 160)
    expect(segmentSamples(grid, plan, 2)).toEqual({ start: 320, end: 320 + 244 })
  })
})

describe('segmentMeans', () => {
  const random = createRandom(3)
  const evidence = Float32Array.from({ length: 1000 }, () => random.normal())

  it.each([1, 7, 100, 1000])('equals the plain mean for segments of %i steps', (segmentSteps) => {
    const plan = { segmentSteps, strideSteps: 3, segmentCount: Math.floor((1000 - segmentSteps) / 3) + 1 }
    segmentMeans(evidence, plan).forEach((mean, index) => {
      // float32 result of a float64 sum: one rounding
      expect(mean).toBeCloseTo(meanOf(evidence, index * 3, index * 3 + segmentSteps), 6)
    })
  })

  it('leaves out what was not measured, and is NaN where nothing was', () => {
    const values = Float32Array.of(1, Number.NaN, 3, Number.NaN, Number.NaN)
    const plan = { segmentSteps: 2, strideSteps: 1, segmentCount: 4 }
    expect([...segmentMeans(values, plan)]).toEqual([1, 3, 3, Number.NaN])
  })
})

describe('probabilityOf', () => {
  it('is one half at zero, symmetric, and softer at a higher temperature', () => {
    expect(probabilityOf(0, 2)).toBe(0.5)
    expect(probabilityOf(3, 2) + probabilityOf(-3, 2)).toBeCloseTo(1, 12)
    expect(probabilityOf(2, 2)).toBeCloseTo(1 / (1 + Math.exp(-1)), 12)
  })
})

describe('findEvents', () => {
  const options = { enter: 0.8, leave: 0.5, leastSegments: 2 }
  it.each([
    ['holds on above the lower threshold', [0.1, 0.9, 0.6, 0.55, 0.4, 0.9], [{ start: 1, end: 4 }]],
    ['drops what is too short', [0.9, 0.1, 0.9, 0.1], []],
    ['lasts to the end', [0.1, 0.9, 0.9], [{ start: 1, end: 3 }]],
    [
      'ends where nothing was measured',
      [0.9, 0.9, Number.NaN, 0.9, 0.9],
      [
        { start: 0, end: 2 },
        { start: 3, end: 5 },
      ],
    ],
    ['finds none in silence', [], []],
  ])('%s', (_name, probabilities, events) => {
    expect(findEvents(Float32Array.from(probabilities), options)).toEqual(events)
  })
})
