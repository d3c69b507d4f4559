/** Half-open range of sample indices, [start, end). Integers; seconds appear at the axis only. */
export interface SampleRange {
  readonly start: number
  readonly end: number
}

/** The part of `range` inside [0, count); empty ranges stay empty. */
export function clampRange(range: SampleRange, count: number): SampleRange {
  const start = Math.min(Math.max(0, range.start), count)
  return { start, end: Math.min(Math.max(start, range.end), count) }
}
