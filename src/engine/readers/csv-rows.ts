import { isNoValueWord, parseDecimal, parseTimestamp } from './csv-fields'

/** What the row parser needs to know of a layout, in bytes. */
export interface RowSyntax {
  /** Byte of the delimiter; 32 = any run of spaces and tabs; −1 = one column. */
  readonly delimiter: number
  readonly decimal: number
  readonly columnCount: number
  /** Per column: 0 = leave out, 1 = number, 2 = time of day or date with time. */
  readonly kinds: Uint8Array
}

/** What was odd in the rows, counted, each with the first place. */
export interface RowIssues {
  blankCount: number
  firstBlank: { row: number; column: number } | undefined
  badCount: number
  firstBad: { line: number; column: number; text: string } | undefined
  infiniteCount: number
  shortCount: number
  firstShort: { line: number; fieldCount: number } | undefined
  longCount: number
  firstLong: { line: number; fieldCount: number } | undefined
}

export function noIssues(): RowIssues {
  return {
    blankCount: 0,
    firstBlank: undefined,
    badCount: 0,
    firstBad: undefined,
    infiniteCount: 0,
    shortCount: 0,
    firstShort: undefined,
    longCount: 0,
    firstLong: undefined,
  }
}

const lineFeed = 10
const carriageReturn = 13
const space = 32
const tab = 9
const quote = 34

const powers = Float64Array.from({ length: 17 }, (_, exponent) => 10 ** exponent)

/**
 * Parses rows of numbers from bytes, one row a call, into `values`. The bytes must end with a line end, which is what
 * lets the inner loop run without a bounds check. One instance is used for a whole file: no allocation per row.
 */
export class RowScanner {
  /** Numbers of the last row, NaN where there was none; seconds for times. */
  readonly values: Float64Array
  bytes: Uint8Array = new Uint8Array([lineFeed])
  position = 0
  /** Of the row being read, for issues: 0-based row, 1-based line. */
  row = 0
  line = 1
  /** Day (since 1970-01-01) that times count from. */
  baseDay = 0
  private readonly delimiter: number
  private readonly decimal: number
  readonly issues: RowIssues
  /** Fields that the last row really had, up to the number of columns. */
  lastFieldCount = 0

  constructor(
    private readonly syntax: RowSyntax,
    issues: RowIssues,
  ) {
    this.values = new Float64Array(syntax.columnCount)
    this.delimiter = syntax.delimiter
    this.decimal = syntax.decimal
    this.issues = issues
  }

  /** Skips line ends, blank lines and comments; true when a row starts at `position` (< limit). */
  seekRow(limit: number): boolean {
    const { bytes } = this
    while (this.position < limit) {
      let p = this.position
      while (bytes[p] === space) p++
      const first = bytes[p]
      const isLineEnd = first === lineFeed || first === carriageReturn
      if (!isLineEnd && !isCommentStart(bytes, p)) return true
      this.skipLine(p)
    }
    return false
  }

  /** Goes on behind rows that were read elsewhere (PlainRowReader). */
  skipRows(rowCount: number, position: number): void {
    this.position = position
    this.row += rowCount
    this.line += rowCount
  }

  /** Reads the row at `position` and moves behind its line end. */
  readRow(): void {
    const { bytes, values } = this
    const { columnCount, delimiter } = this.syntax
    const isSpaced = delimiter === space
    let p = isSpaced ? skipBlanks(bytes, this.position) : this.position
    let field = 0
    while (field < columnCount) {
      let end = this.quickNumber(p, field)
      if (end < 0) end = this.slowField(p, field)
      field++
      p = end
      if (isSpaced) p = skipBlanks(bytes, p)
      const next = bytes[p]
      if (next === lineFeed || next === carriageReturn) break
      if (!isSpaced) p++
    }
    this.lastFieldCount = field
    if (field < columnCount) {
      this.noteShort(field)
      values.fill(Number.NaN, field)
    } else p = this.finishLine(p)
    this.position = p
    this.skipLine(p)
    this.row++
  }

