import { computed, ref, watch } from 'vue'
import { useRequestState } from '../composables/use-request-state'
import { useStudyStore } from '../stores/use-study-store'
import { useViewStore } from '../stores/use-view-store'
import { segmentAt, tellingSegment, type InspectedRange } from './inspected-range'

/** Columns of the small maps: as wide as they are drawn, twice over for sharp screens. */
const columnLimit = 600
const pointerRestMilliseconds = 120

/**
 * How the verdict of the selection comes about, else of the segment that was last under the cursor, else of the one that
 * pushes most.
 */
export function useInspection() {
  const study = useStudyStore()
  const view = useViewStore()
  const chosenChannels = ref<readonly number[]>([])
  const lastCursorSeconds = ref<number | undefined>()
  watch(
    () => view.cursorSample,
    (sample) => {
      if (sample !== undefined) lastCursorSeconds.value = view.secondsOf(sample)
    },
  )
  watch(
    () => study.chosenEvidence?.recordingId,
    () => (lastCursorSeconds.value = undefined),
  )

  const source = computed(() => {
    if (view.selection !== undefined) return view.selectedEvent === undefined ? 'selection' : 'event'
    return lastCursorSeconds.value === undefined ? 'telling' : 'cursor'
  })
  const range = computed<InspectedRange | undefined>(() => {
    const { score } = study
    if (view.selection !== undefined) {
      const { start, end } = view.selection
      return { startSeconds: view.secondsOf(start), endSeconds: view.secondsOf(end) }
    }
    if (score === undefined) return undefined
    return lastCursorSeconds.value === undefined ? tellingSegment(score) : segmentAt(score, lastCursorSeconds.value)
  })
  const state = useRequestState(
    'segment.inspect',
    () => {
      if (study.chosenEvidence === undefined || range.value === undefined) return undefined
      const { evidenceId } = study.chosenEvidence
      return {
        evidenceId,
        startSeconds: Math.max(0, range.value.startSeconds),
        endSeconds: range.value.endSeconds,
        faultThreshold: study.faultThreshold,
        featureChannels: chosenChannels.value.length === 0 ? undefined : [...chosenChannels.value],
        columnLimit,
      }
    },
    pointerRestMilliseconds,
  )

  function toggleChannel(index: number): void {
    const chosen = chosenChannels.value
    chosenChannels.value = chosen.includes(index) ? chosen.filter((each) => each !== index) : [...chosen, index]
  }
  return { state, source, chosenChannels, toggleChannel }
}
