import type { MapSide } from '../../shared/app/tracks'

/** Sums run over whole blocks of columns; between block borders they are added up. */
const blockColumns = 64
const bytesPerValue = 4

/** CAM_n + b_n of both classes at positions [steps × bins], as one pass gives them. */
interface StepValues {
  readonly stepCount: number
  readonly bins: number
  readonly healthy: Float32Array
  readonly fault: Float32Array
}

interface Side {
  /** [rows × columns]; 0 where nothing was measured */
  values: Float32Array
  /** Σ value · count before each block, [rows × (blocks + 1)] */
  sums: Float64Array
}

/**
 * The map of both classes over a whole recording, and its mean over any stretch of time. Every step is kept as long as
 * that fits `byteLimit`; else runs of steps are averaged into columns (`stepsPerColumn` says how many).
 */
export class StepMap {
  readonly stepCount: number
  readonly rows: number
  #stepsPerColumn: number
  #columns: number
  /** Measured steps of each column. */
  #counts: Uint32Array
  #countSums: Float64Array = new Float64Array(0)
  readonly #sides: Readonly<Record<'healthy' | 'fault', Side>>

  constructor(stepCount: number, rows: number, byteLimit: number) {
    this.stepCount = stepCount
    this.rows = rows
    this.#stepsPerColumn = Math.max(1, Math.ceil((2 * bytesPerValue * rows * stepCount) / byteLimit))
    this.#columns = Math.ceil(stepCount / this.#stepsPerColumn)
    this.#counts = new Uint32Array(this.#columns)
    const empty = (): Side => ({ values: new Float32Array(rows * this.#columns), sums: new Float64Array(0) })
    this.#sides = { healthy: empty(), fault: empty() }
  }

  get stepsPerColumn(): number {
    return this.#stepsPerColumn
  }

  get byteLength(): number {
    return (2 * bytesPerValue * this.rows + this.#counts.BYTES_PER_ELEMENT) * this.#columns
  }

  /** Steps in any order, each once; `finish` comes after the last. */
  keep(firstStep: number, maps: StepValues, isMeasured: Uint8Array): void {
    for (let i = 0; i < maps.stepCount; i++) {
      if (isMeasured[i] === 0) continue
      const column = Math.floor((firstStep + i) / this.#stepsPerColumn)
      this.#counts[column] += 1
      for (const name of ['healthy', 'fault'] as const) {
        const { values } = this.#sides[name]
        for (let row = 0; row < this.rows; row++) {
          values[row * this.#columns + column] += maps[name][i * maps.bins + row]
        }
      }
    }
  }

  /** Turns sums into means and prepares `means`. */
  finish(): void {
    for (const { values } of Object.values(this.#sides)) {
      for (let i = 0; i < values.length; i++) values[i] /= Math.max(1, this.#counts[i % this.#columns])
    }
    this.#sumBlocks()
  }

  /** Averages columns in pairs: half the memory, half the resolution. */
  coarsen(): void {
    const columns = Math.ceil(this.#columns / 2)
    const counts = new Uint32Array(columns)
    for (let i = 0; i < this.#columns; i++) counts[i >> 1] += this.#counts[i]
    for (const side of Object.values(this.#sides)) {
      const values = new Float32Array(this.rows * columns)
      for (let i = 0; i < side.values.length; i++) {
        const column = i % this.#columns
        const to = ((i - column) / this.#columns) * columns + (column >> 1)
        if (this.#counts[column] > 0) values[to] += (side.values[i] * this.#counts[column]) / counts[column >> 1]
      }
      side.values = values
    }
    this.#counts = counts
    this.#columns = columns
    this.#stepsPerColumn *= 2
    this.#sumBlocks()
  }

  /**
   * Means between neighbours of `edges` (steps, rising, fractions allowed: a step counts by the share of it that lies
   * between), [rows × (edges − 1)]; NaN where nothing was measured. difference = fault − healthy = the evidence.
   */
  means(edges: Float64Array, side: MapSide): Float32Array {
    if (side !== 'difference') return Float32Array.from(this.#means(edges, side))
    const fault = this.#means(edges, 'fault')
    const healthy = this.#means(edges, 'healthy')
    return Float32Array.from(fault, (value, i) => value - healthy[i])
  }

  #means(edges: Float64Array, side: 'healthy' | 'fault'): Float64Array {
    const width = edges.length - 1
    const means = new Float64Array(this.rows * width)
    const places = Float64Array.from(edges, (edge) => Math.min(this.#columns, Math.max(0, edge / this.#stepsPerColumn)))
    const weights = places.map((place) => this.#upTo(place, this.#countSums, 0, undefined, 0))
    const { values, sums } = this.#sides[side]
    const blockCount = this.#countSums.length
    for (let row = 0; row < this.rows; row++) {
      let before = this.#upTo(places[0], sums, row * blockCount, values, row * this.#columns)
      for (let i = 0; i < width; i++) {
        const after = this.#upTo(places[i + 1], sums, row * blockCount, values, row * this.#columns)
        means[row * width + i] = this.#meanBetween(places, weights, i, after - before, values, row)
        before = after
      }
    }
    return means
  }

  #meanBetween(
    places: Float64Array,
    weights: Float64Array,
    index: number,
    sum: number,
    values: Float32Array,
    row: number,
  ): number {
    const length = places[index + 1] - places[index]
    if (!(length > 0)) return Number.NaN
    const column = Math.floor(places[index])
    if (places[index + 1] <= column + 1) {
      // within one column: its value itself, without the rounding of long sums
      return this.#counts[column] === 0 ? Number.NaN : values[row * this.#columns + column]
    }
    const weight = weights[index + 1] - weights[index]
    return weight > 1e-6 * length ? sum / weight : Number.NaN
  }

  /** Σ value · count of the columns before `place`, the last one by its share; Σ count where no values are given. */
  #upTo(
    place: number,
    blockSums: Float64Array,
    blockOffset: number,
    values: Float32Array | undefined,
    valueOffset: number,
  ): number {
    const column = Math.min(Math.floor(place), this.#columns - 1)
    if (column < 0) return 0
    const block = Math.floor(column / blockColumns)
    const weigh = (i: number): number => this.#counts[i] * (values === undefined ? 1 : values[valueOffset + i])
    let sum = blockSums[blockOffset + block]
    for (let i = block * blockColumns; i < column; i++) sum += weigh(i)
    return sum + (place - column) * weigh(column)
  }

  #sumBlocks(): void {
    const blockCount = Math.ceil(this.#columns / blockColumns) + 1
    this.#countSums = new Float64Array(blockCount)
    for (let i = 0; i < this.#columns; i++) this.#countSums[Math.floor(i / blockColumns) + 1] += this.#counts[i]
    accumulate(this.#countSums, 0, blockCount)
    for (const side of Object.values(this.#sides)) {
      side.sums = new Float64Array(this.rows * blockCount)
      for (let row = 0; row < this.rows; row++) {
        const from = row * blockCount
        for (let i = 0; i < this.#columns; i++) {
          side.sums[from + Math.floor(i / blockColumns) + 1] += this.#counts[i] * side.values[row * this.#columns + i]
        }
        accumulate(side.sums, from, blockCount)
      }
    }
  }
}

function accumulate(sums: Float64Array, offset: number, count: number): void {
  for (let i = offset + 1; i < offset + count; i++) sums[i] += sums[i - 1]
}
