import type { TimelineTrackId, TrackPlace } from '../../shared/app/timeline-layout'

/** CSS pixels below which a track's axis cannot be read. */
const leastHeights: Record<TimelineTrackId, number> = {
  waveform: 44,
  probability: 36,
  evidence: 26,
  spectrogram: 64,
  annotations: 20,
}
const leastLane = 30
export const trackBorder = 5

export function leastHeightOf(id: TimelineTrackId, laneCount: number): number {
  return id === 'waveform' ? Math.max(leastHeights.waveform, laneCount * leastLane) : leastHeights[id]
}

/**
 * Heights by weight, together as high as there is room; none below its least. Where the least ones together need more,
 * the tracks scroll.
 */
export function trackHeights(
  tracks: readonly TrackPlace[],
  available: number,
  laneCount: number,
): ReadonlyMap<TimelineTrackId, number> {
  const heights = new Map<TimelineTrackId, number>()
  let rest = available - trackBorder * tracks.length
  let open = [...tracks]
  // those that would come out too low get their least; the others share what is left, again
  for (;;) {
    const weightSum = open.reduce((sum, { weight }) => sum + weight, 0)
    const tooLow = open.filter(({ id, weight }) => (rest * weight) / weightSum < leastHeightOf(id, laneCount))
    if (tooLow.length === 0) {
      for (const { id, weight } of open) heights.set(id, Math.floor((rest * weight) / weightSum))
      return heights
    }
    for (const { id } of tooLow) {
      const least = leastHeightOf(id, laneCount)
      heights.set(id, least)
      rest -= least
    }
    open = open.filter((track) => !tooLow.includes(track))
  }
}

/** New weights after the border below `upper` went down by `by` pixels; the two tracks beside it share the change. */
export function dragBorder(
  heights: ReadonlyMap<TimelineTrackId, number>,
  upper: TimelineTrackId,
  lower: TimelineTrackId,
  by: number,
  laneCount: number,
): ReadonlyMap<TimelineTrackId, number> {
  const above = heights.get(upper) ?? 0
  const below = heights.get(lower) ?? 0
  const most = below - leastHeightOf(lower, laneCount)
  const least = leastHeightOf(upper, laneCount) - above
  const change = Math.max(Math.min(by, most), Math.min(0, least))
  return new Map(
    [...heights].map(([id, height]) => [id, id === upper ? above + change : id === lower ? below - change : height]),
  )
}
