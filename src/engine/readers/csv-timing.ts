/** A place where time doesn't go on by one step. */
export interface TimeBreak {
  readonly row: number
  /** Seconds from the row before; negative = backwards. */
  readonly seconds: number
}

export interface TimeReport {
  /** Undefined when the times don't rise. */
  readonly sampleRateHz: number | undefined
  /** How the rate was found, for the list of guesses. */
  readonly reason: string
  readonly stepSeconds: number
  readonly medianStepSeconds: number
  /** RMS deviation of the instants from an even grid, in seconds. */
  readonly jitterSeconds: number
  /** More than a tenth of the rows have the time of the row before: the clock ticks slower than the samples. */
  readonly isCoarse: boolean
  readonly missingCount: number
  readonly gapCount: number
  readonly backwardCount: number
  readonly gaps: readonly TimeBreak[]
  readonly backwards: readonly TimeBreak[]
}

const firstCount = 4096 // instants that tell the usual step before the rest is judged
const mostBreaks = 8
const reservoirLength = 65_536
const day = 86_400

/**
 * Statistics of the instants of all rows in one pass and bounded memory. The step is the slope of the line fitted through
 * the instants with gaps taken out: printed times are often rounded (FEMTO prints steps of 39.0625 µs as 30 to 41 µs,
 * median 40), which biases the median step by 2 % and the slope by nothing.
 */
export class StepStatistics {
  private readonly first: number[] = []
  private readonly firstRows: number[] = []
  private readonly reservoir = new Float64Array(reservoirLength)
  private reservoirCount = 0
  private reservoirStride = 1
  private stepCount = 0
  private usualStep = 0
  private gapLimit = 0
  private isCoarse = false
  private isStarted = false
  private lastTime = Number.NaN
  private elapsed = 0 // seconds with gaps taken out
  private lastRow = -1
  // Sums over the rows with a time, of x = row and y = elapsed − row · usualStep
  private count = 0
  private sumX = 0
  private sumY = 0
  private sumXX = 0
  private sumXY = 0
  private sumYY = 0
  private missingCount = 0
  private gapCount = 0
  private backwardCount = 0
  private readonly gaps: TimeBreak[] = []
  private readonly backwards: TimeBreak[] = []

  add(row: number, seconds: number): void {
    if (Number.isNaN(seconds)) {
      this.missingCount++
      return
    }
    if (this.isStarted) this.take(row, seconds)
    else {
      this.first.push(seconds)
      this.firstRows.push(row)
      if (this.first.length === firstCount) this.start()
    }
  }

  /** The instants of `count` rows from `firstRow` on; the same as add() for each, quicker where they are even. */
  addRows(firstRow: number, times: Float64Array, count: number): void {
    for (let i = 0; i < count;) {
      i += this.addEvenRows(firstRow + i, times.subarray(i, count))
      if (i < count) this.add(firstRow + i, times[i++])
    }
  }

  /** Goes on until a step is no usual one; gives the number of rows taken. All sums in local variables: this runs for each row. */
  private addEvenRows(firstRow: number, times: Float64Array): number {
    if (!this.isStarted || this.lastRow !== firstRow - 1) return 0
    const { usualStep, gapLimit, stepCount } = this
    let { lastTime, elapsed, sumX, sumY, sumXX, sumXY, sumYY } = this
    let i = 0
    for (; i < times.length; i++) {
      const step = times[i] - lastTime
      if (!(step >= 0 && step <= gapLimit)) break
      lastTime = times[i]
      elapsed += step
      if (((stepCount + i) & (this.reservoirStride - 1)) === 0) this.keep(step)
      const row = firstRow + i
      const y = elapsed - row * usualStep
      sumX += row
      sumY += y
      sumXX += row * row
      sumXY += row * y
      sumYY += y * y
    }
    this.lastTime = lastTime
    this.elapsed = elapsed
    this.sumX = sumX
    this.sumY = sumY
    this.sumXX = sumXX
    this.sumXY = sumXY
    this.sumYY = sumYY
    this.count += i
    this.stepCount += i
    this.lastRow += i
    return i
  }

