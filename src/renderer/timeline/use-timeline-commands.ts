import { useAnnotationStore } from '../stores/use-annotation-store'
import { useLibraryStore } from '../stores/use-library-store'
import { useStudyStore } from '../stores/use-study-store'
import { useTimelineLayoutStore } from '../stores/use-timeline-layout-store'
import { useViewStore } from '../stores/use-view-store'
import { eventRange, stepEvent, viewAround } from './event-steps'

const zoomStep = 0.6
const panShare = 0.15

/** What keys, menu and buttons do to the timeline. */
export function useTimelineCommands() {
  const view = useViewStore()
  const study = useStudyStore()
  const layout = useTimelineLayoutStore()
  const library = useLibraryStore()

  const middle = (): number => (view.view.start + view.view.end) / 2
  const length = (): number => view.view.end - view.view.start

  function selectEvent(index: number): void {
    const event = study.score?.events[index]
    if (event === undefined) return
    const range = eventRange(event, view.sampleRateHz)
    view.select(range)
    view.selectedEvent = index
    const isInView = range.start >= view.view.start && range.end <= view.view.end
    if (!isInView) view.show(viewAround(range, view.view))
  }

  function toEvent(by: -1 | 1): void {
    const next = stepEvent(study.score?.events ?? [], view.selectedEvent, view.secondsOf(middle()), by)
    if (next !== undefined) selectEvent(next)
  }

  /** A cursor that keys move: from the middle of the view when there is none. */
  function moveCursor(share: number): void {
    const sample = (view.cursorSample ?? middle()) + share * length()
    view.setCursor(Math.max(view.view.start, Math.min(view.view.end, sample)), view.cursorHz)
  }

  return {
    ...useMarkCommands(() => toEvent(1)),
    zoomIn: () => view.zoomAt(view.cursorSample ?? middle(), zoomStep),
    zoomOut: () => view.zoomAt(view.cursorSample ?? middle(), 1 / zoomStep),
    panLeft: () => view.pan(-panShare * length()),
    panRight: () => view.pan(panShare * length()),
    toStart: () => view.show({ start: 0, end: length() }),
    toEnd: () => view.show({ start: view.sampleCount - length(), end: view.sampleCount }),
    fit: () => view.fit(),
    showSelection: () => {
      if (view.selection !== undefined) view.show(view.selection)
    },
    clearSelection: () => view.select(undefined),
    cursorLeft: () => moveCursor(-0.005),
    cursorRight: () => moveCursor(0.005),
    toggleMap: () => layout.change({ isMapShown: !layout.layout.isMapShown }),
    /** @param place from 1, in the order of the list of models */
    chooseModel: (place: number) => {
      const model = study.models[place - 1]
      if (model !== undefined) study.modelId = model.id
    },
    nextEvent: () => toEvent(1),
    previousEvent: () => toEvent(-1),
    selectEvent,
    hasRecording: () => library.activeRecording !== undefined,
  }
}

function useMarkCommands(toNextEvent: () => void) {
  const annotations = useAnnotationStore()
  async function answer(which: 'confirm' | 'refute'): Promise<void> {
    if (await annotations.answerEvent(which)) toNextEvent()
  }
  return {
    annotate: () => void annotations.annotateSelection(),
    confirmEvent: () => void answer('confirm'),
    refuteEvent: () => void answer('refute'),
  }
}

export type TimelineCommands = ReturnType<typeof useTimelineCommands>
