/**
 * Evidence over time and frequency, signed, in logit units: never clipped, never stretched (DESIGN.md §1). 1D and 2D
 * share it, with rows = 1 for 1D.
 */
export interface ActivationMap {
  /** [rows × columns], row-major; row 0 is the lowest frequency. NaN = nothing measured. */
  readonly values: Float32Array
  readonly rows: number
  readonly columns: number
  readonly unit: 'logit'
  /** steps averaged into one column; the last column may hold fewer */
  readonly stepsPerColumn: number
}

/** Averages steps into at most `columnLimit` columns as they arrive, in order; memory does not grow with the recording. */
export class MapBuilder {
  private readonly sums: Float64Array
  private readonly counts: Uint32Array
  private readonly rows: number
  private readonly columns: number
  private readonly stepsPerColumn: number

  constructor(stepCount: number, rows: number, columnLimit: number) {
    this.rows = rows
    this.stepsPerColumn = Math.max(1, Math.ceil(stepCount / columnLimit))
    this.columns = Math.ceil(stepCount / this.stepsPerColumn)
    this.sums = new Float64Array(rows * this.columns)
    this.counts = new Uint32Array(this.columns)
  }

  /** @param position evidence of step `step` at each row */
  add(step: number, evidence: Float32Array, offset: number): void {
    const column = Math.floor(step / this.stepsPerColumn)
    this.counts[column] += 1
    for (let row = 0; row < this.rows; row++) this.sums[row * this.columns + column] += evidence[offset + row]
  }

  /** Exact means of the steps added; a column without any is NaN. */
  finish(): ActivationMap {
    const { rows, columns, stepsPerColumn } = this
    const values = new Float32Array(rows * columns)
    for (let i = 0; i < values.length; i++) values[i] = this.sums[i] / this.counts[i % columns]
    return { values, rows, columns, unit: 'logit', stepsPerColumn }
  }
}
