import type { SampleRange } from '../../shared/sample-range'

const mostKept = 4

/** Runs of samples: the first few with their places, of the others the number and the last end. */
export class RunList {
  readonly runs: SampleRange[] = []
  count = 0
  sampleCount = 0
  longest = 0
  end = 0

  add(range: SampleRange): void {
    const length = range.end - range.start
    if (this.runs.length < mostKept) this.runs.push(range)
    this.count++
    this.sampleCount += length
    this.longest = Math.max(this.longest, length)
    this.end = range.end
  }

  clear(): void {
    this.runs.length = 0
    this.count = 0
    this.sampleCount = 0
    this.longest = 0
    this.end = 0
  }
}
