import { until, watchDebounced } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { SampleRange } from '../../shared/sample-range'

/** The least view: fewer samples than this are not worth a screen. */
const leastViewSamples = 32

/** A view that rests this long is looked at. */
const restMilliseconds = 150
/** What waits for the timeline's picture waits no longer. */
const mostWaitMilliseconds = 4000

/** A stretch of the time axis in samples of the active channel; ends may lie between samples. */
export interface ViewRange {
  readonly start: number
  readonly end: number
}

/** Where one looks: the view, the cursor and the selection, shared by all tracks and panels. */
export const useViewStore = defineStore('view', () => {
  const sampleCount = ref(0)
  const sampleRateHz = ref(1)
  const view = ref<ViewRange>({ start: 0, end: 0 })
  /** Sample under the pointer; undefined = none. */
  const cursorSample = ref<number | undefined>()
  /** Frequency under the pointer, where it is over one. */
  const cursorHz = ref<number | undefined>()
  const selection = ref<SampleRange | undefined>()
  /** Index of the event of the score that is selected; the selection is then its range. */
  const selectedEvent = ref<number | undefined>()

  /** What panels show: the selection, else the view; whole samples. */
  const shownRange = computed<SampleRange>(
    () => selection.value ?? { start: Math.floor(view.value.start), end: Math.ceil(view.value.end) },
  )

  /** Tiles of the view are still to come; set by the timeline. */
  const isLoading = ref(false)
  /** `shownRange` once the view rests and its picture is there: panels follow it without slowing a movement down. */
  const settledRange = shallowRef<SampleRange>(shownRange.value)

  /** Resolves when the timeline has drawn what is in view: what the engine can do later is asked for then. */
  async function untilDrawn(): Promise<void> {
    await until(isLoading).toBe(false, { timeout: mostWaitMilliseconds })
  }

  async function settle(): Promise<void> {
    await untilDrawn()
    settledRange.value = shownRange.value
  }
  watchDebounced(shownRange, settle, { debounce: restMilliseconds })

  /** A new channel on the axis; the view stays where it is when it is the same length and rate. */
  function setAxis(count: number, rateHz: number): void {
    const isSame = count === sampleCount.value && rateHz === sampleRateHz.value
    sampleCount.value = count
    sampleRateHz.value = rateHz
    if (isSame) return
    select(undefined)
    setCursor(undefined)
    view.value = { start: 0, end: count }
    settledRange.value = { start: 0, end: 0 } // of the channel before
    isLoading.value = count > 0
  }

  /** Moved and shortened so that it lies within the recording. */
  function show(range: ViewRange): void {
    const length = Math.min(sampleCount.value, Math.max(leastViewSamples, range.end - range.start))
    const middle = (range.start + range.end) / 2
    const start = Math.max(0, Math.min(middle - length / 2, sampleCount.value - length))
    view.value = { start, end: start + length }
  }

  /** @param factor of the length: below 1 nearer, above 1 farther; `sample` stays where it is on the screen */
  function zoomAt(sample: number, factor: number): void {
    const { start, end } = view.value
    const length = Math.min(sampleCount.value, Math.max(leastViewSamples, (end - start) * factor))
    const share = end > start ? (sample - start) / (end - start) : 0.5
    show({ start: sample - share * length, end: sample + (1 - share) * length })
  }

  function pan(samples: number): void {
    show({ start: view.value.start + samples, end: view.value.end + samples })
  }

  function fit(): void {
    view.value = { start: 0, end: sampleCount.value }
  }

  function setCursor(sample: number | undefined, hertz?: number): void {
    cursorSample.value = sample
    cursorHz.value = hertz
  }

  /** Undefined or an empty range: nothing is selected. */
  function select(range: SampleRange | undefined): void {
    selectedEvent.value = undefined
    if (range === undefined) {
      selection.value = undefined
      return
    }
    const start = Math.max(0, Math.floor(Math.min(range.start, range.end)))
    const end = Math.min(sampleCount.value, Math.ceil(Math.max(range.start, range.end)))
    selection.value = end > start ? { start, end } : undefined
  }

  const secondsOf = (sample: number): number => sample / sampleRateHz.value
  const sampleOf = (seconds: number): number => seconds * sampleRateHz.value

  return {
    sampleCount,
    sampleRateHz,
    view,
    cursorSample,
    cursorHz,
    selection,
    selectedEvent,
    shownRange,
    settledRange,
    isLoading,
    untilDrawn,
    setAxis,
    show,
    zoomAt,
    pan,
    fit,
    select,
    setCursor,
    secondsOf,
    sampleOf,
  }
})
