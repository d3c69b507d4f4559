import type { ColourScale } from '../timeline/heat-pixels'

interface Matrix {
  /** [rows × columns], row 0 lowest */
  readonly values: Float32Array
  readonly rows: number
  readonly columns: number
}

/** One pixel a cell, from the top row down; transparent where nothing was measured. */
export function matrixPixels(
  { values, rows, columns }: Matrix,
  { table, low, high }: ColourScale,
): Uint32Array<ArrayBuffer> {
  const pixels = new Uint32Array(rows * columns)
  const last = table.length - 1
  for (let row = 0; row < rows; row++) {
    const to = (rows - 1 - row) * columns
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]
      if (value !== value) continue
      const place = Math.round(((value - low) / (high - low)) * last)
      pixels[to + column] = table[Math.max(0, Math.min(last, place))]
    }
  }
  return pixels
}
