import { lineError } from './annotation-table'

/** Small tables (RFC 4180) that people edit in spreadsheets. Recordings have a reader of their own, for gigabytes. */

export interface CsvRow {
  /** Where the row begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** A text that a spreadsheet would run as a formula gets one apostrophe more; `readCsvRows` takes it off again. */
const formula = /^'*[=+\-@\t\r]/

export function composeCsvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? textCell(cell) : String(cell ?? ''))).join(',')}\n`
}

function textCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",;\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

/** Comma, semicolon or tab: whichever the first line has most of. Empty lines are left out. */
export function readCsvRows(text: string, name: string): CsvRow[] {
  const content = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(content)
  const rows: CsvRow[] = []
  let position = 0
  let line = 1
  while (position < content.length) {
    const row = readRow(content, position, separator)
    if (typeof row === 'string') throw lineError(name, line, row)
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push({ line, cells: row.cells })
    line += row.lineCount
    position = row.end
  }
  return rows
}

function separatorOf(content: string): string {
  const first = content.slice(0, content.search(/[\r\n]|$/))
  const countOf = (mark: string): number => first.split(mark).length
  return [',', ';', '\t'].reduce((best, mark) => (countOf(mark) > countOf(best) ? mark : best))
}

interface RawRow {
  readonly cells: readonly string[]
  readonly end: number
  readonly lineCount: number
}

/** The row, or what is wrong with it. */
function readRow(content: string, start: number, separator: string): RawRow | string {
  const cells: string[] = []
  let position = start
  for (;;) {
    const cell = content[position] === '"' ? quotedCell(content, position) : bareCell(content, position, separator)
    if (cell === undefined) return 'A quotation mark that opens here is never closed.'
    cells.push(formula.test(cell.text.slice(1)) && cell.text[0] === "'" ? cell.text.slice(1) : cell.text)
    position = cell.end
    if (position === content.length || /[\r\n]/.test(content[position])) break
    if (content[position] !== separator) return 'Something stands between a closing quotation mark and the next cell.'
    position += 1
  }
  if (content.startsWith('\r\n', position)) position += 2
  else if (position < content.length) position += 1
  const lineCount = content.slice(start, position).split(/\r\n|\n|\r/).length - 1
  return { cells, end: position, lineCount }
}

interface Cell {
  readonly text: string
  readonly end: number
}

function bareCell(content: string, start: number, separator: string): Cell {
  let end = start
  while (end < content.length && content[end] !== separator && content[end] !== '\n' && content[end] !== '\r') end += 1
  return { text: content.slice(start, end), end }
}

/** Undefined where it is never closed. */
function quotedCell(content: string, start: number): Cell | undefined {
  let text = ''
  for (let position = start + 1; ;) {
    const mark = content.indexOf('"', position)
    if (mark < 0) return undefined
    text += content.slice(position, mark)
    if (content[mark + 1] !== '"') return { text, end: mark + 1 }
    text += '"'
    position = mark + 2
  }
}
