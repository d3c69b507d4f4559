import type { ScoreView } from '../../shared/app/study'
import type { SampleRange } from '../../shared/sample-range'
import type { ViewRange } from '../stores/use-view-store'

export type TimelineEvents = ScoreView['events']

export function eventRange(event: TimelineEvents[number], sampleRateHz: number): SampleRange {
  return { start: Math.round(event.startSeconds * sampleRateHz), end: Math.round(event.endSeconds * sampleRateHz) }
}

export function eventAt(events: TimelineEvents, sample: number, sampleRateHz: number): number | undefined {
  const seconds = sample / sampleRateHz
  const index = events.findIndex(({ startSeconds, endSeconds }) => seconds >= startSeconds && seconds < endSeconds)
  return index < 0 ? undefined : index
}

/** From the selected event, else from the middle of the view; undefined where there is none in that direction. */
export function stepEvent(
  events: TimelineEvents,
  selected: number | undefined,
  middleSeconds: number,
  by: -1 | 1,
): number | undefined {
  if (selected !== undefined) return events[selected + by] === undefined ? undefined : selected + by
  if (by > 0) {
    const next = events.findIndex(({ startSeconds }) => startSeconds >= middleSeconds)
    return next < 0 ? (events.length > 0 ? 0 : undefined) : next
  }
  const previous = events.findLastIndex(({ endSeconds }) => endSeconds <= middleSeconds)
  return previous < 0 ? (events.length > 0 ? events.length - 1 : undefined) : previous
}

/** A view in which the event stands in the middle: as near as before, unless the event needs more room. */
export function viewAround({ start, end }: SampleRange, view: ViewRange): ViewRange {
  const length = Math.max(view.end - view.start, (end - start) * 1.5)
  const middle = (start + end) / 2
  return { start: middle - length / 2, end: middle + length / 2 }
}
