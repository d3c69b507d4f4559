import { useElementSize } from '@vueuse/core'
import { computed, type ShallowRef } from 'vue'
import type { TimelineTrackId } from '../../shared/app/timeline-layout'
import { useTimelineLayoutStore } from '../stores/use-timeline-layout-store'
import { dragBorder, trackHeights } from './track-heights'

const menuStep = 24 // CSS pixels a press of 'Higher' or 'Lower'

/** Heights of the shown tracks in the room there is, and what changes them. */
export function useTrackHeights(room: Readonly<ShallowRef<HTMLElement | null>>, laneCount: () => number) {
  const layout = useTimelineLayoutStore()
  const { height: available } = useElementSize(room)
  const heights = computed(() => trackHeights(layout.shownTracks, available.value, laneCount()))

  function dragBelow(id: TimelineTrackId, by: number): void {
    const shown = layout.shownTracks
    const lower = shown[shown.findIndex((track) => track.id === id) + 1]
    if (lower !== undefined) layout.setWeights(dragBorder(heights.value, id, lower.id, by, laneCount()))
  }

  /** The neighbour below gives or takes the room; for the lowest track the one above. */
  function resize(id: TimelineTrackId, by: -1 | 1): void {
    const shown = layout.shownTracks
    const index = shown.findIndex((track) => track.id === id)
    if (index < shown.length - 1) dragBelow(id, by * menuStep)
    else if (index > 0) dragBelow(shown[index - 1].id, -by * menuStep)
  }

  return { heights, dragBelow, resize }
}
