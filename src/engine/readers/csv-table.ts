import type { SampleRange } from '../../shared/sample-range'
import type { ByteSource } from './recording'
import { BlockQueue, blockLength, mostBlockBytes, readLines, type TextBlock } from './csv-blocks'
import { RowClock } from './csv-clock'
import { noIssues, RowScanner, type RowIssues, type RowSyntax } from './csv-rows'
import type { TimeReport } from './csv-timing'
import { PlainRowReader, type ColumnWidth, type RowSlot } from './kernels/plain-rows'
import { timeWidth, type TextLayout } from './text-layout'

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

const mostCells = 1_048_576 // numbers decoded at a time; a block with more rows ends early
const cacheBytes = 64 * 1_048_576
const longestWait = 64 // rows
const threadedBytes = 8 * 1_048_576 // shorter tables are read before a second thread has started
const threadedSlots = 6
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
  private lastLoad: Promise<unknown> = Promise.resolve()

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
    this.plainRows = new PlainRowReader({
      delimiter,
      decimal,
      columnWidths: widthsOf(layout),
      rowCapacity: this.rowCapacity,
      byteCapacity: Math.min(mostBlockBytes, source.size + 1),
      slotCount: source.size < threadedBytes ? 1 : threadedSlots,
    })
  }

  /** Reads the whole file once. Call before anything else. */
  async scan(): Promise<TableScan> {
    const issues = noIssues()
    const scanner = new RowScanner(this.syntax, issues)
    scanner.line = this.layout.headerLineCount + 1
    const { time } = this.layout
    const clock = time ? new RowClock(time, scanner) : undefined
    const blocks = new BlockQueue(this.source, this.plainRows)
    if (this.source.size >= threadedBytes) this.plainRows.startThread()
    let offset = this.layout.dataStart
    let keptBytes = 0
    let zeroTailLength = 0
    try {
      while (offset < this.source.size && zeroTailLength === 0) {
        const text = await blocks.take(offset, scanner.line)
        const block = await this.decode(scanner, text, clock)
        if (block.rowCount > 0) {
          keptBytes += 4 * block.rowCount * block.columns.length
          if (keptBytes <= cacheBytes) this.cache.set(this.offsets.length, Promise.resolve(block))
          this.offsets.push(offset)
          this.firstRows.push(block.firstRow)
        }
        offset = Math.min(offset + scanner.position, this.source.size)
        if (scanner.bytes[scanner.position] === 0) zeroTailLength = this.source.size - offset
      }
    } finally {
      await blocks.drain()
      this.plainRows.stopThread()
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

  /** One after the other: they share the first slot. */
  private load(index: number): Promise<DecodedBlock> {
    const loading = this.lastLoad.then(() => this.loadAlone(index))
    this.lastLoad = loading.catch(() => undefined)
    return loading
  }

  private async loadAlone(index: number): Promise<DecodedBlock> {
    const scanner = new RowScanner(this.syntax, noIssues())
    scanner.row = this.firstRows[index]
    const offset = this.offsets[index]
    const [slot] = this.plainRows.slots
    const byteCount = await readLines(this.source, offset, this.end, 0, slot.bytes)
    return this.decode(scanner, { slot, offset, byteCount, reading: undefined }, undefined)
  }

  private shrinkCache(): void {
    const bytesPerBlock = (4 * this.rowCount * this.signalColumns.length) / Math.max(1, this.offsets.length)
    const mostBlocks = Math.max(2, Math.floor(cacheBytes / Math.max(1, bytesPerBlock)))
    for (const index of this.cache.keys()) {
      if (this.cache.size <= mostBlocks) return
      this.cache.delete(index)
    }
  }

  private async decode(
    scanner: RowScanner,
    { slot, byteCount, reading }: TextBlock,
    clock: RowClock | undefined,
  ): Promise<DecodedBlock> {
    const { rowCapacity, plainRows } = this
    const { columns } = slot
    const firstRow = scanner.row
    scanner.bytes = slot.bytes.subarray(0, byteCount)
    scanner.position = 0
    let run = await reading // of another thread, from the start of the block
    let count = 0
    let oddCount = 0
    let patience = 0 // rows until plain rows are tried again: tables of exponents have none
    let wait = 1
    while (count < rowCapacity) {
      if (patience > 0) patience--
      else {
        const { endRow, position } = run ?? plainRows.read(slot, byteCount, scanner.position, count)
        run = undefined
        scanner.skipRows(endRow - count, position)
        clock?.take(columns, count, endRow)
        wait = endRow > count ? 1 : Math.min(2 * wait, longestWait)
        patience = wait - 1
        count = endRow
      }
      if (count === rowCapacity || !scanner.seekRow(byteCount) || scanner.bytes[scanner.position] === 0) break
      scanner.readRow()
      store(scanner.values, slot, count)
      clock?.take(columns, count, count + 1)
      oddCount++
      count++
    }
    // only numbers that are not plain can be too large for float32
    const issues = oddCount > 0 ? scanner.issues : undefined
    return { firstRow, rowCount: count, columns: this.signalsOf(slot, count, issues) }
  }

  private signalsOf({ columns }: RowSlot, rowCount: number, issues: RowIssues | undefined): readonly Float32Array[] {
    return this.signalColumns.map((column) => {
      const samples = new Float32Array(rowCount)
      samples.set(columns[column]?.subarray(0, rowCount) ?? [])
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

/** The numbers of one row, by whatever way they were read. */
function store(values: Float64Array, { columns }: RowSlot, row: number): void {
  for (let column = 0; column < columns.length; column++) {
    const target = columns[column]
    if (target) target[row] = values[column]
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
