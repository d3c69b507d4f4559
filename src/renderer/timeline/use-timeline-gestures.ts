import { useEventListener } from '@vueuse/core'
import type { ShallowRef } from 'vue'
import { useStudyStore } from '../stores/use-study-store'
import { useViewStore } from '../stores/use-view-store'
import { eventAt } from './event-steps'
import { frequencyAt, type FrequencyScale } from './frequency-scale'
import {
  brushGesture,
  panGesture,
  readWheel,
  selectGesture,
  type Gesture,
  type GestureTarget,
  type PlotPlace,
} from './gestures'
import { axisWidth, headerWidth, legendWidth } from './surface'
import { useTimelineCommands } from './use-timeline-commands'

/** Pointer and wheel on the tracks. An element with `data-plot` is a plot; its value is the track. */
export function useTimelineGestures(
  stage: Readonly<ShallowRef<HTMLElement | null>>,
  frequencies: () => FrequencyScale | undefined,
): void {
  const view = useViewStore()
  let gesture: Gesture | undefined

  const target = useGestureTarget()

  const plotOf = (): PlotPlace => {
    const width = stage.value?.clientWidth ?? 0
    const left = headerWidth + axisWidth
    return { left, width: Math.max(1, width - left - legendWidth) }
  }
  const xOf = (event: MouseEvent): number => event.clientX - (stage.value?.getBoundingClientRect().left ?? 0)
  function begin(event: PointerEvent): void {
    const track = trackOf(event)
    if (track === null || event.button !== 0 || view.sampleCount === 0) return
    const kind = track.dataset['plot'] === 'overview' ? brushGesture : event.shiftKey ? selectGesture : panGesture
    gesture = kind(target, plotOf(), xOf(event))
    track.setPointerCapture(event.pointerId)
  }

  function follow(event: PointerEvent): void {
    gesture?.move(xOf(event))
    const track = trackOf(event)
    const { left, width } = plotOf()
    const share = (xOf(event) - left) / width
    if (track === null || track.dataset['plot'] === 'overview' || share < 0 || share >= 1) {
      view.setCursor(undefined)
      return
    }
    const scale = track.dataset['plot'] === 'spectrogram' ? frequencies() : undefined
    const hertz = scale === undefined ? undefined : hertzUnder(event, track, scale)
    view.setCursor(view.view.start + share * (view.view.end - view.view.start), hertz)
  }

  const end = (event: PointerEvent): void => {
    gesture?.end(xOf(event), event.type === 'pointercancel')
    gesture = undefined
  }

  function turn(event: WheelEvent): void {
    if (trackOf(event) === null || view.sampleCount === 0) return
    event.preventDefault()
    const { left, width } = plotOf()
    const { zoom, pan } = readWheel(event)
    const perPixel = (view.view.end - view.view.start) / width
    if (pan !== 0) view.pan(pan * perPixel)
    else view.zoomAt(view.view.start + (xOf(event) - left) * perPixel, zoom)
  }

  useEventListener(stage, 'pointerdown', begin)
  useEventListener(stage, 'pointermove', follow)
  useEventListener(stage, ['pointerup', 'pointercancel'], end)
  useEventListener(stage, 'pointerleave', () => view.setCursor(undefined))
  useEventListener(stage, 'wheel', turn, { passive: false })
  useEventListener(stage, 'dblclick', (event: MouseEvent) => trackOf(event) !== null && view.fit())
}

function trackOf(event: Event): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>('[data-plot]') : null
}

function hertzUnder(event: MouseEvent, track: HTMLElement, scale: FrequencyScale): number {
  const box = track.getBoundingClientRect()
  return frequencyAt(scale, event.clientY - box.top, box.height)
}

function useGestureTarget(): GestureTarget {
  const view = useViewStore()
  const study = useStudyStore()
  const commands = useTimelineCommands()
  return {
    get view() {
      return view.view
    },
    get sampleCount() {
      return view.sampleCount
    },
    show: view.show,
    select: view.select,
    click: (sample) => {
      const event = eventAt(study.score?.events ?? [], sample, view.sampleRateHz)
      if (event !== undefined) commands.selectEvent(event)
    },
  }
}
