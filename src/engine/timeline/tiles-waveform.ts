import type { Tile } from '../../shared/app/tracks'
import type { SampleRange } from '../../shared/sample-range'
import { minMaxOf, type Pyramid } from './pyramid'
import type { TileGrid } from './tile-grid'

/** Tiles up to this many samples are read from the channel where the pyramid is not built yet. */
export const directSamples = 1 << 20

/** Columns are whole blocks here: the extremes are exact. @param pyramid of all samples of the channel */
export function tileOfPyramid(grid: TileGrid, pyramid: Pyramid): Tile {
  const { start, end, columns, columnSamples } = grid
  const values = new Float32Array(2 * columns)
  // the last column may be shorter than the others, and columns of a query are of one length
  const wholeColumns = Math.floor((end - start) / columnSamples)
  const wholeEnd = start + wholeColumns * columnSamples
  const parts: readonly [SampleRange, number, number][] = [
    [{ start, end: wholeEnd }, wholeColumns, 0],
    [{ start: wholeEnd, end }, columns - wholeColumns, wholeColumns],
  ]
  for (const [range, count, first] of parts) {
    if (count === 0) continue
    const { least, greatest } = pyramid.query(range, count)
    values.set(least, first)
    values.set(greatest, columns + first)
  }
  return tileOf(grid, values)
}

/** @param samples of the tile: [grid.start, grid.end) */
export function tileOfSamples(grid: TileGrid, samples: Float32Array): Tile {
  const { columns, columnSamples } = grid
  const values = new Float32Array(2 * columns)
  for (let column = 0; column < columns; column++) {
    const { least, greatest } = minMaxOf(samples, column * columnSamples, (column + 1) * columnSamples)
    values[column] = least
    values[columns + column] = greatest
  }
  return tileOf(grid, values)
}

function tileOf({ level, index, columns }: TileGrid, values: Float32Array): Tile {
  return { level, index, rows: 2, columns, values, lowHz: null, highHz: null }
}
