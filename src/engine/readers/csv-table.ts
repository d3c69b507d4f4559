import { AnalyzerError } from '../../shared/errors'
import type { SampleRange } from '../../shared/sample-range'
import type { ByteSource } from './recording'
import { noIssues, RowScanner, type RowIssues, type RowSyntax } from './csv-rows'
import { RowClock } from './csv-clock'
import type { TimeReport } from './csv-timing'
import { PlainRowReader, type ColumnWidth } from './kernels/plain-rows'
import { lineTooLong, longestLine, timeWidth, type TextLayout } from './text-layout'

/** Rows [firstRow, firstRow + rowCount) of all signal columns. */
interface DecodedBlock {
  readonly firstRow: number
  readonly rowCount: number
  readonly columns: readonly Float32Array[]
}

/** What one pass over the file found. */
export interface TableScan {
  readonly rowCount: number
  readonly issues: RowIssues
  readonly time: TimeReport | undefined
  /** Bytes not read because the file is zeros from there on, as a logger leaves it after a power cut. */
  readonly zeroTailLength: number
  /** The last line has no end and fewer fields: it was being written. */
  readonly hasCutRow: boolean
}

const blockLength = 524_288 // characters read and parsed at a time
const mostCells = 1_048_576 // numbers decoded at a time; a block with more rows ends early
const cacheBytes = 64 * 1_048_576
const longestWait = 64 // rows
const lineFeed = 10
const carriageReturn = 13

/**
 * A text table by ranges of rows. Opening parses the file once, block by block, and keeps where each block starts; a range
 * is read by parsing the blocks that hold it. Blocks decoded before are kept up to 64 MiB, so that channels read one after
 * the other don't parse again.
 */
export class TextTable {
  private readonly offsets: number[] = []
  private readonly firstRows: number[] = []
  private readonly cache = new Map<number, Promise<DecodedBlock>>()
  private readonly signalColumns: readonly number[]
  private readonly rowCapacity: number
  private readonly plainRows: PlainRowReader
  private readonly syntax: RowSyntax
  private rowCount = 0
  private end = 0

  /** `source` gives one byte a character (narrowSource). */
  constructor(
    private readonly source: ByteSource,
    private readonly layout: TextLayout,
  ) {
    this.signalColumns = layout.columns.flatMap(({ role }, column) => (role === 'signal' ? [column] : []))
    this.syntax = syntaxOf(layout)
    const width = Math.max(1, this.signalColumns.length)
    this.rowCapacity = Math.min(blockLength / 2, Math.ceil(source.size / 2) + 1, Math.floor(mostCells / width))
    const { delimiter, decimal } = this.syntax
    this.plainRows = new PlainRowReader({ delimiter, decimal, columnWidths: widthsOf(layout) }, this.rowCapacity)
  }

  /** Reads the whole file once. Call before anything else. */
  async scan(): Promise<TableScan> {
    const issues = noIssues()
    const scanner = new RowScanner(this.syntax, issues)
    scanner.line = this.layout.headerLineCount + 1
    const { time } = this.layout
    const clock = time ? new RowClock(time, scanner) : undefined
    let offset = this.layout.dataStart
    let keptBytes = 0
    let zeroTailLength = 0
    let ahead: Promise<Uint8Array | undefined> | undefined
    let aheadOffset = -1
    while (offset < this.source.size) {
      const early = aheadOffset === offset ? await ahead : undefined
      const bytes = early ?? (await this.readLines(offset, scanner.line))
      aheadOffset = offset + bytes.length
      // Read while this block is parsed; should it fail, it is read again with the right line number.
      ahead = aheadOffset < this.source.size ? this.readLines(aheadOffset, 0).catch(() => undefined) : undefined
      const block = this.decode(scanner, bytes, clock)
      if (block.rowCount > 0) {
        keptBytes += 4 * block.rowCount * block.columns.length
        if (keptBytes <= cacheBytes) this.cache.set(this.offsets.length, Promise.resolve(block))
        this.offsets.push(offset)
        this.firstRows.push(block.firstRow)
      }
      offset = Math.min(offset + scanner.position, this.source.size)
      if (bytes[scanner.position] === 0) {
        zeroTailLength = this.source.size - offset
        break
      }
    }
    this.rowCount = scanner.row
    this.end = offset
    const hasCutRow = await this.dropCutRow(issues, scanner, zeroTailLength > 0)
    return { rowCount: this.rowCount, issues, time: clock?.finish(), zeroTailLength, hasCutRow }
  }

