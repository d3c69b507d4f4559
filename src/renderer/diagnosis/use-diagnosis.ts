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
  const speed = useSpeedForm()
  const { client } = useServices()
  const study = useStudyStore()
  const settings = useSettingsStore()
  const shown = useShownChannel()
  const form = reactive({
    bearing: settings.settings.defaults.bearing ?? '',
    bandHz: undefined as readonly [number, number] | undefined,
  })
  const bearings = shallowRef<readonly ListedBearing[]>([])

  watch(
    () => shown.value?.recordingId,
    () => (form.bandHz = undefined),
  )
  const state = useRequestState(
    'diagnosis.get',
    () => {
      const channel = shown.value
      if (channel === undefined || Number.isNaN(speed.speedRpm.value)) return undefined
      return {
        recordingId: channel.recordingId,
        channel: channel.channel,
        evidenceId: study.ribbonEvidence?.evidenceId,
        shaftSpeedRpm: speed.speedRpm.value,
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

  void loadBearings()
  return { ...speed, shown, form, bearings, state, view }
}

/** The speed as typed; an estimate is shown with its confidence and used only when the user takes it. */
function useSpeedForm() {
  const { client } = useServices()
  const library = useLibraryStore()
  const shown = useShownChannel()
  const speedText = ref('')
  const estimate = shallowRef<SpeedEstimate | undefined>()
  const message = ref<string | undefined>()
  watch(
    () => [shown.value?.recordingId, shown.value?.shaftSpeedRpm] as const,
    ([, rpm]) => {
      speedText.value = rpm === null || rpm === undefined ? '' : String(rpm)
      estimate.value = undefined
    },
    { immediate: true },
  )
  const speedRpm = computed(() => {
    const text = speedText.value.trim().replace(',', '.')
    return text === '' ? undefined : Number(text)
  })

  async function estimateSpeed(): Promise<void> {
    const channel = shown.value
    if (channel === undefined) return
    const input = { recordingId: channel.recordingId, channel: channel.channel, slowestRpm, fastestRpm }
    await tell(async () => {
      estimate.value = await client.request('speed.estimate', input, quiet())
    })
  }

  /** Keeps the speed with the recording, as entered by the user. */
  async function keepSpeed(): Promise<void> {
    const [entry, rpm] = [library.active, speedRpm.value]
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
  return { speedText, speedRpm, estimate, message, estimateSpeed, keepSpeed }
}
