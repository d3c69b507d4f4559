import { AnalyzerError } from '../../shared/errors'
import type { Guess, TextLayoutOptions } from './recording'
import { cellKind, type Decimal } from './text-cells'
import { dropTrailing, findTableShape, isDataRow, type TableShape } from './text-delimiter'
import { detectEncoding, namedEncoding, type TextEncoding } from './text-encoding'
import { completeNames, readTitles, splitTitle, unitsOf, type Titles } from './text-header'
import { describeLayout } from './text-guesses'
import { isBlank, isComment, splitCells, splitLines, type TextLine } from './text-lines'
import { readPreamble, type Preamble } from './text-preamble'
import { findTime, type TimeSource } from './text-time'

export type ColumnRole = 'signal' | 'time' | 'counter' | 'date' | 'words'

export interface TextColumn {
  readonly name: string
  readonly unit: string | undefined
  readonly role: ColumnRole
}

/** How to read a text file as a table. Offsets count character units (bytes, or pairs of bytes in UTF-16). */
export interface TextLayout {
  readonly encoding: TextEncoding
  /** ' ' = any run of spaces and tabs; '' = one column. */
  readonly delimiter: string
  readonly decimal: Decimal
  readonly headerLineCount: number
  /** Where the first row starts. */
  readonly dataStart: number
  readonly columns: readonly TextColumn[]
  readonly time: TimeSource | undefined
  readonly preamble: Preamble
  readonly guesses: readonly Guess[]
  /** Cells of the first row when it has more than the others (some loggers put settings there). */
  readonly firstRowExtras: readonly string[]
}

export const mostColumns = 4096
export const longestLine = 1_048_576
const headLines = 2000
const sampleRows = 400

/** Delimiters by the words that a command line can say. */
const delimiterWords: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  pipe: '|',
  space: ' ',
  none: '',
}

/** Finds the layout from the first bytes of a file; what `options` gives is taken as it is. */
export function sniffTextLayout(head: Uint8Array, options: TextLayoutOptions, isWholeFile: boolean): TextLayout {
  const encoding = options.encoding === undefined ? detectEncoding(head) : namedEncoding(options.encoding, head)
  refuseBinary(head, encoding)
  const lines = splitLines(head, encoding, isWholeFile, headLines)
  if (/^LabVIEW Measurement/.test(lines[0]?.text ?? '')) {
    throw new AnalyzerError(
      'unsupported-format',
      'LabVIEW measurement files (.lvm) are not read yet; export the signal as CSV.',
    )
  }
  refuseLongLine(head, encoding, lines)
  const body = bodyOf(lines, options.headerLines)
  const shape = findTableShape(body, { delimiter: givenDelimiter(options.delimiter), decimal: options.decimal })
  if (!shape || shape.share < 0.3) throw noTable(lines)
  refuseColumns(shape.columnCount)
  const firstRow = options.headerLines ?? findFirstRow(lines, shape)
  if (firstRow === undefined || firstRow >= lines.length) throw noTable(lines)
  return assemble(lines, firstRow, shape, encoding, options)
}

function assemble(
  lines: readonly TextLine[],
  firstRow: number,
  shape: TableShape,
  encoding: TextEncoding,
  options: TextLayoutOptions,
): TextLayout {
  const { delimiter, decimal, columnCount } = shape
  const above = lines.slice(0, firstRow)
  const titles = readTitles(above, delimiter, decimal, columnCount)
  const rows = dataRows(lines.slice(firstRow), shape)
  const sample = {
    rows: rows.filter((cells) => cells.length >= columnCount),
    columnCount,
    decimal,
    titles: titles.titles,
  }
  const time = findTime(sample, options.timeColumn)
  const preamble = readPreamble(above.slice(0, above.length - titles.lineCount))
  const columns = columnsOf(
    titles,
    columnCount,
    time.source,
    new Map(time.leftOut.map(({ column, why }) => [column, why])),
  )
  const layout = {
    encoding,
    delimiter,
    decimal,
    headerLineCount: firstRow,
    dataStart: lines[firstRow].start,
    columns,
    time: time.source,
    preamble,
    firstRowExtras: rows[0]?.slice(columnCount) ?? [],
  }
  return { ...layout, guesses: describeLayout(layout, titles.titles !== undefined, time.reason, options) }
}

function columnsOf(
  titles: Titles,
  columnCount: number,
  time: TimeSource | undefined,
  leftOut: ReadonlyMap<number, ColumnRole>,
): readonly TextColumn[] {
  const names = completeNames(titles.titles, columnCount)
  const units = unitsOf(titles.titles, columnCount)
  return names.map((name, column) => {
    const isTime = time !== undefined && column >= time.column && column < time.column + timeWidth(time)
    return { name, unit: units[column], role: isTime ? 'time' : (leftOut.get(column) ?? 'signal') }
  })
}

/** Number of columns that the time takes. */
export function timeWidth(time: TimeSource): number {
  return time.kind === 'clock-parts' ? 4 : 1
}

