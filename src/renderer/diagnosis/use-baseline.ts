import { computed, ref, shallowRef } from 'vue'
import type { GrantedFile } from '../../shared/contract/shell-requests'
import { shownValue, useRequestState } from '../composables/use-request-state'
import { useShownChannel } from '../composables/use-shown-channel'
import { useServices } from '../services/services'
import { messageOf, useLibraryStore, type ReadOptionsInput } from '../stores/use-library-store'

const stretchSeconds = 1

/** What the user said of this recording holds for the healthy ones too (the panel says so), but not which variables. */
function sharedReadOptions({ sampleRateHz, unit, text }: ReadOptionsInput): ReadOptionsInput {
  return { sampleRateHz, unit, text }
}

/** The active channel against healthy recordings that the user picks. */
export function useBaseline() {
  const { host } = useServices()
  const library = useLibraryStore()
  const shown = useShownChannel()
  const files = shallowRef<readonly GrantedFile[]>([])
  const pickMessage = ref<string | undefined>()
  const state = useRequestState('baseline.compare', () => {
    const channel = shown.value
    if (channel === undefined || files.value.length === 0) return undefined
    return {
      recordingId: channel.recordingId,
      channel: channel.channel,
      baseline: files.value.map(({ handle }) => handle),
      baselineRead: library.active === undefined ? undefined : sharedReadOptions(library.active.read),
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
