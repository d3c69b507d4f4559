import { computed, reactive, watch } from 'vue'
import { frequencyScale } from '../charts/frequency-axis'
import { cursorLines, snapToPeak, type CursorKind } from '../charts/spectrum-cursors'
import { shownValue, useRequestState } from '../composables/use-request-state'
import { useShownChannel } from '../composables/use-shown-channel'
import { useSettingsStore } from '../stores/use-settings-store'

export const frameLengths = ['auto', '1024', '4096', '16384', '65536'] as const
export const tapers = ['hann', 'hamming', 'blackman', 'flattop', 'rectangular'] as const
export const overlaps = ['0', '0.5', '0.75'] as const

export interface SpectrumForm {
  frameLength: string
  overlap: string
  taper: (typeof tapers)[number]
  isDb: boolean
  bandLowHz: string
  bandHighHz: string
  cursorKind: CursorKind
  cursorHz: number | undefined
  spacingHz: string
}

const snapBins = 6

/** The spectrum or envelope spectrum of what is shown, its settings and its cursor. */
export function useSpectrum(kind: 'spectrum' | 'envelope') {
  const shown = useShownChannel()
  const settings = useSettingsStore()
  const form = reactive<SpectrumForm>({
    frameLength: 'auto',
    overlap: '0.5',
    taper: 'hann',
    isDb: false,
    bandLowHz: '',
    bandHighHz: '',
    cursorKind: 'single',
    cursorHz: undefined,
    spacingHz: '',
  })
  // an upper half of the spectrum to begin with: where structures ring
  watch(
    () => shown.value?.sampleRateHz,
    (rate) => {
      form.bandLowHz = rate === undefined ? '' : String(Math.round(rate * 0.1))
      form.bandHighHz = rate === undefined ? '' : String(Math.round(rate * 0.4))
    },
    { immediate: true },
  )
  const isBandWrong = computed(() => kind === 'envelope' && shown.value !== undefined && !isBand(bandOf(form)))
  const state = useRequestState('panel.spectrum', () => {
    const channel = shown.value
    if (channel === undefined) return undefined
    if (isBandWrong.value) return undefined
    return {
      recordingId: channel.recordingId,
      channel: channel.channel,
      startSample: channel.startSample,
      endSample: channel.endSample,
      frameLength: form.frameLength === 'auto' ? undefined : Number(form.frameLength),
      overlap: Number(form.overlap),
      taper: form.taper,
      envelopeBandHz: kind === 'envelope' ? bandOf(form) : undefined,
    }
  })
  const spectrum = computed(() => shownValue(state.value))
  const scale = computed(() => frequencyScale(settings.settings.units.frequency, shown.value?.shaftSpeedRpm ?? null))
  const cursors = computed(() => {
    const view = spectrum.value
    if (view === undefined || form.cursorHz === undefined) return []
    const shaftHz = (shown.value?.shaftSpeedRpm ?? 0) / 60
    const spacingHz = Number(form.spacingHz) || shaftHz
    return cursorLines(
      { kind: form.cursorKind, frequencyHz: form.cursorHz, spacingHz },
      view.binHz * view.amplitude.length,
    )
  })

  function pick(frequencyHz: number): void {
    const view = spectrum.value
    if (view !== undefined) form.cursorHz = snapToPeak(view.amplitude, view.binHz, frequencyHz, snapBins)
  }
  return { shown, form, isBandWrong, state, spectrum, scale, cursors, pick }
}

const bandOf = ({ bandLowHz, bandHighHz }: SpectrumForm): [number, number] => [Number(bandLowHz), Number(bandHighHz)]
const isBand = ([low, high]: readonly [number, number]): boolean => low > 0 && high > low && Number.isFinite(high)
