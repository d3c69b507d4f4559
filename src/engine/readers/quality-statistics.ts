import { RunList } from './quality-runs'

/** Which runs are worth a notice, in samples. */
export interface RunLimits {
  readonly flatLength: number
  readonly gapLength: number
}

export interface SignalStatistics {
  readonly sampleCount: number
  readonly notNumberCount: number
  readonly firstNotNumber: number
  readonly gaps: RunList
  readonly minimum: number
  readonly maximum: number
  readonly mean: number
  /** RMS about the mean. */
  readonly acRms: number
  /** Smallest step between neighbours that is not zero: the resolution, where the signal has one. */
  readonly quantum: number
  readonly flats: RunList
  /** Share of equal neighbours outside the flat runs. */
  readonly equalShare: number
  /** Runs at the highest and the lowest value whose edges are steeper than the resolution. */
  readonly highClips: RunList
  readonly lowClips: RunList
}

const leastClipLength = 3

/** One pass over a signal, block by block: extremes, moments, and runs of equal or missing samples. */
export class SignalScanner {
  private index = 0
  private last = Number.NaN
  private beforeRun = Number.NaN // value before the run of equal samples
  private runStart = 0
  private gapStart = -1
  private notNumberCount = 0
  private firstNotNumber = -1
  private shift = Number.NaN // first value: moments about it lose no digits to a large mean
  private sum = 0
  private sumOfSquares = 0
  private minimum = Number.POSITIVE_INFINITY
  private maximum = Number.NEGATIVE_INFINITY
  private quantum = Number.POSITIVE_INFINITY
  private equalCount = 0
  private readonly gaps = new RunList()
  private readonly flats = new RunList()
  private readonly highClips = new RunList()
  private readonly lowClips = new RunList()

  constructor(private readonly limits: RunLimits) {}

  add(samples: Float32Array): void {
    for (const stored of samples) {
      const sample = stored - stored === 0 ? stored : Number.NaN // infinite is no measurement either
      if (sample !== this.last) this.change(sample)
      if (!Number.isNaN(sample)) {
        const value = sample - this.shift
        this.sum += value
        this.sumOfSquares += value * value
      }
      this.index++
    }
  }

  finish(): SignalStatistics {
    if (!Number.isNaN(this.last)) this.endRun(Number.NaN)
    if (this.gapStart >= 0) this.endGap()
    const count = this.index - this.notNumberCount
    const mean = this.sum / count
    const freeCount = Math.max(1, count - this.flats.sampleCount)
    const equalShare = Math.max(0, this.equalCount - this.flats.sampleCount + this.flats.count) / freeCount
    return {
      sampleCount: this.index,
      notNumberCount: this.notNumberCount,
      firstNotNumber: this.firstNotNumber,
      gaps: this.gaps,
      minimum: this.minimum,
      maximum: this.maximum,
      mean: this.shift + mean,
      acRms: Math.sqrt(Math.max(0, this.sumOfSquares / count - mean * mean)),
      quantum: this.quantum,
      flats: this.flats,
      equalShare,
      highClips: this.highClips,
      lowClips: this.lowClips,
    }
  }

  /** The value changes, or is NaN (which is never equal to itself, so each NaN comes here). */
  private change(sample: number): void {
    const isNumber = !Number.isNaN(sample)
    if (!Number.isNaN(this.last)) this.endRun(sample)
    if (isNumber) this.startRun(sample)
    else this.countMissing()
    this.last = sample
  }

  private startRun(sample: number): void {
    if (Number.isNaN(this.shift)) this.shift = sample
    if (this.gapStart >= 0) this.endGap()
    this.beforeRun = this.last
    this.runStart = this.index
    if (sample > this.maximum) {
      this.maximum = sample
      this.highClips.clear()
    }
    if (sample < this.minimum) {
      this.minimum = sample
      this.lowClips.clear()
    }
    const step = Math.abs(sample - this.last)
    if (step < this.quantum) this.quantum = step
  }

  private endRun(next: number): void {
    const length = this.index - this.runStart
    this.equalCount += length - 1
    if (length < leastClipLength) return
    const range = { start: this.runStart, end: this.index }
    if (length >= this.limits.flatLength) this.flats.add(range)
    if (this.last !== this.maximum && this.last !== this.minimum) return
    // A rounded smooth peak leaves its plateau by one step of the resolution; a clipped one falls off steeply.
    const edge = Math.max(edgeOf(this.last, this.beforeRun), edgeOf(this.last, next))
    if (edge <= 1.5 * this.quantum) return
    if (this.last === this.maximum) this.highClips.add(range)
    if (this.last === this.minimum) this.lowClips.add(range)
  }

  private countMissing(): void {
    this.notNumberCount++
    if (this.firstNotNumber < 0) this.firstNotNumber = this.index
    if (this.gapStart < 0) this.gapStart = this.index
  }

  private endGap(): void {
    if (this.index - this.gapStart >= this.limits.gapLength) this.gaps.add({ start: this.gapStart, end: this.index })
    this.gapStart = -1
  }
}

function edgeOf(value: number, neighbour: number): number {
  return Number.isNaN(neighbour) ? 0 : Math.abs(value - neighbour)
}
