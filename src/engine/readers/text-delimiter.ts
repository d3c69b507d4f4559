import { cellKind, type CellKind, type Decimal } from './text-cells'
import { isBlank, isComment, splitCells, type TextLine } from './text-lines'

export interface TableShape {
  /** ' ' = any run of spaces and tabs; '' = one column. */
  readonly delimiter: string
  readonly decimal: Decimal
  readonly columnCount: number
  /** Share of the lines looked at that are rows of this table. */
  readonly share: number
}

const delimiters = [',', ';', '\t', '|', ' ', ''] as const
const decimals: readonly Decimal[] = ['.', ',']
const mostLines = 200

/**
 * The delimiter and decimal mark under which most of the last lines are rows of one width whose cells are numbers or
 * times; with equal shares the one with more columns, then '.' before ','. What is given stays.
 */
export function findTableShape(
  lines: readonly TextLine[],
  given: { readonly delimiter: string | undefined; readonly decimal: Decimal | undefined },
): TableShape | undefined {
  const rows = lines.filter(({ text }) => !isBlank(text) && !isComment(text)).slice(-mostLines)
  let best: TableShape | undefined
  for (const delimiter of given.delimiter === undefined ? delimiters : [given.delimiter]) {
    for (const decimal of given.decimal === undefined ? decimals : [given.decimal]) {
      if (delimiter === decimal) continue
      const shape = judge(rows, delimiter, decimal)
      if (shape && (!best || isBetter(shape, best))) best = shape
    }
  }
  return best
}

function isBetter(shape: TableShape, best: TableShape): boolean {
  if (Math.abs(shape.share - best.share) > 1e-9) return shape.share > best.share
  return shape.columnCount > best.columnCount
}

function judge(rows: readonly TextLine[], delimiter: string, decimal: Decimal): TableShape | undefined {
  const widths = new Map<number, number>()
  const splits = rows.map(({ text }) => dropTrailing(splitCells(text, delimiter)))
  for (const cells of splits) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1)
  const [columnCount] = [...widths].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])
  if (columnCount === 0 || (delimiter !== '' && columnCount < 2)) return undefined
  if (delimiter === ',' && isDecimalCommaColumn(splits)) return undefined
  let score = 0
  for (const cells of splits) {
    if (cells.length !== columnCount) continue
    const valueCount = cells.filter((cell) => isValue(cellKind(cell, decimal))).length
    if (valueCount === columnCount && isDataRow(cells, decimal)) score += 1
    else if (valueCount > 0) score += (0.9 * valueCount) / columnCount
  }
  return score === 0 ? undefined : { delimiter, decimal, columnCount, share: score / rows.length }
}

/** A row of the table: every cell a number, a time or blank, and at least one a number or a time. */
export function isDataRow(cells: readonly string[], decimal: Decimal): boolean {
  const kinds = cells.map((cell) => cellKind(cell, decimal))
  return kinds.every(isValue) && kinds.some((kind) => kind !== 'blank')
}

/** "0,05" on each line: two columns of integers don't have a second one with leading zeros. */
function isDecimalCommaColumn(splits: readonly (readonly string[])[]): boolean {
  return (
    splits.every((cells) => cells.length <= 2 && cells.every((cell) => /^[+-]?\d*$/.test(cell))) &&
    splits.some((cells) => /^0\d+$/.test(cells[1] ?? ''))
  )
}

function isValue(kind: CellKind): boolean {
  return kind !== 'text'
}

/** A delimiter at the end of a line makes no column. */
export function dropTrailing(cells: readonly string[]): readonly string[] {
  return cells.length > 1 && cells[cells.length - 1] === '' ? cells.slice(0, -1) : cells
}
