import { defineStore } from 'pinia'
import { markRaw, onScopeDispose, ref, watch } from 'vue'
import type { TrackSpec } from '../../shared/app/tracks'
import { useServices } from '../services/services'
import { TileCache } from '../timeline/tile-cache'
import { useLibraryStore } from './use-library-store'
import { useStudyStore } from './use-study-store'

const byteLimit = 128 * 2 ** 20
const parallelLimit = 6

/** The tiles of all tracks. `revision` counts up when one came; the arrays themselves are not reactive. */
export const useTileStore = defineStore('tiles', () => {
  const { client, host } = useServices()
  const library = useLibraryStore()
  const study = useStudyStore()
  const revision = ref(0)
  const cache = markRaw(
    new TileCache({
      fetch: ({ track, level, index }, signal) => client.request('tile.get', { track, level, index }, signal),
      onChange: () => void (revision.value += 1),
      byteLimit,
      parallelLimit,
      now: () => performance.now(),
    }),
  )

  function isOver(track: TrackSpec): boolean {
    if (track.kind === 'evidence') {
      return ![...study.evidence.values()].some(({ evidenceId }) => evidenceId === track.evidenceId)
    }
    return !library.entries.some(
      ({ state }) => state.kind === 'ready' && state.recording.recordingId === track.recordingId,
    )
  }

  watch([() => library.entries, () => study.evidence], () => cache.forget(isOver))
  // read with another rate, unit or sensitivity: the same id, other values
  watch(
    () => library.activeRecording,
    (now, before) => {
      if (now === undefined || now.recordingId !== before?.recordingId) return
      cache.forget((track) => track.kind !== 'evidence' && track.recordingId === now.recordingId)
    },
  )
  onScopeDispose(
    client.subscribe(({ name }) => {
      if (name === 'engine.restarted') cache.forget(() => true)
    }),
  )
  onScopeDispose(host.onConnectionChange((state) => state === 'open' && cache.retryFailed()))
  onScopeDispose(() => cache.dispose())

  return { revision, cache }
})
