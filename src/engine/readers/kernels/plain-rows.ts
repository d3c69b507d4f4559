import { compileKernels, createSharedMemory, startKernels, type SharedMemory } from '../../load-wasm'
import { RowThread } from './row-thread'

/** How a column is kept: not at all, as float32 (signals) or as float64 (times). */
export type ColumnWidth = 0 | 4 | 8
export type ColumnValues = Float32Array | Float64Array | undefined

export interface PlainRowSetup {
  /** Byte of the delimiter; of no meaning with one column. */
  readonly delimiter: number
  readonly decimal: number
  readonly columnWidths: readonly ColumnWidth[]
  /** Most rows and most bytes of a slot. */
  readonly rowCapacity: number
  readonly byteCapacity: number
  readonly slotCount: number
}

/** Room for one block of text and the columns read from it, in the memory of the kernel. */
export interface RowSlot {
  /** Filled by the user, the last a line end. */
  readonly bytes: Uint8Array
  /** Values of each column by row. */
  readonly columns: readonly ColumnValues[]
  readonly reportAt: number
  readonly bytesAt: number
}

export interface PlainRun {
  /** The row that was reached, and its place in the bytes. */
  readonly endRow: number
  readonly position: number
}

interface RowKernel {
  prepare(decimal: number): number
  readPlainRows(...call: KernelCall): number
}

/** start, limit, delimiter, report, column count, first row, end row: see ./assembly/rows.ts */
export type KernelCall = readonly [number, number, number, number, number, number, number]

const bytesBehind = 32 // the kernel reads sixteen bytes at a time
const unitBytes = 8
const tableBytes = 16_384 // the kernel's own tables are shorter

/** Rows of plain numbers from bytes to columns, by the kernel of ./assembly, where stands what is plain. */
export class PlainRowReader {
  readonly slots: readonly RowSlot[]
  private readonly module: object
  private readonly memory: SharedMemory
  private readonly kernel: RowKernel
  private thread: RowThread | undefined

  constructor(private readonly setup: PlainRowSetup) {
    const slotBytes = slotLengths(setup).reduce((sum, length) => sum + length, 0)
    this.module = compileKernels('readers')
    this.memory = createSharedMemory(tableBytes + slotBytes * setup.slotCount)
    this.kernel = startKernels(this.module, this.memory) as RowKernel // our own file
    this.kernel.prepare(setup.decimal)
    this.slots = Array.from({ length: setup.slotCount }, (_, index) => this.layOut(tableBytes + index * slotBytes))
  }

  /** Reads from `position` in the first `byteCount` bytes on as rows [firstRow, …), up to the first row that is not plain. */
  read(slot: RowSlot, byteCount: number, position: number, firstRow: number): PlainRun {
    const endRow = this.kernel.readPlainRows(...this.call(slot, byteCount, position, firstRow))
    return { endRow, position: this.positionOf(slot) }
  }

  /** The whole slot in another thread; undefined where that has enough to do, or is not there (any more). */
  readElsewhere(slot: RowSlot, byteCount: number): Promise<PlainRun> | undefined {
    const reading = this.thread?.run(this.call(slot, byteCount, 0, 0))
    return reading?.then((endRow) => ({ endRow, position: this.positionOf(slot) }))
  }

  startThread(): void {
    this.thread ??= RowThread.start(this.module, this.memory)
  }

  stopThread(): void {
    this.thread?.dispose()
    this.thread = undefined
  }

  private call(slot: RowSlot, byteCount: number, position: number, firstRow: number): KernelCall {
    const { delimiter, columnWidths, rowCapacity } = this.setup
    slot.bytes.fill(0, byteCount, byteCount + bytesBehind)
    const { bytesAt, reportAt } = slot
    const [start, limit] = [bytesAt + position, bytesAt + byteCount]
    return [start, limit, delimiter, reportAt, columnWidths.length, firstRow, rowCapacity]
  }

  private positionOf({ reportAt, bytesAt }: RowSlot): number {
    return new Uint32Array(this.memory.buffer, reportAt, 1)[0] - bytesAt
  }

  /** The table of the columns for the kernel, and views of them. */
  private layOut(reportAt: number): RowSlot {
    const { buffer } = this.memory
    const { columnWidths, rowCapacity, byteCapacity } = this.setup
    const [reportLength, ...columnLengths] = slotLengths(this.setup)
    const report = new Uint32Array(buffer, reportAt, 2 + 2 * columnWidths.length)
    let at = reportAt + reportLength
    const columns = columnWidths.map((width, column) => {
      report.set([at, width], 2 + 2 * column)
      const from = at
      at += columnLengths[column]
      if (width === 0) return undefined
      return width === 4 ? new Float32Array(buffer, from, rowCapacity) : new Float64Array(buffer, from, rowCapacity)
    })
    return { bytes: new Uint8Array(buffer, at, byteCapacity + bytesBehind), columns, reportAt, bytesAt: at }
  }
}

/** Bytes of a slot's parts, each on a border of eight: report, columns, text. */
function slotLengths({ columnWidths, rowCapacity, byteCapacity }: PlainRowSetup): readonly number[] {
  const lengths = [8 + 8 * columnWidths.length, ...columnWidths.map((width) => width * rowCapacity)]
  return [...lengths, byteCapacity + bytesBehind].map((length) => unitBytes * Math.ceil(length / unitBytes))
}
