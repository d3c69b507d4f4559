export interface Peak {
  /** Of the bin of the local maximum. */
  readonly bin: number
  /** Place of the top of the parabola through the maximum and its neighbours, in bins. */
  readonly position: number
  readonly height: number
  /** Height above the higher of the two lowest points that part it from higher values, or from the ends. */
  readonly prominence: number
}

/** Maxima looked at, the highest first: the cost does not grow with the square of the length. */
const candidateLimit = 400

/**
 * The most prominent local maxima, at most `limit`, most prominent first (prominence as in topography, and in
 * scipy.signal.peak_prominences). Ends are no peaks; NaN ends a search.
 */
export function findPeaks(values: ArrayLike<number>, limit: number): Peak[] {
  const candidates: number[] = []
  for (let i = 1; i < values.length - 1; i++)
    if (values[i] > values[i - 1] && values[i] >= values[i + 1]) candidates.push(i)
  candidates.sort((a, b) => values[b] - values[a])
  return candidates
    .slice(0, candidateLimit)
    .map((bin) => ({ bin, position: topOf(values, bin), height: values[bin], prominence: prominenceOf(values, bin) }))
    .sort((a, b) => b.prominence - a.prominence)
    .slice(0, limit)
}

function prominenceOf(values: ArrayLike<number>, bin: number): number {
  const height = values[bin]
  const lowest = (step: 1 | -1): number => {
    let low = height
    for (let i = bin + step; values[i] <= height; i += step) low = Math.min(low, values[i])
    return low
  }
  return height - Math.max(lowest(-1), lowest(1))
}

/** Within half a bin of the maximum. */
function topOf(values: ArrayLike<number>, bin: number): number {
  const [left, middle, right] = [values[bin - 1], values[bin], values[bin + 1]]
  return bin + (0.5 * (left - right)) / (left - 2 * middle + right)
}
