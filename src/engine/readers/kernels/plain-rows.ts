import { compileKernels, growMemory, startKernels, type KernelMemory } from '../../load-wasm'

/** How a column is kept: not at all, as float32 (signals) or as float64 (times). */
export type ColumnWidth = 0 | 4 | 8
export type ColumnValues = Float32Array | Float64Array | undefined

export interface PlainRowSyntax {
  /** Byte of the delimiter; of no meaning with one column. */
  readonly delimiter: number
  readonly decimal: number
  readonly columnWidths: readonly ColumnWidth[]
}

interface RowKernel {
  readonly memory: KernelMemory
  prepare(decimal: number): number
  readPlainRows(
    start: number,
    limit: number,
    delimiter: number,
    columns: number,
    columnCount: number,
    firstRow: number,
    endRow: number,
  ): number
}

const bytesBehind = 32 // the kernel reads sixteen bytes at a time
const unitBytes = 8

/** Rows of plain numbers from bytes to columns, by the kernel of ./assembly, where stands what is plain. */
export class PlainRowReader {
  /** Values of each column by row; void after the next `take`. */
  columns: readonly ColumnValues[] = []
  private readonly kernel: RowKernel
  private readonly addresses: readonly number[]
  private readonly columnsAt: number
  private readonly bytesAt: number
  private byteCount = 0

  constructor(
    private readonly syntax: PlainRowSyntax,
    private readonly rowCapacity: number,
  ) {
    this.kernel = startKernels(compileKernels('readers')) as RowKernel // our own file
    growMemory(this.kernel.memory, 1)
    this.columnsAt = this.kernel.prepare(syntax.decimal)
    let free = this.columnsAt + unitBytes * syntax.columnWidths.length
    this.addresses = syntax.columnWidths.map((width) => {
      const at = free
      free += unitBytes * Math.ceil((width * rowCapacity) / unitBytes)
      return at
    })
    this.bytesAt = free
  }

  /** Copies the bytes, whose last is a line end, to the kernel. */
  take(bytes: Uint8Array): void {
    const { memory } = this.kernel
    const end = this.bytesAt + bytes.length
    const isMoved = growMemory(memory, end + bytesBehind)
    if (isMoved || this.columns.length === 0) this.layOut()
    new Uint8Array(memory.buffer).set(bytes, this.bytesAt)
    new Uint8Array(memory.buffer, end, bytesBehind).fill(0)
    this.byteCount = bytes.length
  }

  /** Reads from `position` in the bytes on as rows [firstRow, endRow), up to the first row that is not plain. */
  read(position: number, firstRow: number, endRow: number): { readonly endRow: number; readonly position: number } {
    const { kernel, syntax, bytesAt } = this
    const reached = kernel.readPlainRows(
      bytesAt + position,
      bytesAt + this.byteCount,
      syntax.delimiter,
      this.columnsAt,
      syntax.columnWidths.length,
      firstRow,
      endRow,
    )
    return { endRow: reached, position: new Uint32Array(kernel.memory.buffer, 0, 1)[0] - bytesAt }
  }

  /** The table of the columns for the kernel, and views of them. */
  private layOut(): void {
    const { buffer } = this.kernel.memory
    const { columnWidths } = this.syntax
    const entries = new Uint32Array(buffer, this.columnsAt, 2 * columnWidths.length)
    columnWidths.forEach((width, column) => entries.set([this.addresses[column], width], 2 * column))
    this.columns = columnWidths.map((width, column) => {
      const at = this.addresses[column]
      if (width === 0) return undefined
      return width === 4
        ? new Float32Array(buffer, at, this.rowCapacity)
        : new Float64Array(buffer, at, this.rowCapacity)
    })
  }
}
