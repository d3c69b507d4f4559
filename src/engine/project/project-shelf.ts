import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { RecentProjects, RequestedEdit } from '../../shared/contract/project-requests'
import { AnalyzerError } from '../../shared/errors'
import { startHistory } from '../../shared/project/history'
import { emptyProject } from '../../shared/project/project-document'
import type { ProjectChange, ProjectState } from '../../shared/project/project-state'
import type { Settings } from '../../shared/settings'
import type { EngineParts } from '../engine-parts'
import type { Disk } from '../files/disk'
import type { FileGrants } from '../files/file-grants'
import { removeLeftovers } from '../files/write-whole'
import { describeRecording } from './describe-recording'
import type { FoundRecording } from './find-recordings'
import { describeFile, findRecordings } from './find-recordings'
import type { LoadSource } from './load-project'
import { loadProjectFile, loadUnsaved } from './load-project'
import type { OpenProjectWorld, ProjectHome } from './open-project'
import { OpenProject } from './open-project'
import type { FoundHome, OpenHow } from './project-homes'
import { prepareTarget, ProjectHomes } from './project-homes'
import { newId, planEdit } from './requested-edit'

export interface ShelfWorld {
  readonly disk: Disk
  /** The user's own folder. */
  readonly data: string
  readonly programVersion: () => string
  readonly now: () => string
  readonly openRecording: EngineParts['openRecording']
  readonly grants: FileGrants
  readonly settings: () => Promise<Settings>
  readonly remember: (path: string) => Promise<unknown>
  readonly changed: (change: ProjectChange) => void
}

/** An open project and what is known of its recordings' files. */
export interface ShelfEntry {
  readonly key: string
  readonly project: OpenProject
  found: ReadonlyMap<string, FoundRecording>
  /** Edits are planned one after the other, each on what the one before left. */
  planning: Promise<unknown>
}

/** The projects that are open in this engine, by the key that windows name them by. */
export class ProjectShelf {
  readonly #world: ShelfWorld
  readonly #homes: ProjectHomes
  readonly #entries = new Map<string, ShelfEntry>()
  #openedCount = 0

  constructor(world: ShelfWorld) {
    this.#world = world
    this.#homes = new ProjectHomes(world.data)
  }

