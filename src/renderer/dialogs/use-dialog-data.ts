import { ref, shallowRef, watch } from 'vue'
import type { BackendCheck, TextPreview } from '../../shared/app/study'
import type { ModelCheck } from '../../shared/contract/outputs'
import type { ModelCard } from '../../shared/model-card'
import { LatestOnly } from '../services/latest-only'
import { useServices } from '../services/services'
import { useAnalysisStore } from '../stores/use-analysis-store'
import {
  changesSignal,
  messageOf,
  useLibraryStore,
  type LibraryEntry,
  type PropertyChanges,
  type ReadOptionsInput,
} from '../stores/use-library-store'
import { useOpeningStore } from '../stores/use-opening-store'
import { useSettingsStore } from '../stores/use-settings-store'
import { useStudyStore } from '../stores/use-study-store'
import { layoutOf } from './import-form'
import type { PreviewAnswer } from './ImportDialog.vue'

const quiet = () => new AbortController().signal

/** Each backend's self-check, run once when the settings are first opened. */
export function useBackendChecks(isOpen: () => boolean) {
  const { client } = useServices()
  const backends = shallowRef<readonly BackendCheck[] | undefined>()
  watch(isOpen, async (open) => {
    if (open && backends.value === undefined) backends.value = await client.request('backend.check', {}, quiet())
  })
  return { backends }
}

/** The card that is read, and its check; the first to be shown is the one in use. */
export function useModelCards(isOpen: () => boolean) {
  const { client } = useServices()
  const study = useStudyStore()
  const card = shallowRef<ModelCard | undefined>()
  const check = ref<ModelCheck | 'running' | undefined>()
  async function show(id: string): Promise<void> {
    check.value = undefined
    card.value = await client.request('model.show', { id }, quiet())
  }
  async function run(id: string): Promise<void> {
    check.value = 'running'
    check.value = await client.request('model.checkInstalled', { id }, quiet())
  }
  watch(isOpen, (open) => open && study.modelId !== undefined && void show(study.modelId))
  return { card, check, show, run }
}

export function useAppInfo(isOpen: () => boolean) {
  const { client } = useServices()
  const info = shallowRef<{ readonly version: string; readonly platform: string } | undefined>()
  watch(isOpen, async (open) => {
    if (open) info.value = await client.request('app.info', {}, quiet())
  })
  return { info }
}

/** What the dialogs about one entry do: properties, and how a text file is read. */
export function useEntryForms(entry: () => LibraryEntry | undefined) {
  const library = useLibraryStore()
  const study = useStudyStore()
  const analysis = useAnalysisStore()
  const settings = useSettingsStore()
  const opening = useOpeningStore()
  const newestLook = new LatestOnly()

  async function configure(properties: PropertyChanges, text?: ReadOptionsInput['text']): Promise<string | undefined> {
    const current = entry()
    if (current?.state.kind !== 'ready') return undefined
    try {
      const isOther = changesSignal(properties, text)
      await library.configure(current.id, properties, text)
      if (isOther) study.dropEvidence(current.state.recording.recordingId)
      if (isOther || current.analysis.kind === 'idle') analysis.enqueue([current.id])
      return undefined
    } catch (error) {
      return messageOf(error)
    }
  }

  async function look(read: ReadOptionsInput): Promise<PreviewAnswer | undefined> {
    const handle = entry()?.file?.handle
    if (handle === undefined) return undefined
    try {
      const preview = await newestLook.run((signal) => opening.preview(handle, read, signal))
      return preview === undefined ? undefined : { kind: 'preview', preview }
    } catch (error) {
      return { kind: 'refused', message: messageOf(error) }
    }
  }

  async function applyImport(
    { sampleRateHz, unit }: ReadOptionsInput,
    preview: TextPreview,
    isRemembered: boolean,
  ): Promise<string | undefined> {
    const layout = layoutOf(preview)
    const refusal = await configure(
      { ...(sampleRateHz === undefined ? {} : { sampleRateHz }), ...(unit === undefined ? {} : { unit }) },
      layout,
    )
    if (refusal !== undefined || !isRemembered) return refusal
    const others = settings.settings.textLayouts.filter(({ key }) => key !== preview.layoutKey)
    await settings.set({ textLayouts: [...others, { key: preview.layoutKey, layout }].slice(-200) })
    return undefined
  }

  return { applyProperties: configure, look, applyImport }
}
