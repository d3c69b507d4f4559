/** Half-open runs of values that were measured; NaN = not. */
export function measuredRuns(values: ArrayLike<number>): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = []
  let start = -1
  for (let i = 0; i <= values.length; i++) {
    const isMeasured = i < values.length && !Number.isNaN(values[i])
    if (isMeasured && start < 0) start = i
    if (!isMeasured && start >= 0) {
      runs.push({ start, end: i })
      start = -1
    }
  }
  return runs
}