  finish(): TimeReport {
    if (!this.isStarted) this.start()
    const slope = this.slope()
    const step = this.usualStep + slope
    const spread = Math.sqrt(Math.max(0, this.residualPower(slope)))
    const isRising = this.count >= 2 && step > 0 && this.backwardCount <= 0.1 * this.count
    const tolerance = 1e-9 + (2 * spread) / Math.max(this.elapsed, step)
    return {
      sampleRateHz: isRising ? roundestRate(step, tolerance) : undefined,
      reason: isRising ? `slope of the time column over ${this.count} rows` : 'the time column does not rise',
      stepSeconds: step,
      medianStepSeconds: median(this.reservoir.subarray(0, this.reservoirCount)),
      jitterSeconds: spread,
      isCoarse: this.isCoarse,
      missingCount: this.missingCount,
      gapCount: this.gapCount,
      backwardCount: this.backwardCount,
      gaps: this.gaps,
      backwards: this.backwards,
    }
  }

  /** The usual step of the first instants, then these instants again as ordinary ones. */
  private start(): void {
    this.isStarted = true
    const steps = this.first
      .slice(1)
      .map((time, i) => (time - this.first[i]) / (this.firstRows[i + 1] - this.firstRows[i]))
    const rising = steps.filter((step) => step > 0)
    const stillCount = steps.filter((step) => step === 0).length
    this.isCoarse = stillCount > 0.1 * steps.length
    const typical = median(rising)
    this.usualStep = this.isCoarse ? (typical * rising.length) / Math.max(1, steps.length) : typical
    const deviations = rising.map((step) => Math.abs(step - typical))
    this.gapLimit = this.isCoarse ? 1.5 * typical + this.usualStep : 1.5 * typical + 2 * quantile(deviations, 0.95)
    this.first.forEach((time, i) => this.take(this.firstRows[i], time))
    this.first.length = 0
  }

  private take(row: number, seconds: number): void {
    if (this.count > 0) this.step(row, seconds)
    this.lastTime = seconds
    this.lastRow = row
    const y = this.elapsed - row * this.usualStep
    this.count++
    this.sumX += row
    this.sumY += y
    this.sumXX += row * row
    this.sumXY += row * y
    this.sumYY += y * y
  }

  private step(row: number, seconds: number): void {
    const rowCount = row - this.lastRow
    let step = seconds - this.lastTime
    if (step < -0.9 * day && step > -day) step += day // a clock that passes midnight
    const usual = this.usualStep * rowCount
    if (step < 0) {
      this.backwardCount++
      if (this.backwards.length < mostBreaks) this.backwards.push({ row, seconds: step })
      this.elapsed += usual
      return
    }
    if (this.gapLimit > 0 && step > this.gapLimit + usual - this.usualStep) {
      this.gapCount++
      if (this.gaps.length < mostBreaks) this.gaps.push({ row, seconds: step })
      this.elapsed += usual
      return
    }
    this.elapsed += step
    if ((this.stepCount++ & (this.reservoirStride - 1)) === 0) this.keep(step / rowCount)
  }

  /** Every n-th step is kept; n, a power of two, doubles when there are too many. */
  private keep(step: number): void {
    this.reservoir[this.reservoirCount++] = step
    if (this.reservoirCount < reservoirLength) return
    this.reservoirCount /= 2
    for (let i = 0; i < this.reservoirCount; i++) this.reservoir[i] = this.reservoir[2 * i]
    this.reservoirStride *= 2
  }

  private slope(): number {
    const spread = this.sumXX - (this.sumX * this.sumX) / this.count
    if (this.count < 2 || spread <= 0) return 0
    return (this.sumXY - (this.sumX * this.sumY) / this.count) / spread
  }

  private residualPower(slope: number): number {
    if (this.count < 3) return 0
    const powerY = this.sumYY - (this.sumY * this.sumY) / this.count
    const powerX = this.sumXX - (this.sumX * this.sumX) / this.count
    return (powerY - slope * slope * powerX) / this.count
  }
}

/** The rate or step with the fewest digits that the times allow: 25600 rather than 25599.98. */
export function roundestRate(stepSeconds: number, tolerance: number): number {
  const rate = 1 / stepSeconds
  for (let digits = 1; digits <= 7; digits++) {
    const rounded = Number(rate.toPrecision(digits))
    if (Math.abs(rounded - rate) <= tolerance * rate) return rounded
    const step = Number(stepSeconds.toPrecision(digits))
    if (Math.abs(step - stepSeconds) <= tolerance * stepSeconds) return Number((1 / step).toPrecision(12))
  }
  return rate
}

function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5)
}

function quantile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0) return 0
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}