function givenDelimiter(words: string | undefined): string | undefined {
  if (words === undefined) return undefined
  const delimiter = delimiterWords[words.toLowerCase()] ?? words
  if (delimiter.length <= 1 && !/[\dA-Za-z+\-."\r\n]/.test(delimiter) && (delimiter.codePointAt(0) ?? 0) < 128)
    return delimiter
  throw new AnalyzerError(
    'bad-request',
    `"${words}" cannot be a delimiter; give one character such as , or ; or one of ${Object.keys(delimiterWords).join(', ')}.`,
    { delimiter: words },
  )
}

/** The lines that can hold the table: after the header lines that the user counted, else all. */
function bodyOf(lines: readonly TextLine[], headerLines: number | undefined): readonly TextLine[] {
  if (headerLines === undefined) return lines
  if (Number.isInteger(headerLines) && headerLines >= 0 && headerLines < lines.length) return lines.slice(headerLines)
  throw new AnalyzerError(
    'bad-request',
    `${headerLines} header lines do not fit: the file has ${lines.length} lines in its head, and at least one must be left.`,
    { headerLines, lineCount: lines.length },
  )
}

/** The first line of the table's width that is followed by another row; the first row may have more cells. */
function findFirstRow(lines: readonly TextLine[], shape: TableShape): number | undefined {
  const isRow = lines.map(({ text }) => {
    if (isBlank(text) || isComment(text)) return undefined
    const cells = rowCells(text, shape)
    return cells.length >= shape.columnCount && looksLikeData(cells, shape.decimal)
  })
  const known = isRow.flatMap((value, index) => (value === undefined ? [] : [index]))
  for (let i = 0; i < known.length; i++) {
    if (!isRow[known[i]]) continue
    const next = known.slice(i + 1, i + 4)
    if (next.filter((index) => isRow[index]).length * 2 >= next.length) return known[i]
  }
  return undefined
}

/** All cells are values, or a column of words stands among columns of numbers. */
function looksLikeData(cells: readonly string[], decimal: Decimal): boolean {
  if (isDataRow(cells, decimal)) return true
  const kinds = cells.map((cell) => cellKind(cell, decimal))
  const valueCount = kinds.filter((kind) => kind !== 'text').length
  return kinds.includes('number') && valueCount * 2 >= cells.length
}

function dataRows(lines: readonly TextLine[], shape: TableShape): readonly (readonly string[])[] {
  return lines
    .filter(({ text }) => !isBlank(text) && !isComment(text))
    .slice(0, sampleRows)
    .map(({ text }) => rowCells(text, shape))
}

/** A delimiter behind the last column makes no cell; a blank last cell is one. */
function rowCells(text: string, shape: TableShape): readonly string[] {
  const cells = splitCells(text, shape.delimiter)
  return cells.length > shape.columnCount ? dropTrailing(cells) : cells
}

function refuseBinary(head: Uint8Array, encoding: TextEncoding): void {
  if (head.length === 0) throw new AnalyzerError('unreadable-file', 'The file is empty.')
  if (isPrintable(head, encoding)) return
  throw new AnalyzerError('unsupported-format', 'The file holds binary data that is no known vibration format.')
}

/** Less than 1 % of the first bytes are control characters that no text has. */
export function isPrintable(head: Uint8Array, encoding: TextEncoding): boolean {
  const sample = head.subarray(0, 65_536)
  let controlCount = 0
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i]
    if (encoding.bytesPerUnit === 2 && (byte === 0 || sample[i ^ 1] !== 0)) continue
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27) || byte === 127) controlCount++
  }
  return controlCount <= 0.01 * sample.length
}

function refuseLongLine(head: Uint8Array, encoding: TextEncoding, lines: readonly TextLine[]): void {
  const unitCount = head.length / encoding.bytesPerUnit
  const last = lines.length > 0 ? lines[lines.length - 1].next : 0
  if (lines.length < headLines && unitCount - last >= longestLine) throw lineTooLong(lines.length + 1)
}

export function lineTooLong(line: number): AnalyzerError {
  return new AnalyzerError(
    'unsupported-format',
    `Line ${line} is longer than ${longestLine} characters, so this is no table with one sample a line.`,
    { line, longestLine },
  )
}

function refuseColumns(columnCount: number): void {
  if (columnCount <= mostColumns) return
  throw new AnalyzerError(
    'unsupported-format',
    `The table has ${columnCount} columns; at most ${mostColumns} are read, one for each channel.`,
    { columnCount, mostColumns },
  )
}

function noTable(lines: readonly TextLine[]): AnalyzerError {
  const words = splitTitle(lines.find(({ text }) => !isBlank(text))?.text.trim() ?? '').name.slice(0, 60)
  return new AnalyzerError(
    'unsupported-format',
    `The text holds no table of numbers (it starts with "${words.replaceAll(/[^\P{C}]/gu, '?')}"); rows of numbers under one delimiter were expected.`,
  )
}
