import { defineStore } from 'pinia'
import { computed } from 'vue'
import { toast } from 'vue-sonner'
import type { RequestInput } from '../../shared/contract/requests'
import type { GrantedFile } from '../../shared/contract/shell-requests'
import { translator } from '../../shared/locales/translate'
import type { ProjectState } from '../../shared/project/project-state'
import { useServices } from '../services/services'
import { saidByUser } from './said-by-user'
import { messageOf, useLibraryStore } from './use-library-store'
import { useProjectStore } from './use-project-store'
import { useStudyStore } from './use-study-store'

const quiet = (): AbortSignal => new AbortController().signal

/**
 * The project as a case on the analyst's desk: its file, and the recordings of the library that belong to it. A
 * recording is in it from its first mark on.
 */
export const useCaseStore = defineStore('case', () => {
  const { client, host } = useServices()
  const project = useProjectStore()
  const library = useLibraryStore()
  const study = useStudyStore()
  const t = computed(() => translator(study.locale))
  const activeRecordingId = computed(() => project.recordingIds.get(library.activeId ?? ''))

  /** A new project; offers what an earlier session left unsaved. */
  async function start(): Promise<void> {
    await project.tell(project.create)
    const left = await project.tell(project.newestLeft)
    if (left === undefined) return
    toast.info(t.value('project.left', { count: left.annotationCount }), {
      duration: 20_000,
      action: { label: t.value('project.restore'), onClick: () => void open({ unsaved: left.unsaved }) },
    })
  }

  /** The recording of the project that the active entry is; put into it where it isn't yet. */
  async function ensureRecording(): Promise<string | undefined> {
    const entry = library.active
    if (entry?.state.kind !== 'ready') return undefined
    const known = project.recordingIds.get(entry.id)
    if (known !== undefined && project.document?.recordings.some(({ id }) => id === known) === true) return known
    if (entry.file === undefined) {
      toast.info(t.value('annotations.no-file'))
      return undefined
    }
    const properties = saidByUser(entry.state.recording.properties)
    const item = { file: entry.file.handle, read: entry.read, properties }
    const [id] = await project.edit({ type: 'recording.add', items: [item] })
    if (id !== undefined) project.recordingIds = new Map(project.recordingIds).set(entry.id, id)
    return id
  }

  /** What was said of the recordings since they came into the project. */
  async function keepProperties(): Promise<void> {
    for (const [entryId, recordingId] of project.recordingIds) {
      const entry = library.entries.find(({ id }) => id === entryId)
      const recording = project.document?.recordings.find(({ id }) => id === recordingId)
      if (entry?.state.kind !== 'ready' || recording === undefined) continue
      const changes = saidByUser(entry.state.recording.properties)
      const isKept = JSON.stringify({ ...recording.properties, ...changes }) === JSON.stringify(recording.properties)
      if (!isKept) await project.edit({ type: 'properties.change', recordingId, changes })
    }
  }

  /** To the file it has; asks for one where it has none. */
  async function save(): Promise<void> {
    const place = project.target
    const id = project.state?.project
    if (place === undefined || id === undefined) return saveAs()
    await project.tell(async () => {
      await keepProperties()
      await client.request('project.save', { project: id }, quiet())
      await host.deliver(place)
      project.show(await client.request('project.state', { project: id }, quiet()))
      toast.success(t.value('project.saved', { name: place.name }))
    })
  }

  async function saveAs(): Promise<void> {
    const id = project.state?.project
    if (id === undefined) return
    await project.tell(async () => {
      const place = await host.pickSaveTarget(project.target?.name ?? t.value('project.file-name'))
      if (place === null) return
      await keepProperties()
      project.show(await client.request('project.saveAs', { project: id, file: place.handle }, quiet()))
      await host.deliver(place)
      project.target = place
      toast.success(t.value('project.saved', { name: place.name }))
    })
  }

  /** In place of the one that is open, whose changes are kept; its recordings come into the library in place of these. */
  async function open(by: RequestInput<'project.open'>, file?: GrantedFile): Promise<void> {
    await project.tell(async () => {
      const before = project.state?.project
      const opened = await client.request('project.open', by, quiet())
      if (before !== undefined) await client.request('project.close', { project: before, changes: 'keep' }, quiet())
      project.show(opened)
      project.target = file
      project.selectedId = undefined
      for (const { message } of opened.flags.notices) toast.warning(message)
      if (opened.flags.readOnlyReason !== undefined) toast.warning(opened.flags.readOnlyReason)
      await fillLibrary(opened)
    })
  }

  async function fillLibrary({ document: { recordings }, recordings: places }: ProjectState): Promise<void> {
    for (const { id } of library.entries) await library.remove(id)
    const ids = new Map<string, string>()
    for (const { id, name, file, read, properties } of recordings) {
      const handle = places.find(({ recordingId }) => recordingId === id)?.handle
      if (handle === undefined) continue
      const [entryId] = await library.open([{ handle, name, bytes: file.bytes }], read)
      ids.set(entryId, id)
      project.recordingIds = new Map(ids)
      const said = Object.entries(properties).filter(([, { origin }]) => origin === 'user')
      if (said.length === 0) continue
      const values = Object.fromEntries(said.map(([property, { value }]) => [property, value]))
      await library.configure(entryId, values).catch((error: unknown) => toast.error(messageOf(error)))
    }
  }

  const openFile = (file: GrantedFile): Promise<void> => open({ file: file.handle }, file)

  async function exportAnnotations(format: RequestInput<'annotation.export'>['format']): Promise<void> {
    const id = project.state?.project
    if (id === undefined) return
    await project.tell(async () => {
      const input = { project: id, format, recordingId: format === 'audacity' ? activeRecordingId.value : undefined }
      const { text } = await client.request('annotation.export', input, quiet())
      const ending = { csv: 'csv', json: 'json', audacity: 'txt' }[format]
      const bytes = new TextEncoder().encode(text)
      await host.save(`annotations.${ending}`, bytes, format === 'json' ? 'application/json' : 'text/plain')
    })
  }

  return { activeRecordingId, start, ensureRecording, save, saveAs, openFile, exportAnnotations }
})
