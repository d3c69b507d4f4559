import { defineStore } from 'pinia'
import { toast } from 'vue-sonner'
import type { TextPreview } from '../../shared/app/study'
import type { GrantedFile } from '../../shared/contract/shell-requests'
import { rememberedPrefix } from '../../shared/settings'
import { useServices } from '../services/services'
import { useAnalysisStore } from './use-analysis-store'
import { useCaseStore } from './use-case-store'
import { useDialogStore } from './use-dialog-store'
import { messageOf, useLibraryStore, type ReadOptionsInput } from './use-library-store'
import { useSettingsStore } from './use-settings-store'

const textFormats = ['csv', 'text']

/** From granted files to analysed entries: remembered layouts, the import dialog for a lone unknown one, the queue. */
export const useOpeningStore = defineStore('opening', () => {
  const { client, host } = useServices()
  const library = useLibraryStore()
  const analysis = useAnalysisStore()
  const settings = useSettingsStore()
  const dialogs = useDialogStore()
  const desk = useCaseStore()
  const quiet = () => new AbortController().signal

  async function openFiles(files: readonly GrantedFile[]): Promise<void> {
    if (files.length === 0) return
    const project = files.find(({ name }) => name.toLowerCase().endsWith('.vibralens'))
    if (project !== undefined) return openProject(project)
    const ids = await library.open(files)
    library.activate(ids[0])
    for (const [index, id] of ids.entries()) await afterOpening(id, files[index], files.length === 1)
    await rememberSession()
  }

  async function openProject(file: GrantedFile): Promise<void> {
    await desk.openFile(file)
    analysis.enqueue(library.entries.map(({ id }) => id))
  }

  async function afterOpening(id: string, file: GrantedFile, isAlone: boolean): Promise<void> {
    const entry = library.entries.find((each) => each.id === id)
    if (entry?.state.kind !== 'ready') return
    if (textFormats.includes(entry.state.recording.summary.format)) {
      const known = await rememberedLayout(file)
      if (known !== undefined) await library.configure(id, {}, known)
      else if (isAlone) {
        dialogs.show({ kind: 'import', entryId: id })
        return
      }
    }
    analysis.enqueue([id])
  }

  /** What the user chose for files of this layout before. */
  async function rememberedLayout(file: GrantedFile): Promise<ReadOptionsInput['text'] | undefined> {
    if (settings.settings.textLayouts.length === 0) return undefined
    const { layoutKey } = await preview(file.handle, {}, quiet())
    return settings.settings.textLayouts.find(({ key }) => key === layoutKey)?.layout
  }

  function preview(handle: string, read: ReadOptionsInput, signal: AbortSignal): Promise<TextPreview> {
    return client.request('text.preview', { file: handle, read }, signal)
  }

  async function rememberSession(): Promise<void> {
    if (!host.capabilities.canReopenFiles) return
    const files = library.entries.flatMap(({ file }) => (file === undefined ? [] : [file.handle]))
    await client.request('settings.rememberSession', { files }, quiet())
  }

  /** Runs what a dialog or drop gives; trouble is told where the user looks: a toast. */
  async function openFrom(pick: () => Promise<readonly GrantedFile[]>): Promise<void> {
    try {
      await openFiles(await pick())
    } catch (error) {
      toast.error(messageOf(error))
    }
  }

  const pickFiles = (): Promise<void> => openFrom(() => host.pickFiles('recordings'))
  const pickProject = (): Promise<void> => openFrom(() => host.pickFiles('project'))
  const pickFolder = (): Promise<void> => openFrom(() => host.pickFolder())

  /** The recordings of the last session; those that are gone stay in the list with the reason. */
  function reopenSession(): Promise<void> {
    return openFiles(
      settings.settings.sessionFiles.map(({ path, name }) => ({
        handle: `${rememberedPrefix}${path}`,
        name,
        bytes: 0,
      })),
    )
  }

  /** The engine was started again and holds nothing: what the library lists is opened once more. */
  async function openAgain(): Promise<void> {
    for (const { id, file, read } of library.entries) await library.reopen(id, file, read)
  }

  async function openDemo(name: string): Promise<void> {
    const id = await library.openDemo(name)
    analysis.enqueue([id])
  }

  return {
    openFiles,
    openFrom,
    pickFiles,
    pickFolder,
    pickProject,
    openDemo,
    reopenSession,
    openAgain,
    preview,
    rememberSession,
  }
})