  /** Samples of a signal (index among the signal columns); the range must lie inside the table. */
  async read(signal: number, range: SampleRange): Promise<Float32Array> {
    const samples = new Float32Array(Math.max(0, range.end - range.start))
    if (samples.length === 0) return samples
    for (let index = this.blockAt(range.start); index < this.firstRows.length; index++) {
      if (this.firstRows[index] >= range.end) break
      const block = await this.block(index)
      const from = Math.max(range.start, block.firstRow)
      const to = Math.min(range.end, block.firstRow + block.rowCount)
      const part = block.columns[signal].subarray(from - block.firstRow, to - block.firstRow)
      samples.set(part, from - range.start)
    }
    return samples
  }

  /** Last block that starts at or before the row. */
  private blockAt(row: number): number {
    let low = 0
    let high = this.firstRows.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.firstRows[middle] <= row) low = middle
      else high = middle
    }
    return low
  }

  /** From the cache, or parsed; the promise is kept so that channels read at once share one parse. */
  private block(index: number): Promise<DecodedBlock> {
    const known = this.cache.get(index)
    if (known) {
      this.cache.delete(index) // and to the end: the first of the map is the one not used for longest
      this.cache.set(index, known)
      return known
    }
    const loading = this.load(index)
    this.cache.set(index, loading)
    loading.catch(() => this.cache.delete(index))
    this.shrinkCache()
    return loading
  }

  private async load(index: number): Promise<DecodedBlock> {
    const scanner = new RowScanner(this.syntax, noIssues())
    scanner.row = this.firstRows[index]
    const bytes = await this.readLines(this.offsets[index], 0)
    return this.decode(scanner, bytes, undefined)
  }

  private shrinkCache(): void {
    const bytesPerBlock = (4 * this.rowCount * this.signalColumns.length) / Math.max(1, this.offsets.length)
    const mostBlocks = Math.max(2, Math.floor(cacheBytes / Math.max(1, bytesPerBlock)))
    for (const index of this.cache.keys()) {
      if (this.cache.size <= mostBlocks) return
      this.cache.delete(index)
    }
  }

  /** Whole lines from `offset` on, ending with a line end (added where the file ends without). */
  private async readLines(offset: number, line: number): Promise<Uint8Array> {
    for (let length = blockLength; ; length = longestLine + blockLength) {
      const limit = this.end > 0 ? this.end : this.source.size
      const bytes = await this.source.read(offset, Math.min(offset + length, limit))
      if (bytes.length === 0 && offset < limit) {
        throw new AnalyzerError(
          'unreadable-file',
          `The file ends at character ${offset}, before its ${limit}; it became shorter while it was read.`,
          {
            offset,
            limit,
          },
        )
      }
      if (offset + bytes.length >= limit) return closed(bytes)
      const last = lastLineEnd(bytes)
      if (last >= 0) return bytes.subarray(0, last + 1)
      const firstZero = bytes.indexOf(0) // zeros to the end: what a logger left after a power cut
      if (firstZero >= 0) return closed(firstZero === 0 ? bytes : bytes.subarray(0, firstZero))
      if (length > blockLength) throw lineTooLong(line)
    }
  }

  private decode(scanner: RowScanner, bytes: Uint8Array, clock: RowClock | undefined): DecodedBlock {
    const { rowCapacity, plainRows } = this
    const firstRow = scanner.row
    const limit = bytes.length
    plainRows.take(bytes)
    scanner.bytes = bytes
    scanner.position = 0
    let count = 0
    let oddCount = 0
    let patience = 0 // rows until plain rows are tried again: tables of exponents have none
    let wait = 1
    while (count < rowCapacity) {
      if (patience > 0) patience--
      else {
        const { endRow, position } = plainRows.read(scanner.position, count, rowCapacity)
        scanner.skipRows(endRow - count, position)
        clock?.take(plainRows.columns, count, endRow)
        wait = endRow > count ? 1 : Math.min(2 * wait, longestWait)
        patience = wait - 1
        count = endRow
      }
      if (count === rowCapacity || !scanner.seekRow(limit) || bytes[scanner.position] === 0) break
      scanner.readRow()
      this.store(scanner.values, count)
      clock?.take(plainRows.columns, count, count + 1)
      oddCount++
      count++
    }
    return { firstRow, rowCount: count, columns: this.signalsOf(count, oddCount > 0 ? scanner.issues : undefined) }
  }

  /** The numbers of one row, by whatever way they were read. */
  private store(values: Float64Array, row: number): void {
    const { columns } = this.plainRows
    for (let column = 0; column < columns.length; column++) {
      const target = columns[column]
      if (target) target[row] = values[column]
    }
  }

  /** Copies of the signals; `issues` where a number may be too large for float32, which plain ones never are. */
  private signalsOf(rowCount: number, issues: RowIssues | undefined): readonly Float32Array[] {
    return this.signalColumns.map((column) => {
      const samples = new Float32Array(rowCount)
      samples.set(this.plainRows.columns[column]?.subarray(0, rowCount) ?? [])
      return issues ? finite(samples, issues) : samples
    })
  }

  /** A last line without end and with too few fields is left out: nobody knows how its last number goes on. */
  private async dropCutRow(issues: RowIssues, scanner: RowScanner, hasZeroTail: boolean): Promise<boolean> {
    if (hasZeroTail || issues.shortCount === 0 || this.end === 0) return false
    const [last] = await this.source.read(this.end - 1, this.end)
    if (last === lineFeed || last === carriageReturn || scanner.lastFieldCount >= this.layout.columns.length)
      return false
    issues.shortCount--
    this.rowCount--
    return true
  }
}

