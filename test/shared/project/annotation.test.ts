import { describe, expect, it } from 'vitest'
import { moveRegion, regionSchema, resizeRegion } from '../../../src/shared/project/annotation'

const range = { shape: 'range', startSample: 100, endSample: 200 } as const
const box = { ...range, shape: 'box', lowHz: 10, highHz: 20 } as const
const point = { shape: 'point', sample: 100 } as const

describe('regions', () => {
  it.each([
    [{ ...range, endSample: 100 }],
    [{ ...range, startSample: 0.5 }],
    [{ ...range, startSample: -1 }],
    [{ ...box, highHz: 10 }],
    [{ ...point, end: 3 }],
  ])('%j is refused', (region) => {
    expect(regionSchema.safeParse(region).success).toBe(false)
  })

  it.each([
    [range, 50, { ...range, startSample: 150, endSample: 250 }],
    [range, -1000, { ...range, startSample: 0, endSample: 100 }],
    [box, 1e9, { ...box, startSample: 900, endSample: 1000 }],
    [point, 1e9, { ...point, sample: 999 }],
    [range, 0.4, range],
  ])('%j moved by %d stays as long and inside', (region, by, expected) => {
    expect(moveRegion(region, by, 1000)).toEqual(expected)
  })

  it.each([
    [range, 'start', 50, { ...range, startSample: 50 }],
    [range, 'start', 500, { ...range, startSample: 199 }],
    [range, 'end', 0, { ...range, endSample: 101 }],
    [box, 'end', 5000, { ...box, endSample: 1000 }],
    [point, 'end', 5000, { ...point, sample: 999 }],
  ] as const)('%j with its %s at %d keeps a sample', (region, edge, sample, expected) => {
    expect(resizeRegion(region, edge, sample, 1000)).toEqual(expected)
  })
})
