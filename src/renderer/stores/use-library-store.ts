import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Verdict } from '../../shared/analysis'
import type { OpenRecording } from '../../shared/app/study'
import type { RequestInput } from '../../shared/contract/requests'
import type { GrantedFile } from '../../shared/contract/shell-requests'
import { AnalyzerError } from '../../shared/errors'
import { useServices } from '../services/services'

export type ReadOptionsInput = RequestInput<'recording.open'>['read']
export type PropertyChanges = RequestInput<'recording.configure'>['properties']

export type EntryState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready'; readonly recording: OpenRecording }
  | { readonly kind: 'failed'; readonly message: string }

export type AnalysisState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'running'
      readonly jobId: string
      readonly stage: string
      readonly done: number
      readonly total: number
      /** performance.now() when the stage began */
      readonly startedAt: number
    }
  | { readonly kind: 'done'; readonly verdict: Verdict; readonly probability: number | null }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string }

/** One line of the library. */
export interface LibraryEntry {
  readonly id: string
  readonly name: string
  /** Undefined for the demo, which is made. */
  readonly file: GrantedFile | undefined
  readonly read: ReadOptionsInput
  readonly state: EntryState
  /** Index of the channel that is shown. */
  readonly channel: number
  readonly analysis: AnalysisState
}

/** The recordings that are open, in the order they came. A file that fails stays, with its reason. */
export const useLibraryStore = defineStore('library', () => {
  const { client } = useServices()
  const entries = shallowRef<readonly LibraryEntry[]>([])
  const activeId = ref<string | undefined>()
  let entryCount = 0

  const active = computed(() => entries.value.find(({ id }) => id === activeId.value))
  const activeRecording = computed(() =>
    active.value?.state.kind === 'ready' ? active.value.state.recording : undefined,
  )
  const activeChannel = computed(() => activeRecording.value?.summary.channels[active.value?.channel ?? 0])

  function change(id: string, changes: Partial<Omit<LibraryEntry, 'id'>>): void {
    entries.value = entries.value.map((entry) => (entry.id === id ? { ...entry, ...changes } : entry))
  }

  function add(name: string, file: GrantedFile | undefined, read: ReadOptionsInput): string {
    entryCount += 1
    const id = `entry-${entryCount}`
    const entry: LibraryEntry = {
      id,
      name,
      file,
      read,
      state: { kind: 'opening' },
      channel: 0,
      analysis: { kind: 'idle' },
    }
    entries.value = [...entries.value, entry]
    activeId.value ??= id
    return id
  }

  async function settle(id: string, opened: Promise<OpenRecording>): Promise<void> {
    try {
      change(id, { state: { kind: 'ready', recording: await opened } })
    } catch (error) {
      change(id, { state: { kind: 'failed', message: messageOf(error) } })
    }
  }

  /** Opens in the order given; the first becomes active when nothing was. Answers the ids. */
  async function open(files: readonly GrantedFile[], read: ReadOptionsInput = {}): Promise<readonly string[]> {
    const added = files.map((file) => ({ file, id: add(file.name, file, read) }))
    for (const { file, id } of added) {
      await settle(id, client.request('recording.open', { file: file.handle, read }, new AbortController().signal))
    }
    return added.map(({ id }) => id)
  }

  async function openDemo(name: string): Promise<string> {
    const id = add(name, undefined, {})
    activeId.value = id
    await settle(id, client.request('demo.open', {}, new AbortController().signal))
    return id
  }

  /** Once more, in its place: the engine has forgotten it. */
  async function reopen(id: string, file: GrantedFile | undefined, read: ReadOptionsInput): Promise<void> {
    const { signal } = new AbortController()
    change(id, { state: { kind: 'opening' }, analysis: { kind: 'idle' } })
    const opened =
      file === undefined
        ? client.request('demo.open', {}, signal)
        : client.request('recording.open', { file: file.handle, read }, signal)
    await settle(id, opened)
  }

  /** What the user says of the recording; @throws AnalyzerError where the engine refuses it, and then nothing changes */
  async function configure(id: string, properties: PropertyChanges, text?: ReadOptionsInput['text']): Promise<void> {
    const { state, read } = entries.value.find((entry) => entry.id === id) ?? {}
    if (state?.kind !== 'ready') return
    const { recordingId } = state.recording
    const input = { recordingId, properties, text }
    const recording = await client.request('recording.configure', input, new AbortController().signal)
    const reset = changesSignal(properties, text) ? { analysis: { kind: 'idle' } as const } : {}
    change(id, { state: { kind: 'ready', recording }, read: text === undefined ? read : { ...read, text }, ...reset })
  }

  async function remove(id: string): Promise<void> {
    const index = entries.value.findIndex((entry) => entry.id === id)
    if (index < 0) return
    const { state } = entries.value[index]
    entries.value = entries.value.filter((entry) => entry.id !== id)
    if (activeId.value === id) activeId.value = (entries.value[index] ?? entries.value[index - 1])?.id
    if (state.kind !== 'ready') return
    await client.request('recording.close', { recordingId: state.recording.recordingId }, new AbortController().signal)
  }

  const activate = (id: string): void => void (activeId.value = id)
  const chooseChannel = (id: string, channel: number): void => change(id, { channel })
  const setAnalysis = (id: string, analysis: AnalysisState): void => change(id, { analysis })

  return {
    entries,
    activeId,
    active,
    activeRecording,
    activeChannel,
    open,
    openDemo,
    reopen,
    configure,
    remove,
    activate,
    chooseChannel,
    setAnalysis,
  }
})

/** Rate, unit, sensitivity and layout change what the networks see; speed and names do not. */
export function changesSignal(properties: PropertyChanges, text: ReadOptionsInput['text']): boolean {
  const names: readonly (keyof PropertyChanges)[] = ['sampleRateHz', 'unit', 'sensitivity']
  return text !== undefined || names.some((name) => properties[name] !== undefined)
}

/** The sentence for the user; anything that is no AnalyzerError is a bug and says so. */
export function messageOf(error: unknown): string {
  if (error instanceof AnalyzerError) return error.message
  throw error
}
