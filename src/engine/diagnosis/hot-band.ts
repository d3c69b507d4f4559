import { AnalyzerError } from '../../shared/errors'

export interface MapRows {
  /** Lower edge of row 0, Hz. */
  readonly lowHz: number
  readonly rowHeightHz: number
  /** Mean over time of max(0, evidence) of each row, lowest frequency first; NaN = not measured. */
  readonly meanPositiveEvidence: ArrayLike<number>
}

export interface HotBand {
  readonly bandHz: readonly [number, number]
  /** Share of all positive evidence that lies inside. */
  readonly share: number
}

/** Rows next to the hottest belong to its band while they hold this share of its evidence. */
const neighbourShare = 0.5

/**
 * The band where a 2D map sees the fault: the hottest row and its neighbours down to half of it, widened evenly to
 * `leastBandwidthHz` inside the map. Undefined where no row pushes to fault: there is no band to look into then.
 * @throws AnalyzerError bad-request for a map lower than the width asked for
 */
export function hotBand(rows: MapRows, leastBandwidthHz: number): HotBand | undefined {
  const { lowHz, rowHeightHz, meanPositiveEvidence: heat } = rows
  const heightHz = heat.length * rowHeightHz
  if (!(heightHz >= leastBandwidthHz)) {
    throw new AnalyzerError(
      'bad-request',
      `The map is ${heightHz} Hz high; a band of at least ${leastBandwidthHz} Hz does not fit in it.`,
    )
  }
  const hottest = indexOfLargest(heat)
  if (hottest === undefined) return undefined
  let first = hottest
  let end = hottest + 1
  while (first > 0 && heat[first - 1] >= neighbourShare * heat[hottest]) first -= 1
  while (end < heat.length && heat[end] >= neighbourShare * heat[hottest]) end += 1
  while ((end - first) * rowHeightHz < leastBandwidthHz) {
    if (first > 0 && (end === heat.length || hottest - first <= end - 1 - hottest)) first -= 1
    else end += 1
  }
  return {
    bandHz: [lowHz + first * rowHeightHz, lowHz + end * rowHeightHz],
    share: sumOf(heat, first, end) / sumOf(heat, 0, heat.length),
  }
}

function indexOfLargest(values: ArrayLike<number>): number | undefined {
  let best: number | undefined
  for (let i = 0; i < values.length; i++) {
    if (values[i] > (best === undefined ? 0 : values[best])) best = i
  }
  return best
}

function sumOf(values: ArrayLike<number>, first: number, end: number): number {
  let sum = 0
  for (let i = first; i < end; i++) if (values[i] > 0) sum += values[i]
  return sum
}