function widthsOf(layout: TextLayout): readonly ColumnWidth[] {
  return layout.columns.map(({ role }, column) => {
    if (isTimeColumn(layout, column)) return 8
    return role === 'signal' ? 4 : 0
  })
}

function isTimeColumn({ time }: TextLayout, column: number): boolean {
  return time !== undefined && column >= time.column && column < time.column + timeWidth(time)
}

function syntaxOf(layout: TextLayout): RowSyntax {
  const kinds = Uint8Array.from(layout.columns, ({ role }) => (role === 'signal' ? 1 : 0))
  if (layout.time) {
    const kind = layout.time.kind === 'timestamp' ? 2 : 1
    kinds.fill(kind, layout.time.column, layout.time.column + timeWidth(layout.time))
  }
  return {
    delimiter: layout.delimiter === '' ? -1 : layout.delimiter.charCodeAt(0),
    decimal: layout.decimal.charCodeAt(0),
    columnCount: layout.columns.length,
    kinds,
  }
}

/** Too large for float32 is no measurement: NaN, counted. */
function finite(samples: Float32Array, issues: RowIssues): Float32Array {
  for (let i = 0; i < samples.length; i++) {
    if (samples[i] === Number.POSITIVE_INFINITY || samples[i] === Number.NEGATIVE_INFINITY) {
      samples[i] = Number.NaN
      issues.infiniteCount++
    }
  }
  return samples
}

function closed(bytes: Uint8Array): Uint8Array {
  const last = bytes[bytes.length - 1]
  if (last === lineFeed || last === carriageReturn) return bytes
  const whole = new Uint8Array(bytes.length + 1)
  whole.set(bytes)
  whole[bytes.length] = lineFeed
  return whole
}

/** Place of the last line end; not a CR at the very end, whose LF may come next. */
function lastLineEnd(bytes: Uint8Array): number {
  const feed = bytes.lastIndexOf(lineFeed)
  return feed >= 0 ? feed : bytes.lastIndexOf(carriageReturn, bytes.length - 2)
}
