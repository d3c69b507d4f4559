import { computed } from 'vue'
import { useLibraryStore } from '../stores/use-library-store'
import { useViewStore } from '../stores/use-view-store'

/** What the signal panels are about: the active channel, and the selection or else the view. */
export function useShownChannel() {
  const library = useLibraryStore()
  const view = useViewStore()
  return computed(() => {
    const recording = library.activeRecording
    const channel = library.activeChannel
    const { start, end } = view.settledRange
    if (recording === undefined || channel === undefined || channel.sampleRateHz === null) return undefined
    const startSample = Math.max(0, Math.min(start, channel.sampleCount))
    const endSample = Math.min(end, channel.sampleCount)
    if (endSample <= startSample) return undefined
    return {
      recordingId: recording.recordingId,
      channel: library.active?.channel ?? 0,
      name: channel.name,
      unit: channel.unit,
      sampleRateHz: channel.sampleRateHz,
      shaftSpeedRpm: recording.properties.shaftSpeedRpm.value,
      isSelection: view.selection !== undefined,
      startSample,
      endSample,
    }
  })
}
