import type { TilePiece } from './tile-cover'
import { xOf, type TimeScale } from './time-scale'

/** Least and greatest value of each pixel column of the plot; NaN where nothing was measured or has come yet. */
export interface PixelColumns {
  readonly least: Float32Array
  readonly greatest: Float32Array
  /** 1 where a tile was there: NaN in it is a gap, elsewhere it is not known yet. */
  readonly isKnown: Uint8Array
}

/** Tiles of two rows (least, greatest) gathered into the pixels of the plot. */
export function gatherColumns(scale: TimeScale, pieces: readonly TilePiece[]): PixelColumns {
  const width = Math.max(0, Math.round(scale.width))
  const least = new Float32Array(width).fill(Number.NaN)
  const greatest = new Float32Array(width).fill(Number.NaN)
  const isKnown = new Uint8Array(width)
  for (const { tile, fromColumn, toColumn, start, end } of pieces) {
    const { columns, values } = tile
    const perColumn = (end - start) / (toColumn - fromColumn)
    for (let column = fromColumn; column < toColumn; column++) {
      const from = start + (column - fromColumn) * perColumn
      const first = Math.max(0, Math.floor(xOf(scale, from) - scale.left))
      const last = Math.min(width, Math.max(first + 1, Math.ceil(xOf(scale, from + perColumn) - scale.left)))
      const low = values[Math.floor(column)]
      const high = values[columns + Math.floor(column)]
      for (let x = first; x < last; x++) {
        isKnown[x] = 1
        if (!(least[x] <= low)) least[x] = low
        if (!(greatest[x] >= high)) greatest[x] = high
      }
    }
  }
  return { least, greatest, isKnown }
}

/** Least and greatest of all values; undefined where none was measured. */
export function extentOf(pieces: readonly TilePiece[]): { readonly low: number; readonly high: number } | undefined {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const { tile, fromColumn, toColumn } of pieces) {
    for (let column = Math.floor(fromColumn); column < toColumn; column++) {
      const least = tile.values[column]
      const greatest = tile.values[tile.columns + column]
      if (least < low) low = least
      if (greatest > high) high = greatest
    }
  }
  return low <= high ? { low, high } : undefined
}

/** Runs [from, to) of columns where nothing was measured although a tile is there. */
export function gapsOf({ least, isKnown }: PixelColumns): readonly (readonly [number, number])[] {
  const gaps: [number, number][] = []
  for (let x = 0; x < least.length; x++) {
    if (isKnown[x] === 0 || !Number.isNaN(least[x])) continue
    const last = gaps.at(-1)
    if (last?.[1] === x) last[1] = x + 1
    else gaps.push([x, x + 1])
  }
  return gaps
}