  /**
   * The usual field: sign, up to 9 digits, point, up to 9 digits, blanks, delimiter; 15 digits in all, so that one division
   * rounds as Number() does. The halves are int32, which is quicker than a double. −1 = something else, nothing is stored.
   */
  private quickNumber(start: number, field: number): number {
    const { bytes } = this
    let p = start
    let c = bytes[p]
    while (c === space) c = bytes[++p]
    const isNegative = c === 45
    if (isNegative) c = bytes[++p]
    const first = p
    let whole = 0
    while (c >= 48 && c <= 57) {
      whole = (Math.imul(whole, 10) + c - 48) | 0
      c = bytes[++p]
    }
    const wholeCount = p - first
    let part = 0
    let scale = 0
    if (c === this.decimal) {
      const point = ++p
      c = bytes[p]
      while (c >= 48 && c <= 57) {
        part = (Math.imul(part, 10) + c - 48) | 0
        c = bytes[++p]
      }
      scale = p - point
    }
    if (wholeCount > 9 || scale > 9 || wholeCount + scale > 15 || wholeCount + scale === 0) return -1
    while (c === space) c = bytes[++p]
    if (c !== this.delimiter && !this.endsField(c, bytes[p - 1])) return -1
    const magnitude = (whole * powers[scale] + part) / powers[scale]
    this.values[field] = isNegative ? -magnitude : magnitude
    return p
  }

  /** A line end, or in a table with blanks between the columns a blank. */
  private endsField(next: number, last: number): boolean {
    if (next === lineFeed || next === carriageReturn) return true
    return this.syntax.delimiter === space && (last === space || next === tab)
  }

  /** Any other field: exponents, quotes, blanks, times, words. Gives the place of its delimiter or line end. */
  private slowField(start: number, field: number): number {
    const { bytes } = this
    const end = this.fieldEnd(start)
    let from = start
    let to = end
    while (from < to && (bytes[from] === space || bytes[from] === tab)) from++
    while (to > from && (bytes[to - 1] === space || bytes[to - 1] === tab)) to--
    if (to - from >= 2 && bytes[from] === quote && bytes[to - 1] === quote) {
      from++
      to--
    }
    this.values[field] = this.convert(from, to, field)
    return end
  }

  private fieldEnd(start: number): number {
    const { bytes } = this
    const { delimiter } = this.syntax
    let p = start
    while (bytes[p] === space) p++
    if (bytes[p] === quote) {
      p++
      while (bytes[p] !== quote && bytes[p] !== lineFeed && bytes[p] !== carriageReturn) p++
    }
    while (bytes[p] !== delimiter && bytes[p] !== lineFeed && bytes[p] !== carriageReturn) {
      if (delimiter === space && bytes[p] === tab) break
      p++
    }
    return p
  }

  private convert(from: number, to: number, field: number): number {
    const { bytes, issues } = this
    const kind = this.syntax.kinds[field]
    if (kind === 0) return Number.NaN
    if (from === to) {
      if (issues.blankCount++ === 0) issues.firstBlank = { row: this.row, column: field }
      return Number.NaN
    }
    const value =
      kind === 2 ? parseTimestamp(bytes, from, to, this.baseDay) : parseDecimal(bytes, from, to, this.syntax.decimal)
    if (!Number.isNaN(value)) return value
    if (isNoValueWord(bytes, from, to)) {
      if ((bytes[to - 1] | 32) === 102 || (bytes[to - 1] | 32) === 121) issues.infiniteCount++
      return Number.NaN
    }
    if (issues.badCount++ === 0) {
      const text = String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 24)))
      issues.firstBad = { line: this.line, column: field, text: text.replaceAll(/[^ -~]/g, '?') }
    }
    return Number.NaN
  }

  /** Behind the last column: a trailing delimiter is usual, more fields are noted. Gives the place of the line end. */
  private finishLine(start: number): number {
    const { bytes } = this
    const { delimiter, columnCount } = this.syntax
    let p = start
    let extraCount = 0
    let hasWords = false
    while (bytes[p] !== lineFeed && bytes[p] !== carriageReturn) {
      if (bytes[p] === delimiter) {
        if (hasWords) extraCount++
        hasWords = false
      } else if (bytes[p] !== space && bytes[p] !== tab) hasWords = true
      p++
    }
    if (hasWords) extraCount++
    if (extraCount > 0 && this.issues.longCount++ === 0) {
      this.issues.firstLong = { line: this.line, fieldCount: columnCount + extraCount }
    }
    return p
  }

  private noteShort(fieldCount: number): void {
    if (this.issues.shortCount++ === 0) this.issues.firstShort = { line: this.line, fieldCount }
  }

  private skipLine(start: number): void {
    const { bytes } = this
    let p = start
    while (bytes[p] !== lineFeed && bytes[p] !== carriageReturn) p++
    this.position = bytes[p] === carriageReturn && bytes[p + 1] === lineFeed ? p + 2 : p + 1
    this.line++
  }
}

function isCommentStart(bytes: Uint8Array, p: number): boolean {
  const first = bytes[p]
  return first === 35 || first === 37 || (first === 47 && bytes[p + 1] === 47)
}

function skipBlanks(bytes: Uint8Array, start: number): number {
  let p = start
  while (bytes[p] === space || bytes[p] === tab) p++
  return p
}
