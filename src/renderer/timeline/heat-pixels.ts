import type { Tile } from '../../shared/app/tracks'
import type { BlendMap, RowMap } from './frequency-scale'
import type { PixelTable } from './pixel-tables'

/** `low` has the first colour of the table, `high` the last; values beyond have the end colours. */
export interface ColourScale {
  readonly table: PixelTable
  readonly low: number
  readonly high: number
}

export interface HeatPixels {
  readonly width: number
  readonly height: number
  /** Row-major from the top; 0 (transparent) where nothing was measured. */
  readonly pixels: Uint32Array
  readonly hasGaps: boolean
}

type Matrix = Pick<Tile, 'rows' | 'columns' | 'values'>

/** The strongest row of each pixel: a narrow line must not vanish between pixels. */
export function strongestPixels({ columns, values }: Matrix, { first, last }: RowMap, scale: ColourScale): HeatPixels {
  const height = first.length
  const pixels = new Uint32Array(columns * height)
  const colour = colouring(scale)
  let hasGaps = false
  for (let y = 0; y < height; y++) {
    if (first[y] < 0) continue
    for (let column = 0; column < columns; column++) {
      let strongest = values[first[y] * columns + column]
      for (let row = first[y] + 1; row <= last[y]; row++) {
        const value = values[row * columns + column]
        if (!(value <= strongest)) strongest = value
      }
      if (strongest !== strongest) hasGaps = true
      else pixels[y * columns + column] = colour(strongest)
    }
  }
  return { width: columns, height, pixels, hasGaps }
}

/** Rows mixed linearly: the map is shown at the resolution of what lies below it. */
export function blendedPixels({ columns, values }: Matrix, map: BlendMap, scale: ColourScale): HeatPixels {
  const height = map.share.length
  const pixels = new Uint32Array(columns * height)
  const colour = colouring(scale)
  let hasGaps = false
  for (let y = 0; y < height; y++) {
    if (map.lower[y] < 0) continue
    const share = map.share[y]
    const lower = map.lower[y] * columns
    const upper = map.upper[y] * columns
    for (let column = 0; column < columns; column++) {
      const value = (1 - share) * values[lower + column] + share * values[upper + column]
      if (value !== value) hasGaps = true
      else pixels[y * columns + column] = colour(value)
    }
  }
  return { width: columns, height, pixels, hasGaps }
}

/** One row of colours: the ribbon. */
export function rowPixels({ columns, values }: Matrix, scale: ColourScale): HeatPixels {
  const pixels = new Uint32Array(columns)
  const colour = colouring(scale)
  let hasGaps = false
  for (let column = 0; column < columns; column++) {
    const value = values[column]
    if (value !== value) hasGaps = true
    else pixels[column] = colour(value)
  }
  return { width: columns, height: 1, pixels, hasGaps }
}

function colouring({ table, low, high }: ColourScale): (value: number) => number {
  const last = table.length - 1
  const factor = last / (high - low)
  return (value) => {
    const place = ((value - low) * factor + 0.5) | 0
    return table[place < 0 ? 0 : place > last ? last : place]
  }
}
