import { describe, expect, it } from 'vitest'
import {
  blendMapOf,
  frequencyAt,
  frequencyScaleOf,
  rowMapOf,
  yOfFrequency,
} from '../../../src/renderer/timeline/frequency-scale'
import { blendedPixels, rowPixels, strongestPixels } from '../../../src/renderer/timeline/heat-pixels'
import { opaqueTable, overlayTable } from '../../../src/renderer/timeline/pixel-tables'
import { evidenceTable } from '../../../src/shared/colour-tables'
import { makeTile } from '../../builders/tile-builder'

/** Pixel i is the colour i: pixels can be read as places in the table. */
const table = Uint32Array.from({ length: 256 }, (_, index) => index)
const scale = { table, low: 0, high: 255 }
const linear = { kind: 'linear', lowHz: 0, highHz: 100 } as const

describe('a frequency axis', () => {
  it.each(['linear', 'log'] as const)('%s: places and frequencies turn into each other', (kind) => {
    const axis = frequencyScaleOf(kind, 6000, 10)
    for (const y of [0, 17, 99.5, 200]) expect(yOfFrequency(axis, frequencyAt(axis, y, 200), 200)).toBeCloseTo(y, 6)
  })

  it('logarithmic begins at a bin or spans three decades', () => {
    expect(frequencyScaleOf('log', 6000, 47).lowHz).toBe(47)
    expect(frequencyScaleOf('log', 6000, 0.1).lowHz).toBe(6)
  })

  it('has the lowest row at the bottom', () => {
    const { first, last } = rowMapOf(linear, 4, { rows: 4, lowHz: 0, highHz: 100 })
    expect([...first]).toEqual([3, 2, 1, 0])
    expect([...last]).toEqual([3, 2, 1, 0])
  })

  it('leaves no row out where rows are narrower than pixels', () => {
    const { first, last } = rowMapOf(linear, 7, { rows: 100, lowHz: 0, highHz: 100 })
    const shown = new Set<number>()
    first.forEach((from, y) => {
      for (let row = from; row <= last[y]; row++) shown.add(row)
    })
    expect(shown.size).toBe(100)
  })

  it('shows nothing above the map’s highest frequency', () => {
    const { first } = rowMapOf(linear, 4, { rows: 2, lowHz: 0, highHz: 50 })
    expect([...first]).toEqual([-1, -1, 1, 0])
  })
})

describe('pixels of a spectrogram', () => {
  it('keep the strongest of the rows they stand for', () => {
    const tile = makeTile({ rows: 100, columns: 1 }, (row) => (row === 42 ? 200 : 10))
    const { pixels } = strongestPixels(tile, rowMapOf(linear, 10, { rows: 100, lowHz: 0, highHz: 100 }), scale)
    expect([...pixels]).toEqual([10, 10, 10, 10, 10, 200, 10, 10, 10, 10])
  })

  it('are transparent, and said to have gaps, where nothing was measured', () => {
    const tile = makeTile({ rows: 1, columns: 3 }, (_, column) => (column === 1 ? Number.NaN : 9))
    const { pixels, hasGaps } = strongestPixels(tile, rowMapOf(linear, 1, { rows: 1, lowHz: 0, highHz: 100 }), scale)
    expect([...pixels]).toEqual([9, 0, 9])
    expect(hasGaps).toBe(true)
  })
})

describe('pixels of the map', () => {
  it('go evenly from one row’s middle to the next', () => {
    const tile = makeTile({ rows: 2, columns: 1 }, (row) => 100 * row)
    const { pixels } = blendedPixels(tile, blendMapOf(linear, 8, { rows: 2, lowHz: 0, highHz: 100 }), scale)
    expect([...pixels]).toEqual([100, 100, 88, 63, 38, 13, 0, 0])
  })

  it('end at the scale and are not stretched', () => {
    const tile = makeTile({ columns: 4 }, (_, column) => [-900, 0, 255, 4000][column])
    expect([...rowPixels(tile, scale).pixels]).toEqual([0, 0, 255, 255])
  })
})

describe('tables of pixels', () => {
  it('lie as ImageData has them: red, green, blue, alpha', () => {
    const bytes = new Uint8Array(opaqueTable([[1, 2, 3]]).buffer)
    expect([...bytes]).toEqual([1, 2, 3, 255])
  })

  it('over a picture: clear in the middle, as strong as each other at both ends', () => {
    const overlay = overlayTable(evidenceTable('red-blue', 'light'))
    const alpha = (pixel: number) => pixel >>> 24
    expect(alpha(overlay[127])).toBeLessThan(3)
    expect(alpha(overlay[0])).toBe(alpha(overlay[255]))
    expect(alpha(overlay[255])).toBe(Math.round(0.85 * 255))
  })
})
