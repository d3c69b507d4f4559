import type { RowScanner } from './csv-rows'
import { StepStatistics, type TimeReport } from './csv-timing'
import type { ColumnValues } from './kernels/plain-rows'
import type { TimeSource } from './text-time'

const rowsAtOnce = 4096 // their instants stay in the cache of the processor

/** Statistics of the seconds of each row, whatever columns they stand in. */
export class RowClock {
  private readonly statistics = new StepStatistics()
  private readonly seconds = new Float64Array(rowsAtOnce)
  private hasBaseDay = false

  constructor(
    private readonly source: TimeSource,
    private readonly scanner: RowScanner,
  ) {}

  /** Rows [start, end) of the columns; the scanner stands behind them. */
  take(columns: readonly ColumnValues[], start: number, end: number): void {
    for (let first = start; first < end; first += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, end - first)
      this.fillSeconds(columns, first, count)
      this.statistics.addRows(this.scanner.row - end + first, this.seconds, count)
    }
  }

  finish(): TimeReport {
    return this.statistics.finish()
  }

  private fillSeconds(columns: readonly ColumnValues[], first: number, count: number): void {
    const { seconds, source } = this
    const [a, b, c, d] = columns
      .slice(source.column, source.column + 4)
      .map((values) => values?.subarray(first, first + count))
    if (!a) return
    if (source.kind === 'number') {
      const { secondsPerUnit } = source
      for (let i = 0; i < count; i++) seconds[i] = a[i] * secondsPerUnit
    } else if (source.kind === 'timestamp') {
      for (let i = 0; i < count; i++) seconds[i] = this.fromBaseDay(a[i])
    } else if (b && c && d) {
      for (let i = 0; i < count; i++) seconds[i] = a[i] * 3600 + b[i] * 60 + c[i] + d[i] * 1e-6
    }
  }

  /** Days count from that of the first row, so that a double keeps nanoseconds. */
  private fromBaseDay(seconds: number): number {
    if (this.hasBaseDay || !(seconds > 0)) return seconds
    this.hasBaseDay = true
    this.scanner.baseDay = Math.floor(seconds / 86_400)
    return seconds - this.scanner.baseDay * 86_400
  }
}
