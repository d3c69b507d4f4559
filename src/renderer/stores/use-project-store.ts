import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { toast } from 'vue-sonner'
import type { ProjectChange, ProjectState } from '../../shared/project/project-state'
import type { EngineEvent } from '../../shared/contract/events'
import type { RequestedEdit } from '../../shared/contract/project-requests'
import type { GrantedFile } from '../../shared/contract/shell-requests'
import { applyEdit } from '../../shared/project/apply-edit'
import type { ProjectDocument } from '../../shared/project/project-document'
import { useServices } from '../services/services'
import { messageOf } from './use-library-store'

/** The one project that this window has open, as the engine keeps it: its document, and edits of it. */
export const useProjectStore = defineStore('project', () => {
  const { client } = useServices()
  const state = shallowRef<ProjectState | undefined>()
  /** Where the user last saved or opened it. */
  const target = shallowRef<GrantedFile | undefined>()
  /** Entry of the library → recording of the project. */
  const recordingIds = shallowRef<ReadonlyMap<string, string>>(new Map())
  const selectedId = ref<string | undefined>()
  const quiet = (): AbortSignal => new AbortController().signal

  const document = computed<ProjectDocument | undefined>(() => state.value?.document)
  const annotations = computed(() => document.value?.annotations ?? [])
  const hasUnsavedChanges = computed(() => state.value?.flags.hasUnsavedChanges ?? false)
  /** That a recording came into the project is no step that a user took. */
  const canUndo = computed(() => !['recordings.add', undefined].includes(state.value?.flags.undoes))
  const canRedo = computed(() => state.value?.flags.redoes !== undefined)

  onScopeDispose(client.subscribe(take))

  function take(event: EngineEvent): void {
    if (event.name === 'project.changed' && event.data.project === state.value?.project) follow(event.data)
    if (event.name === 'engine.restarted') void tell(openAfterCrash)
  }

  function follow({ flags, step, project }: ProjectChange): void {
    const now = state.value
    if (now === undefined) return
    if (step !== undefined && flags.lastEdit === now.flags.lastEdit + 1) {
      state.value = { ...now, flags, document: applyEdit(now.document, step.edit).document }
    } else if (step === undefined && flags.lastEdit === now.flags.lastEdit) {
      state.value = { ...now, flags }
    } else void tell(async () => show(await client.request('project.state', { project }, quiet())))
  }
  const show = (value: ProjectState): void => void (state.value = value)

  /** What the engine refuses is told in its sentence. */
  async function tell<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      toast.error(messageOf(error))
      return undefined
    }
  }

  const create = async (): Promise<void> => show(await client.request('project.create', {}, quiet()))

  async function newestLeft() {
    const { unsaved } = await client.request('project.recent', {}, quiet())
    const left = unsaved.filter(({ isOpen, annotationCount }) => !isOpen && annotationCount > 0)
    return left.toSorted((a, b) => b.changedAt.localeCompare(a.changedAt))[0]
  }

  /** The journal has every edit: the same project goes on. */
  async function openAfterCrash(): Promise<void> {
    const file = target.value?.handle
    const left = file === undefined ? await newestLeft() : undefined
    if (file !== undefined) show(await client.request('project.open', { file, how: 'take-over' }, quiet()))
    else if (left !== undefined) show(await client.request('project.open', { unsaved: left.unsaved }, quiet()))
    else await create()
  }

  async function edit(change: RequestedEdit, mergeKey?: string): Promise<readonly string[]> {
    const project = state.value?.project
    if (project === undefined) return []
    const reply = await tell(() => client.request('project.edit', { project, edit: change, mergeKey }, quiet()))
    return reply?.ids ?? []
  }

  const undo = () => canUndo.value && tell(() => step('project.undo'))
  const redo = () => canRedo.value && tell(() => step('project.redo'))
  async function step(name: 'project.undo' | 'project.redo'): Promise<void> {
    const project = state.value?.project
    if (project !== undefined) await client.request(name, { project }, quiet())
  }

  return {
    state,
    document,
    annotations,
    target,
    recordingIds,
    selectedId,
    hasUnsavedChanges,
    canUndo,
    canRedo,
    show,
    tell,
    create,
    newestLeft,
    edit,
    undo,
    redo,
  }
})
