import { defineStore } from 'pinia'
import { computed, nextTick, watch } from 'vue'
import { translator } from '../../shared/locales/translate'
import { regionRange, type Annotation, type AnnotationChanges } from '../../shared/project/annotation'
import { eventRange } from '../timeline/event-steps'
import type { LaneMark } from '../timeline/paint-annotations'
import { useAnnotationLaneStore } from './use-annotation-lane-store'
import { useCaseStore } from './use-case-store'
import { useLibraryStore } from './use-library-store'
import { useProjectStore } from './use-project-store'
import { useStudyStore } from './use-study-store'
import { useViewStore } from './use-view-store'

const tones: Readonly<Record<Annotation['kind'], LaneMark['tone']>> = {
  fault: 'fault',
  healthy: 'healthy',
  doubtful: 'uncertain',
  disturbance: 'neutral',
  note: 'neutral',
}

/** Marks on the active channel: made from the selection or from an event, shown on the timeline's lane. */
export const useAnnotationStore = defineStore('annotation', () => {
  const project = useProjectStore()
  const desk = useCaseStore()
  const library = useLibraryStore()
  const study = useStudyStore()
  const view = useViewStore()
  const lane = useAnnotationLaneStore()

  const selected = computed(() => project.annotations.find(({ id }) => id === project.selectedId))
  const ofActive = computed(() => {
    const recordingId = desk.activeRecordingId
    if (recordingId === undefined) return []
    return project.annotations.filter((each) => each.recordingId === recordingId)
  })

  function markOf(annotation: Annotation): LaneMark {
    const { id, kind, text, region } = annotation
    const { start, end } = regionRange(region)
    const words = translator(study.locale)(`annotation.kind.${kind}`)
    return {
      id,
      start,
      end: region.shape === 'point' ? start : end,
      text: text === '' ? words : text,
      tone: tones[kind],
      isSelected: id === project.selectedId,
    }
  }
  watch(
    () =>
      ofActive.value
        .filter(({ channel }) => channel === null || channel === library.active?.channel)
        .map((annotation) => markOf(annotation)),
    (marks) => lane.setMarks(marks),
    { immediate: true },
  )

  /** Marks the selection, or the cursor where nothing is selected. */
  async function annotateSelection(): Promise<void> {
    const range = view.selection
    const sample = view.cursorSample
    const { active } = library
    if (active === undefined || (range === undefined && sample === undefined)) return
    const region =
      range === undefined
        ? { shape: 'point' as const, sample: Math.max(0, Math.min(Math.round(sample ?? 0), view.sampleCount - 1)) }
        : { shape: 'range' as const, startSample: range.start, endSample: range.end }
    const recordingId = await desk.ensureRecording()
    if (recordingId === undefined) return
    const annotation = { recordingId, channel: active.channel, region, kind: 'note' as const }
    const [id] = await project.edit({ type: 'annotation.add', annotations: [annotation] })
    project.selectedId = id
  }

  /** Answers whether the selected event was answered. */
  async function answerEvent(answer: 'confirm' | 'refute'): Promise<boolean> {
    const event = study.score?.events[view.selectedEvent ?? -1]
    const { active } = library
    const modelId = study.modelId
    if (event === undefined || active === undefined || modelId === undefined) return false
    const { start, end } = eventRange(event, view.sampleRateHz)
    const { peakProbability, evidence } = event
    const recordingId = await desk.ensureRecording()
    if (recordingId === undefined) return false
    const answered = { answer, modelId, startSample: start, endSample: end, peakProbability, evidence }
    const [id] = await project.edit({ type: 'event.answer', recordingId, channel: active.channel, event: answered })
    if (id !== undefined) project.selectedId = id
    return id !== undefined
  }

  const change = (id: string, changes: AnnotationChanges): Promise<readonly string[]> =>
    project.edit({ type: 'annotation.change', id, changes }, `form ${id} ${Object.keys(changes).join()}`)
  const remove = (id: string): Promise<readonly string[]> => project.edit({ type: 'annotation.remove', ids: [id] })

  /** Selects it, and shows it where its recording is open. */
  async function jumpTo(annotation: Annotation): Promise<void> {
    project.selectedId = annotation.id
    const entryId = [...project.recordingIds].find(([, id]) => id === annotation.recordingId)?.[0]
    if (entryId === undefined) return
    library.activate(entryId)
    if (annotation.channel !== null) library.chooseChannel(entryId, annotation.channel)
    await nextTick() // the axis follows the channel
    const { start, end } = regionRange(annotation.region)
    view.select({ start, end })
    if (start < view.view.start || end > view.view.end) {
      const length = Math.max((end - start) * 3, view.view.end - view.view.start)
      view.show({ start: (start + end - length) / 2, end: (start + end + length) / 2 })
    }
  }

  return { selected, ofActive, annotateSelection, answerEvent, change, remove, jumpTo }
})
