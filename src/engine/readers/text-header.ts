import type { Decimal } from './text-cells'
import { cellKind } from './text-cells'
import { dropTrailing } from './text-delimiter'
import { splitCells, type TextLine } from './text-lines'
import { isKnownUnit, tidyUnit } from './text-units'

export interface ColumnTitle {
  /** '' = the file gives none. */
  readonly name: string
  readonly unitWords: string | undefined
}

export interface Titles {
  readonly titles: readonly ColumnTitle[] | undefined
  /** Number of lines before the first row that are titles or units; the lines before these are preamble. */
  readonly lineCount: number
}

/** Names and units of the columns from the lines just before the first row. */
export function readTitles(
  lines: readonly TextLine[],
  delimiter: string,
  decimal: Decimal,
  columnCount: number,
): Titles {
  const above = [...lines].reverse().filter(({ text }) => text.trim() !== '')
  const rows = above.slice(0, 2).map(({ text }) => headerCells(text, delimiter, columnCount))
  const [last, before] = rows
  if (!last) return { titles: undefined, lineCount: 0 }
  const blankCount = lines.length - above.length
  if (isUnitRow(last) && (before !== undefined || !last.some(isNameLetter))) {
    const isNamed = before !== undefined && !isUnitRow(before)
    const titles = last.map((unit, i) => ({ name: isNamed ? before[i] : '', unitWords: stripBrackets(unit) }))
    return { titles, lineCount: (isNamed ? 2 : 1) + blankCount }
  }
  if (columnCount > 1 && last.every((cell) => cellKind(cell, decimal) !== 'text')) {
    return { titles: undefined, lineCount: 0 }
  }
  return { titles: last.map(splitTitle), lineCount: 1 + blankCount }
}

/** Cells of a header line when there are as many as columns; the line may be a comment or have another delimiter. */
function headerCells(text: string, delimiter: string, columnCount: number): readonly string[] | undefined {
  const words = text.replace(/^\s*(#+|%+|\/\/)\s*/, '')
  if (columnCount === 1 && /[:=]\s*\S/.test(words)) return undefined // "Sample rate: 25600" is no title
  for (const candidate of [delimiter, '\t', ';', ',', '|']) {
    const raw = splitCells(words, candidate)
    const cells = raw.length > columnCount ? dropTrailing(raw) : raw
    if (cells.length === columnCount) return cells
  }
  const wide = words.trim().split(/\s{2,}|\t/)
  return wide.length === columnCount ? wide.map((cell) => cell.trim()) : undefined
}

function isUnitRow(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '')
  return filled.length > 0 && filled.every((cell) => isKnownUnit(stripBrackets(cell)) || /^[[(].*[\])]$/.test(cell))
}

/** "h", "v", "a": horizontal, vertical and axial as often as hours, volts and amperes. */
function isNameLetter(cell: string): boolean {
  return /^[ahnv]$/i.test(cell)
}

function stripBrackets(cell: string): string {
  return /^[[({（【](.*)[\])}）】]$/.exec(cell.trim())?.[1].trim() ?? cell.trim()
}

/** "Acceleration x (m/s^2)", "Time [s]", "a_x in g", "a / (m/s²)", "time_ms", "a, g" → name and unit. */
export function splitTitle(cell: string): ColumnTitle {
  const bracketed = /^(.*?)[\s_,:-]*[[(（【]\s*([^[\](（【]*?(?:\([^)]*\))?[^[\](（【]*?)\s*[\])）】]$/.exec(cell)
  if (bracketed && bracketed[1] !== '') {
    return { name: bracketed[1].replace(/\s*\/$/, ''), unitWords: bracketed[2] }
  }
  const patterns = [/^(.+?)\s+in\s+(\S+)$/i, /^(.+?)\s*,\s*(\S+)$/, /^(.+?)[\s_]+([^\s_]+)$/, /^(.+?)\s*\/\s*(\S+)$/]
  for (const pattern of patterns) {
    const match = pattern.exec(cell)
    if (match && isKnownUnit(match[2]) && !isAxisLetter(match[2], pattern)) {
      return { name: match[1].replace(/\s*\/$/, ''), unitWords: match[2] }
    }
  }
  return { name: cell, unitWords: undefined }
}

/** "channel A", "axis_N", "phase V": a single capital behind a blank is a name; "accel_g" and "time_s" are units. */
function isAxisLetter(words: string, pattern: RegExp): boolean {
  return pattern.source.includes('[\\s_]+') && (/^[A-Z]$/.test(words) || /^[ahn]$/.test(words))
}

/** Names without repeats, and with a name for each column that has none: "column 5". */
export function completeNames(titles: readonly ColumnTitle[] | undefined, columnCount: number): readonly string[] {
  const used = new Set<string>()
  return Array.from({ length: columnCount }, (_, index) => {
    const wanted = titles?.[index].name.trim() || `column ${index + 1}`
    let name = wanted
    for (let copy = 2; used.has(name); copy++) name = `${wanted} ${copy}`
    used.add(name)
    return name
  })
}

export function unitsOf(
  titles: readonly ColumnTitle[] | undefined,
  columnCount: number,
): readonly (string | undefined)[] {
  return Array.from({ length: columnCount }, (_, index) => {
    const words = titles?.[index].unitWords
    return words === undefined ? undefined : tidyUnit(words)
  })
}
