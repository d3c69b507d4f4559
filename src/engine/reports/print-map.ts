import { crc32, deflateSync } from 'node:zlib'
import type { Rgb } from '../../shared/colour-maps'

/** Heat maps for paper: as many dots as the print needs and no more, one byte a dot. */

export interface Matrix {
  /** [rowCount × columnCount], row 0 at the bottom; NaN = not measured */
  readonly values: Float32Array
  readonly rowCount: number
  readonly columnCount: number
}

export interface Dots {
  readonly rows: number
  readonly columns: number
}

/**
 * The matrix at the dots of the print: cells that are smaller than a dot are averaged; larger ones are repeated in
 * whole dots or, where `isSmooth`, interpolated between their middles. NaN keeps the width of its cell.
 */
export function fitMatrix(matrix: Matrix, dots: Dots, isSmooth: boolean): Matrix {
  const reduced = averageColumns(matrix, dots.columns)
  return isSmooth ? interpolate(reduced, dots) : repeat(reduced, dots)
}

function averageColumns(matrix: Matrix, most: number): Matrix {
  const { values, rowCount, columnCount } = matrix
  if (columnCount <= most) return matrix
  const averaged = new Float32Array(rowCount * most)
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < most; column++) {
      const start = Math.floor((column * columnCount) / most)
      const end = Math.floor(((column + 1) * columnCount) / most)
      averaged[row * most + column] = meanOf(values, row * columnCount + start, row * columnCount + end)
    }
  }
  return { values: averaged, rowCount, columnCount: most }
}

/** Of what was measured; NaN where nothing was. */
function meanOf(values: Float32Array, start: number, end: number): number {
  let sum = 0
  let count = 0
  for (let i = start; i < end; i++) {
    if (values[i] !== values[i]) continue
    sum += values[i]
    count += 1
  }
  return count === 0 ? Number.NaN : sum / count
}

function repeat({ values, rowCount, columnCount }: Matrix, dots: Dots): Matrix {
  const rows = rowCount * Math.max(1, Math.ceil(dots.rows / Math.max(1, rowCount)))
  const columns = columnCount * Math.max(1, Math.ceil(dots.columns / Math.max(1, columnCount)))
  const repeated = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const from = Math.floor((row * rowCount) / rows) * columnCount
    for (let column = 0; column < columns; column++) {
      repeated[row * columns + column] = values[from + Math.floor((column * columnCount) / columns)]
    }
  }
  return { values: repeated, rowCount: rows, columnCount: columns }
}

function interpolate(matrix: Matrix, dots: Dots): Matrix {
  const { values, rowCount, columnCount } = matrix
  if (rowCount === 0 || columnCount === 0) return matrix
  const rows = Math.max(rowCount, dots.rows)
  const columns = Math.max(columnCount, dots.columns)
  const places = Array.from({ length: columns }, (_, column) => placeBetween(column, columns, columnCount))
  const fitted = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const y = placeBetween(row, rows, rowCount)
    const [first, second] = [y.first * columnCount, y.second * columnCount]
    for (let column = 0; column < columns; column++) {
      const x = places[column]
      const lower = values[first + x.first] * (1 - x.share) + values[first + x.second] * x.share
      const upper = values[second + x.first] * (1 - x.share) + values[second + x.second] * x.share
      const value = lower * (1 - y.share) + upper * y.share
      // beside a gap: the cell itself, measured or not
      fitted[row * columns + column] = value === value ? value : values[y.nearest * columnCount + x.nearest]
    }
  }
  return { values: fitted, rowCount: rows, columnCount: columns }
}

function placeBetween(index: number, count: number, cellCount: number) {
  const place = ((index + 0.5) * cellCount) / count - 0.5
  const first = Math.max(0, Math.min(cellCount - 1, Math.floor(place)))
  const second = Math.min(cellCount - 1, first + 1)
  const nearest = Math.min(cellCount - 1, Math.floor(((index + 0.5) * cellCount) / count))
  return { first, second, nearest, share: Math.max(0, Math.min(1, place - first)) }
}

/** Steps of a colour scale on paper: more cannot be told apart and would only make the file larger. */
const stepCount = 96
const transparent = stepCount

/**
 * The data URI of a PNG with a palette. `low` and `high` are the ends of the scale, beyond them the end colours; NaN is
 * transparent, so that the hatching behind it shows.
 */
export function printMapUri(
  { values, rowCount, columnCount }: Matrix,
  scale: { readonly low: number; readonly high: number },
  colourOf: (value: number) => Rgb,
): string {
  const range = scale.high - scale.low
  const palette = Array.from({ length: stepCount }, (_, i) => colourOf(scale.low + (range * i) / (stepCount - 1)))
  const lines = Buffer.alloc(rowCount * (columnCount + 1)) // each line begins with its filter: 0, none
  for (let row = 0; row < rowCount; row++) {
    const from = (rowCount - 1 - row) * columnCount
    for (let column = 0; column < columnCount; column++) {
      const value = values[from + column]
      const step = Math.round(((value - scale.low) / range) * (stepCount - 1))
      const index = value === value ? Math.max(0, Math.min(stepCount - 1, step)) : transparent
      lines[row * (columnCount + 1) + 1 + column] = index
    }
  }
  return `data:image/png;base64,${palettePng(lines, columnCount, rowCount, palette).toString('base64')}`
}

/** PNG 1.2: 8 bits an index, the last index transparent. */
function palettePng(lines: Buffer, width: number, height: number, palette: readonly Rgb[]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(Math.max(1, width), 0)
  header.writeUInt32BE(Math.max(1, height), 4)
  header.set([8, 3, 0, 0, 0], 8)
  const opacities = Buffer.alloc(stepCount + 1, 255)
  opacities[transparent] = 0
  const content = lines.length === 0 ? Buffer.from([0, transparent]) : lines
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from([...palette.flat(), 255, 255, 255])),
    chunk('tRNS', opacities),
    chunk('IDAT', deflateSync(content, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(content.length, 0)
  framed.set(named, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}
