import { computed, ref, shallowRef } from 'vue'
import type { OpenRecording } from '../../shared/app/study'
import type { GrantedFile } from '../../shared/contract/shell-requests'
import { shownValue, useRequestState } from '../composables/use-request-state'
import { useShownChannel } from '../composables/use-shown-channel'
import { useServices } from '../services/services'
import { saidByUser } from '../stores/said-by-user'
import { messageOf, useLibraryStore, type ReadOptionsInput } from '../stores/use-library-store'

const stretchSeconds = 1

/** Rate, unit and layout that the user gave hold for the healthy ones too; the panel says so. */
function sharedReadOptions({ properties }: OpenRecording, text: ReadOptionsInput['text']): ReadOptionsInput {
  const { sampleRateHz, unit } = saidByUser(properties)
  return { sampleRateHz: sampleRateHz?.value ?? undefined, unit: unit?.value ?? undefined, text }
}

/** The active channel against healthy recordings that the user picks. */
export function useBaseline() {
  const { host } = useServices()
  const library = useLibraryStore()
  const shown = useShownChannel()
  const files = shallowRef<readonly GrantedFile[]>([])
  const pickMessage = ref<string | undefined>()
  const state = useRequestState('baseline.compare', () => {
    const [channel, recording] = [shown.value, library.activeRecording]
    if (channel === undefined || recording === undefined || files.value.length === 0) return undefined
    return {
      recordingId: channel.recordingId,
      channel: channel.channel,
      baseline: files.value.map(({ handle }) => handle),
      baselineRead: sharedReadOptions(recording, library.active?.read.text),
      stretchSeconds,
      limits: {},
    }
  })
  const comparison = computed(() => shownValue(state.value))

  async function pick(): Promise<void> {
    try {
      pickMessage.value = undefined
      const picked = await host.pickFiles('recordings')
      if (picked.length > 0) files.value = picked
    } catch (error) {
      pickMessage.value = messageOf(error)
    }
  }
  return { shown, files, pick, pickMessage, state, comparison }
}