  async create(): Promise<ProjectState> {
    const projectId = newId('case')
    const found = await this.#homes.ofUnsaved(projectId)
    const document = emptyProject(projectId, this.#world.now(), this.#world.programVersion())
    const loaded = { history: startHistory(document), lines: [], savedEdit: 0, fileSha256: undefined, notices: [] }
    return this.stateOf(this.#put(found, loaded))
  }

  /** @throws AnalyzerError unreadable-file */
  async open(path: string, how: OpenHow, signal: AbortSignal): Promise<ProjectState> {
    const found = await this.#homes.ofFile(path, how)
    const already = [...this.#entries.values()].find(({ project }) => project.home.path === found.home.path)
    if (already !== undefined) {
      // it was open to be read, or elsewhere, and may be edited now
      if (found.home.lock !== undefined) await this.#reload(already, found, signal)
      return this.stateOf(already)
    }
    const { disk } = this.#world
    const { home } = found
    try {
      const loaded = await loadProjectFile(sourceOf(disk, home), home.path)
      const entry = this.#put(found, loaded)
      await this.#lookForRecordings(entry, [], signal)
      if (home.readOnlyReason === undefined) {
        for (const each of [home.path, ...home.places]) await removeLeftovers(each)
        await entry.project.claimJournal()
      }
      if (how !== 'read') await this.#remember(home.path)
      return this.stateOf(entry)
    } catch (error) {
      await this.#dropHome(found)
      throw error
    }
  }

  /** @throws AnalyzerError unreadable-file where it is gone, bad-request where it is open elsewhere */
  async openUnsaved(projectId: string, signal: AbortSignal): Promise<ProjectState> {
    const already = [...this.#entries.values()].find(
      ({ project }) => project.home.path === undefined && project.document.projectId === projectId,
    )
    if (already !== undefined) return this.stateOf(already)
    const found = await this.#homes.ofUnsaved(projectId)
    const { disk, programVersion } = this.#world
    try {
      const loaded = await loadUnsaved(sourceOf(disk, found.home), programVersion())
      const entry = this.#put(found, loaded)
      await this.#lookForRecordings(entry, [], signal)
      await entry.project.claimJournal()
      return this.stateOf(entry)
    } catch (error) {
      await this.#dropHome(found)
      throw error
    }
  }

  /** @throws AnalyzerError bad-request for a key that is not open */
  get(key: string): ShelfEntry {
    const entry = this.#entries.get(key)
    if (entry === undefined) throw new AnalyzerError('bad-request', `There is no open project "${key}".`, { key })
    return entry
  }

  async takeOver(key: string, signal: AbortSignal): Promise<ProjectState> {
    const entry = this.get(key)
    const { path, readOnlyReason } = entry.project.home
    if (path !== undefined && readOnlyReason !== undefined) {
      await this.#reload(entry, await this.#homes.ofFile(path, 'take-over'), signal)
    }
    return this.stateOf(entry)
  }

  async saveAs(key: string, path: string): Promise<ProjectState> {
    const { project } = this.get(key)
    await prepareTarget(path)
    const found = await this.#homes.ofFile(path, 'edit')
    const { home } = found
    if (home.path === project.home.path) {
      await home.lock?.release() // nobody had it: ours was lost, and is so still
      await project.save(true)
    } else {
      if (home.readOnlyReason !== undefined) throw new AnalyzerError('bad-request', home.readOnlyReason, { path })
      try {
        await project.moveTo(home)
      } catch (error) {
        await home.lock?.release()
        throw error
      }
      await this.#remember(home.path)
    }
    return this.stateOf(this.get(key))
  }

  async close(key: string, changes: 'keep' | 'discard'): Promise<void> {
    const { project } = this.get(key)
    const { path, readOnlyReason } = project.home
    if (changes === 'discard' || (path === undefined && !project.hasUnsavedChanges)) await project.discard()
    else {
      if (path !== undefined && readOnlyReason === undefined && project.hasUnsavedChanges) await project.save(false)
      await project.end()
    }
    this.#entries.delete(key)
  }

  /** Plans in turn, answers when it is on the disk; ids of what was made. */
  async edit(
    key: string,
    requested: RequestedEdit,
    mergeKey: string | undefined,
    context: { readonly signal: AbortSignal; resolveFile(handle: string): string },
  ): Promise<readonly string[]> {
    const entry = this.get(key)
    const { author } = await this.#world.settings()
    const { ids, written } = await inTurn(entry, async () => {
      const { edit, ids: made } = await planEdit(requested, {
        document: entry.project.document,
        author,
        programVersion: this.#world.programVersion(),
        now: this.#world.now(),
        resolveFile: context.resolveFile,
        describe: (request) => describeRecording(this.#world.openRecording, request, context.signal),
      })
      const started = edit === undefined ? Promise.resolve() : entry.project.edit(edit, mergeKey)
      started.catch(() => undefined) // awaited below, outside the turn
      return { ids: made, written: started }
    })
    await written
    return ids
  }

  async recent(): Promise<RecentProjects> {
    const { recentProjects } = await this.#world.settings()
    const recent = []
    for (const { name, path, openedAt } of recentProjects) {
      const isMissing = await stat(path).then(
        () => false,
        () => true,
      )
      recent.push({ name, path, openedAt, handle: this.#world.grants.grant(path), isMissing })
    }
    const unsaved = []
    for (const { projectId, changedAt, isOpen } of await this.#homes.listUnsaved()) {
      const document = await this.#peek(projectId)
      if (document === undefined) continue
      const { recordings, annotations } = document
      unsaved.push({
        unsaved: projectId,
        changedAt,
        isOpen,
        recordingCount: recordings.length,
        annotationCount: annotations.length,
      })
    }
    return { recent, unsaved }
  }

  /** @throws AnalyzerError bad-request: another content, or nothing found */
  async relocate(
    key: string,
    request: { readonly recordingId?: string; readonly path: string; readonly acceptChanged: boolean },
    signal: AbortSignal,
  ): Promise<ProjectState> {
    const entry = this.get(key)
    const { recordingId, path, acceptChanged } = request
    if (recordingId === undefined) {
      const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true
      await this.#lookForRecordings(entry, [isFolder ? path : dirname(path)], signal)
    } else await this.#relocateOne(entry, recordingId, path, acceptChanged, signal)
    return this.stateOf(entry)
  }

  stateOf({ key, project, found }: ShelfEntry): ProjectState {
    const { path } = project.home
    const { grants } = this.#world
    return {
      project: key,
      file: path === undefined ? undefined : { name: basename(path), handle: grants.grant(path) },
      flags: project.flags,
      document: project.storedDocument,
      recordings: project.document.recordings.map(({ id, file }) => {
        const known = found.get(id) ?? { state: 'found', file } // added since
        const handle = known.file === undefined ? undefined : grants.grant(known.file.path)
        return { recordingId: id, state: known.state, handle }
      }),
    }
  }

  /** Journals stay: what was not saved is there the next time. */
  async dispose(): Promise<void> {
    for (const { project } of this.#entries.values()) await project.end()
    this.#entries.clear()
  }

  #put({ home, notices }: FoundHome, loaded: ConstructorParameters<typeof OpenProject>[2]): ShelfEntry {
    this.#openedCount += 1
    const key = `project-${this.#openedCount}`
    const { disk, programVersion, now, settings, changed } = this.#world
    const world: OpenProjectWorld = {
      disk,
      programVersion: programVersion(),
      now,
      autosaveSeconds: async () => (await settings()).autosaveSeconds,
      changed: (change) => changed({ project: key, ...change }),
    }
    const project = new OpenProject(world, home, { ...loaded, notices: [...notices, ...loaded.notices] })
    const entry: ShelfEntry = { key, project, found: new Map(), planning: Promise.resolve() }
    this.#entries.set(key, entry)
    return entry
  }

  /** A list that cannot be written is no reason not to open a project. */
  async #remember(path: string): Promise<void> {
    await this.#world.remember(path).catch((error: unknown) => {
      if (!(error instanceof AnalyzerError)) throw error
    })
  }

  async #dropHome({ home }: FoundHome): Promise<void> {
    for (const [key, { project }] of this.#entries) if (project.home === home) this.#entries.delete(key)
    await home.lock?.release()
  }

  async #reload(entry: ShelfEntry, { home }: FoundHome, signal: AbortSignal): Promise<void> {
    if (home.path === undefined || home.readOnlyReason !== undefined) return
    entry.project.restart(home, await loadProjectFile(sourceOf(this.#world.disk, home), home.path))
    await entry.project.claimJournal()
    await this.#lookForRecordings(entry, [], signal)
  }

  async #lookForRecordings(entry: ShelfEntry, further: readonly string[], signal: AbortSignal): Promise<void> {
    const { project } = entry
    const { path } = project.home
    const near = path === undefined ? further : [...further, dirname(path), dirname(dirname(path))]
    const found = await findRecordings(project.document.recordings, near, signal)
    entry.found = found
    for (const [id, { state, file }] of found) {
      if (state === 'moved' && file !== undefined) await moveRecording(project, id, file)
    }
    tellWhere(entry)
  }

  async #relocateOne(
    entry: ShelfEntry,
    recordingId: string,
    path: string,
    acceptChanged: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const recording = entry.project.document.recordings.find(({ id }) => id === recordingId)
    if (recording === undefined) {
      throw new AnalyzerError('bad-request', `There is no recording "${recordingId}" in the project.`)
    }
    const file = await describeFile(path, signal)
    if (file === undefined) throw new AnalyzerError('unreadable-file', `"${path}" cannot be read.`, { path })
    const isSame = file.sha256 === recording.file.sha256
    if (!isSame && !acceptChanged) {
      throw new AnalyzerError(
        'bad-request',
        `"${basename(path)}" has another content than "${recording.name}" had (SHA-256 ${file.sha256.slice(0, 12)}…, not ${recording.file.sha256.slice(0, 12)}…).`,
        { isOtherContent: true },
      )
    }
    await moveRecording(entry.project, recordingId, file)
    entry.found = new Map([...entry.found, [recordingId, { state: isSame ? 'moved' : 'changed', file }]])
    tellWhere(entry)
  }

  async #peek(projectId: string) {
    const { disk, programVersion } = this.#world
    const places = [this.#homes.unsavedPlace(projectId)]
    const paths = { toStored: (path: string) => path, toAbsolute: (path: string) => path }
    return loadUnsaved({ disk, places, paths, isReader: true }, programVersion()).then(
      ({ history }) => history.document,
      () => undefined, // no journal after all
    )
  }
}

function sourceOf(disk: Disk, { places, paths, readOnlyReason }: ProjectHome): LoadSource {
  return { disk, places, paths, isReader: readOnlyReason !== undefined }
}

/** Written where the project may be; else known to this window only. */
async function moveRecording(
  project: OpenProject,
  recordingId: string,
  file: NonNullable<FoundRecording['file']>,
): Promise<void> {
  const edit = { type: 'recording.relocate', recordingId, file } as const
  if (project.home.readOnlyReason === undefined) await project.edit(edit)
  else project.applyUnwritten(edit)
}

function tellWhere({ project, found }: ShelfEntry): void {
  const sentences = (state: FoundRecording['state'], sentence: (name: string, path: string) => string): string[] =>
    project.document.recordings.flatMap(({ id, name }) => {
      const now = found.get(id)
      return now?.state === state ? [sentence(name, now.file?.path ?? '')] : []
    })
  project.setNotices(
    'recording-moved',
    sentences('moved', (name, path) => `"${name}" was found at "${path}" by its hash.`),
  )
  project.setNotices(
    'recording-changed',
    sentences('changed', (name) => `"${name}" has another content than when it was added.`),
  )
  project.setNotices(
    'recording-missing',
    sentences('missing', (name) => `"${name}" is not where it was, and was not found nearby.`),
  )
}

async function inTurn<T>(entry: ShelfEntry, run: () => Promise<T>): Promise<T> {
  const result = entry.planning.then(run)
  entry.planning = result.catch(() => undefined) // told to whoever asked
  return result
}
