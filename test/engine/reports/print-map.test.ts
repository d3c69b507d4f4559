import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { fitMatrix, printMapUri } from '../../../src/engine/reports/print-map'

const grey = (value: number): [number, number, number] => [value, value, value]
const pixelsOf = (uri: string): PNG => PNG.sync.read(Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64'))
const rounded = (values: Float32Array): number[] => [...values].map((value) => Math.round(value * 100) / 100)

describe('fitMatrix', () => {
  const row = { values: Float32Array.of(0, 2, 4, 6), rowCount: 1, columnCount: 4 }

  it('averages cells that are smaller than a dot', () => {
    expect(rounded(fitMatrix(row, { rows: 1, columns: 2 }, false).values)).toEqual([1, 5])
  })

  it('leaves what was not measured out of an average', () => {
    const gap = { ...row, values: Float32Array.of(Number.NaN, 2, Number.NaN, Number.NaN) }
    expect([...fitMatrix(gap, { rows: 1, columns: 2 }, false).values]).toEqual([2, Number.NaN])
  })

  it('repeats cells in whole dots, never fewer than asked for', () => {
    const { values, rowCount, columnCount } = fitMatrix(row, { rows: 2, columns: 7 }, false)
    expect([rowCount, columnCount]).toEqual([2, 8])
    expect([...values]).toEqual([0, 0, 2, 2, 4, 4, 6, 6, 0, 0, 2, 2, 4, 4, 6, 6])
  })

  it('interpolates between the middles of cells, and holds the outer ones', () => {
    const { values } = fitMatrix(row, { rows: 1, columns: 8 }, true)
    expect(rounded(values)).toEqual([0, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6])
  })

  it('does not let a gap eat the cells beside it', () => {
    const gap = { ...row, values: Float32Array.of(0, Number.NaN, 4, 6) }
    const { values } = fitMatrix(gap, { rows: 1, columns: 8 }, true)
    expect(Number.isNaN(values[2])).toBe(true)
    expect(Number.isNaN(values[3])).toBe(true)
    expect(values.filter((value) => Number.isNaN(value))).toHaveLength(2)
  })
})

describe('printMapUri', () => {
  it('row 0 is at the bottom; the ends of the scale, what lies beyond, and gaps have their colours', () => {
    const values = Float32Array.of(0, 1, -5, 9, 0.5, Number.NaN)
    const { data, width, height } = pixelsOf(
      printMapUri({ values, rowCount: 2, columnCount: 3 }, { low: 0, high: 1 }, (value) =>
        grey(Math.round(200 * value)),
      ),
    )
    expect([width, height]).toEqual([3, 2])
    const pixel = (x: number, y: number): number[] => [...data.subarray((y * 3 + x) * 4, (y * 3 + x) * 4 + 4)]
    expect(pixel(0, 1)).toEqual([0, 0, 0, 255])
    expect(pixel(1, 1)).toEqual([200, 200, 200, 255])
    expect(pixel(2, 1)).toEqual([0, 0, 0, 255])
    expect(pixel(0, 0)).toEqual([200, 200, 200, 255])
    expect(pixel(1, 0)[0]).toBeGreaterThan(95)
    expect(pixel(1, 0)[0]).toBeLessThan(105)
    expect(pixel(2, 0)[3]).toBe(0)
  })

  it('an empty matrix is one transparent dot', () => {
    const { width, height, data } = pixelsOf(
      printMapUri({ values: new Float32Array(0), rowCount: 0, columnCount: 0 }, { low: 0, high: 1 }, grey),
    )
    expect([width, height, data[3]]).toEqual([1, 1, 0])
  })
})
