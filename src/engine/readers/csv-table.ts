import { AnalyzerError } from '../../shared/errors'
import type { SampleRange } from '../../shared/sample-range'
import type { ByteSource } from './recording'
import { noIssues, RowScanner, type RowIssues, type RowSyntax } from './csv-rows'
import { StepStatistics, type TimeReport } from './csv-timing'
import { lineTooLong, longestLine, timeWidth, type TextLayout } from './text-layout'
import type { TimeSource } from './text-time'

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
const plainNumbers = 4096 // numbers of plain rows at a time: they stay in the cache of the processor
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
  private readonly scratch: Float32Array
  private readonly rowCapacity: number
  private readonly plainRows: Float64Array
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
    this.plainRows = new Float64Array(Math.max(plainNumbers, layout.columns.length))
    this.scratch = new Float32Array(width * this.rowCapacity)
  }

  /** Reads the whole file once. Call before anything else. */
  async scan(): Promise<TableScan> {
    const issues = noIssues()
    const scanner = new RowScanner(this.syntax, issues)
    scanner.line = this.layout.headerLineCount + 1
    const { time } = this.layout
    const statistics = time ? new StepStatistics() : undefined
    const clock = time && statistics ? new RowClock(time, scanner, statistics) : undefined
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
    return { rowCount: this.rowCount, issues, time: statistics?.finish(), zeroTailLength, hasCutRow }
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
    const { signalColumns, scratch, rowCapacity } = this
    const { values } = scanner
    const firstRow = scanner.row
    const limit = bytes.length
    scanner.bytes = bytes
    scanner.position = 0
    let count = 0
    let patience = 0 // rows until plain rows are tried again: tables of exponents have none
    let wait = 1
    while (count < rowCapacity) {
      if (patience > 0) patience--
      else {
        const room = Math.min(this.plainRows.length, (rowCapacity - count) * values.length)
        const plainCount = scanner.readPlainRows(limit, this.plainRows.subarray(0, room))
        this.store(this.plainRows, plainCount, count)
        if (clock) clock.take(this.plainRows, plainCount)
        count += plainCount
        wait = plainCount > 0 ? 1 : Math.min(2 * wait, longestWait)
        patience = wait - 1
      }
      if (count === rowCapacity || !scanner.seekRow(limit) || bytes[scanner.position] === 0) break
      scanner.readRow()
      this.store(values, 1, count++)
      if (clock) clock.take(values, 1)
    }
    const columns = signalColumns.map((_, s) =>
      finite(scratch.slice(s * rowCapacity, s * rowCapacity + count), scanner.issues),
    )
    return { firstRow, rowCount: count, columns }
  }

  /** Rows of all columns to the columns of the signals, from row `first` of the block on. */
  private store(rows: Float64Array, count: number, first: number): void {
    const { signalColumns, scratch, rowCapacity } = this
    const width = this.layout.columns.length
    for (let s = 0; s < signalColumns.length; s++) {
      let from = signalColumns[s]
      const start = s * rowCapacity + first
      for (let i = 0; i < count; i++, from += width) scratch[start + i] = rows[from]
    }
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

/** Seconds of each row, whatever columns they stand in. */
class RowClock {
  private readonly times = new Float64Array(plainNumbers)
  private hasBaseDay = false

  constructor(
    private readonly source: TimeSource,
    private readonly scanner: RowScanner,
    private readonly statistics: StepStatistics,
  ) {}

  /** The last `count` rows, as the scanner read them. */
  take(rows: Float64Array, count: number): void {
    const width = this.scanner.values.length
    const firstRow = this.scanner.row - count
    for (let i = 0; i < count; i++) this.times[i] = this.secondsAt(rows, i * width)
    this.statistics.addRows(firstRow, this.times, count)
  }

  private secondsAt(values: Float64Array, offset: number): number {
    const column = offset + this.source.column
    let seconds = values[column]
    if (this.source.kind === 'number') seconds *= this.source.secondsPerUnit
    else if (this.source.kind === 'clock-parts') {
      seconds = seconds * 3600 + values[column + 1] * 60 + values[column + 2] + values[column + 3] * 1e-6
    } else if (!this.hasBaseDay && seconds > 0) {
      // Days count from that of the first row, so that a double keeps nanoseconds.
      this.hasBaseDay = true
      this.scanner.baseDay = Math.floor(seconds / 86_400)
      seconds -= this.scanner.baseDay * 86_400
    }
    return seconds
  }
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
