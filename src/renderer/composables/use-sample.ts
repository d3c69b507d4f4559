import type { ShallowRef } from 'vue'
import { onScopeDispose, shallowRef } from 'vue'
import type { AnalysisResult } from '../../shared/analysis'
import type { EngineClient } from '../../shared/contract/engine-client'
import type { Locale } from '../../shared/locales/translate'

export type SampleState =
  | { readonly kind: 'working' }
  | { readonly kind: 'ready'; readonly results: readonly AnalysisResult[] }
  | { readonly kind: 'failed'; readonly message: string }

/** Analyses the sample recording once; leaving the scope gives it up. */
export function useSample(client: EngineClient, locale: Locale): Readonly<ShallowRef<SampleState>> {
  const state = shallowRef<SampleState>({ kind: 'working' })
  const controller = new AbortController()
  onScopeDispose(() => controller.abort())
  const run = async (): Promise<void> => {
    const { jobId } = await client.request('demo.create', { locale }, controller.signal)
    const { results } = await client.request('analysis.result', { jobId }, controller.signal)
    state.value = { kind: 'ready', results }
  }
  run().catch((error: unknown) => {
    state.value = { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  })
  return state
}
