import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { RequestInput, RequestName, RequestOutput } from '../../shared/contract/requests'
import { LatestOnly } from '../services/latest-only'
import { useServices } from '../services/services'
import { messageOf } from '../stores/use-library-store'

/** `value` of an older question stays until the newer answer is there. */
export type RequestState<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly value: T | undefined }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly message: string }

/**
 * The engine's answer to a question that changes: asked `delayMilliseconds` after the last change, the newest wins.
 * @param input undefined = nothing to ask
 */
export function useRequestState<Name extends RequestName>(
  name: Name,
  input: () => RequestInput<Name> | undefined,
  delayMilliseconds = 80,
): ShallowRef<RequestState<RequestOutput<Name>>> {
  const { client } = useServices()
  const state = shallowRef<RequestState<RequestOutput<Name>>>({ kind: 'idle' })
  const newest = new LatestOnly()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(question: RequestInput<Name>): Promise<void> {
    try {
      const value = await newest.run((signal) => client.request(name, question, signal))
      if (value !== undefined) state.value = { kind: 'ready', value }
    } catch (error) {
      state.value = { kind: 'failed', message: messageOf(error) }
    }
  }

  function plan(question: RequestInput<Name> | undefined): void {
    clearTimeout(timer)
    newest.stop()
    if (question === undefined) {
      state.value = { kind: 'idle' }
      return
    }
    state.value = { kind: 'loading', value: shownValue(state.value) }
    timer = setTimeout(() => void ask(question), delayMilliseconds)
  }

  // inputs are small plain objects: compared by content, so that a re-render asks nothing
  watch(
    () => JSON.stringify(input()),
    () => plan(input()),
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    newest.stop()
  })
  return state
}

export function shownValue<T>(state: RequestState<T>): T | undefined {
  return state.kind === 'ready' || state.kind === 'loading' ? state.value : undefined
}
