import { tileColumns, type Tile } from '../../src/shared/app/tracks'

/** A tile of `rows` × `columns` whose values are `value(row, column)`. */
export function makeTile(
  options: Partial<Omit<Tile, 'values'>>,
  value: (row: number, column: number) => number = () => 0,
): Tile {
  const { level = 0, index = 0, rows = 1, columns = tileColumns, lowHz = null, highHz = null } = options
  const values = Float32Array.from({ length: rows * columns }, (_, place) =>
    value(Math.floor(place / columns), place % columns),
  )
  return { level, index, rows, columns, values, lowHz, highHz }
}
