import { computed, reactive, ref, shallowRef, watch } from 'vue'
import type { ListedBearing } from '../../shared/diagnosis/views'
import { shownValue, useRequestState } from '../composables/use-request-state'
import { useShownChannel } from '../composables/use-shown-channel'
import { useServices } from '../services/services'
import { messageOf, useLibraryStore } from '../stores/use-library-store'
import { useSettingsStore } from '../stores/use-settings-store'
import { useStudyStore } from '../stores/use-study-store'

const quiet = () => new AbortController().signal
const slowestRpm = 60
const fastestRpm = 12_000

export interface SpeedEstimate {
  readonly shaftSpeedRpm: number
  readonly confidence: number
}

/** Speed and bearing as the user gives them, and what both witnesses say of the active channel. */
export function useDiagnosis() {
  const { client } = useServices()
  const library = useLibraryStore()
  const study = useStudyStore()
  const settings = useSettingsStore()
  const shown = useShownChannel()
  const form = reactive({
    speedRpm: '',
    bearing: settings.settings.defaults.bearing ?? '',
    bandHz: undefined as readonly [number, number] | undefined,
  })
  const bearings = shallowRef<readonly ListedBearing[]>([])
  const estimate = shallowRef<SpeedEstimate | undefined>()
  const message = ref<string | undefined>()

  watch(
    () => shown.value?.shaftSpeedRpm,
    (rpm) => (form.speedRpm = rpm === null || rpm === undefined ? '' : String(rpm)),
    { immediate: true },
  )
  watch(
    () => shown.value?.recordingId,
    () => {
      estimate.value = undefined
      form.bandHz = undefined
    },
  )

  const speedRpm = computed(() => {
    const text = form.speedRpm.trim().replace(',', '.')
    return text === '' ? undefined : Number(text)
  })
  const state = useRequestState(
    'diagnosis.get',
    () => {
      const channel = shown.value
      if (channel === undefined || Number.isNaN(speedRpm.value)) return undefined
      return {
        recordingId: channel.recordingId,
        channel: channel.channel,
        evidenceId: study.ribbonEvidence?.evidenceId,
        shaftSpeedRpm: speedRpm.value,
        bearing: form.bearing.trim() === '' ? undefined : form.bearing.trim(),
        bandHz: form.bandHz === undefined ? undefined : ([...form.bandHz] as [number, number]),
        locale: settings.locale,
      }
    },
    300,
  )
  const view = computed(() => shownValue(state.value))

  async function loadBearings(): Promise<void> {
    bearings.value = (await client.request('bearing.list', {}, quiet())).bearings
  }

  /** Shown as an estimate with its confidence; used only when the user takes it. */
  async function estimateSpeed(): Promise<void> {
    const channel = shown.value
    if (channel === undefined) return
    const input = { recordingId: channel.recordingId, channel: channel.channel, slowestRpm, fastestRpm }
    await tell(async () => {
      estimate.value = await client.request('speed.estimate', input, quiet())
    })
  }

  /** Keeps the speed with the recording, as entered by the user. */
  async function keepSpeed(rpm: number | undefined): Promise<void> {
    const entry = library.active
    if (entry === undefined || rpm === undefined) return
    await tell(() => library.configure(entry.id, { shaftSpeedRpm: rpm }))
  }

  async function tell(work: () => Promise<void>): Promise<void> {
    try {
      message.value = undefined
      await work()
    } catch (error) {
      message.value = messageOf(error)
    }
  }

  void loadBearings()
  return { shown, form, speedRpm, bearings, estimate, message, state, view, estimateSpeed, keepSpeed }
}
