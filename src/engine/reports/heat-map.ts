import { PNG } from 'pngjs'
import type { Rgb } from '../../shared/colour-maps'

/** Embedded and thrown away: packing it tightly would take longer than drawing the page. */
const fast = { deflateLevel: 1, filterType: 0 } as const

/**
 * At least as many rows and columns, so that print has dots enough: each value repeated, or, where `isSmooth`,
 * interpolated between the middles of the cells (NaN stays as wide as its cell).
 */
export function enlargeMatrix(
  { values, rowCount, columnCount }: Matrix,
  least: { readonly rows: number; readonly columns: number },
  isSmooth: boolean,
): Matrix {
  if (rowCount === 0 || columnCount === 0) return { values, rowCount, columnCount }
  const rows = rowCount * Math.max(1, Math.ceil(least.rows / rowCount))
  const columns = columnCount * Math.max(1, Math.ceil(least.columns / columnCount))
  const enlarged = new Float32Array(rows * columns)
  const cell = (row: number, column: number): number => values[row * columnCount + column]
  for (let row = 0; row < rows; row++) {
    const y = placeBetween(row, rows, rowCount)
    for (let column = 0; column < columns; column++) {
      const x = placeBetween(column, columns, columnCount)
      const nearest = cell(y.nearest, x.nearest)
      if (!isSmooth || nearest !== nearest) {
        enlarged[row * columns + column] = nearest
        continue
      }
      const lower = mixed(cell(y.first, x.first), cell(y.first, x.second), x.share, nearest)
      const upper = mixed(cell(y.second, x.first), cell(y.second, x.second), x.share, nearest)
      enlarged[row * columns + column] = lower + (upper - lower) * y.share
    }
  }
  return { values: enlarged, rowCount: rows, columnCount: columns }
}

interface Matrix {
  readonly values: Float32Array
  readonly rowCount: number
  readonly columnCount: number
}

function placeBetween(index: number, count: number, cellCount: number) {
  const place = ((index + 0.5) * cellCount) / count - 0.5
  const first = Math.max(0, Math.min(cellCount - 1, Math.floor(place)))
  const second = Math.min(cellCount - 1, first + 1)
  return {
    first,
    second,
    share: Math.max(0, Math.min(1, place - first)),
    nearest: Math.min(cellCount - 1, Math.floor(((index + 0.5) * cellCount) / count)),
  }
}

function mixed(first: number, second: number, share: number, nearest: number): number {
  const value = first + (second - first) * share
  return value === value ? value : nearest
}

export interface PixelColour {
  readonly colour: Rgb
  /** 0 … 1 */
  readonly opacity: number
}

/**
 * A matrix [rowCount × columnCount], row 0 at the bottom, as the data URI of a PNG. NaN becomes a transparent pixel, so
 * that the hatching behind it shows.
 */
export function heatMapUri(
  values: Float32Array,
  rowCount: number,
  columnCount: number,
  colourOf: (value: number) => PixelColour,
): string {
  const image = new PNG({ width: columnCount, height: rowCount })
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const value = values[row * columnCount + column]
      const place = ((rowCount - 1 - row) * columnCount + column) * 4
      if (Number.isNaN(value)) continue
      const { colour, opacity } = colourOf(value)
      image.data.set(colour, place)
      image.data[place + 3] = Math.round(255 * opacity)
    }
  }
  return `data:image/png;base64,${PNG.sync.write(image, fast).toString('base64')}`
}
