import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import {
  firstTimelineLayout,
  timelineLayoutSchema,
  type TimelineLayout,
  type TimelineTrackId,
} from '../../shared/app/timeline-layout'

/** Which tracks there are, how high and how drawn. `layout` is what a project keeps. */
export const useTimelineLayoutStore = defineStore('timeline-layout', () => {
  const layout = shallowRef<TimelineLayout>(firstTimelineLayout)
  const shownTracks = computed(() => layout.value.tracks.filter(({ isShown }) => isShown))

  function change(changes: Partial<TimelineLayout>): void {
    layout.value = { ...layout.value, ...changes }
  }

  /** @throws ZodError where `kept` is no layout */
  function restore(kept: unknown): void {
    layout.value = timelineLayoutSchema.parse(kept)
  }

  function setShown(id: TimelineTrackId, isShown: boolean): void {
    change({ tracks: layout.value.tracks.map((track) => (track.id === id ? { ...track, isShown } : track)) })
  }

  function setWeights(weights: ReadonlyMap<TimelineTrackId, number>): void {
    const tracks = layout.value.tracks.map((track) => ({ ...track, weight: weights.get(track.id) ?? track.weight }))
    change({ tracks })
  }

  /** Past its next shown neighbour; −1 up, 1 down. */
  function move(id: TimelineTrackId, by: -1 | 1): void {
    const tracks = [...layout.value.tracks]
    const from = tracks.findIndex((track) => track.id === id)
    let to = from + by
    while (tracks[to] !== undefined && !tracks[to].isShown) to += by
    if (tracks[to] === undefined) return
    tracks.splice(to, 0, ...tracks.splice(from, 1))
    change({ tracks })
  }

  return { layout, shownTracks, change, restore, setShown, setWeights, move }
})
