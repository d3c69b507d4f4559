import { basename } from 'node:path'
import { AnalyzerError } from '../../shared/errors'
import type { ProjectEdit } from '../../shared/project/edits'
import { isUndoable } from '../../shared/project/edits'
import type { HistoryStep, ProjectHistory } from '../../shared/project/history'
import { planRedo, planUndo, repeatStep } from '../../shared/project/history'
import { readProject } from '../../shared/project/migrations'
import type { ProjectDocument } from '../../shared/project/project-document'
import type { ProjectChange, ProjectFlags, ProjectNotice } from '../../shared/project/project-state'
import type { Disk } from '../files/disk'
import { describeWriteError } from '../files/write-errors'
import type { LoadedProject } from './load-project'
import { sha256Of } from './load-project'
import type { JournalLine } from './journal-lines'
import { JournalWriter } from './journal-writer'
import type { ProjectLock } from './project-lock'
import type { PathMap } from './stored-paths'
import { mapDocument, mapEdit } from './stored-paths'

/** Where a project is kept, and whether it may be written there. */
export interface ProjectHome {
  /** Undefined = never saved under a name. */
  readonly path: string | undefined
  readonly paths: PathMap
  /** Of the journal; the first one is beside the project. */
  readonly places: readonly string[]
  /** Undefined where another window holds it: `readOnlyReason` says which. */
  readonly lock: ProjectLock | undefined
  readonly readOnlyReason: string | undefined
}

export interface OpenProjectWorld {
  readonly disk: Disk
  readonly programVersion: string
  readonly now: () => string
  /** 0 = never. */
  readonly autosaveSeconds: () => Promise<number>
  readonly changed: (change: Omit<ProjectChange, 'project'>) => void
}

const keptInJournal = 'Every edit is kept in the journal.'

/**
 * One project in the engine: the truth that windows follow. An edit is applied, told, and answered when it is on the
 * disk. Files are written one after the other; edits go on meanwhile.
 */
export class OpenProject {
  readonly #world: OpenProjectWorld
  #home: ProjectHome
  #history: ProjectHistory
  #journal: JournalWriter
  #fileSha256: string | undefined
  #savedEdit: number
  /** Of the last edit that is worth a question before it is thrown away; where windows stand is not. */
  #lastRealEdit: number
  #notices: readonly ProjectNotice[]
  #isJournalSafe = true
  #writing: Promise<unknown> = Promise.resolve()
  #autosave: NodeJS.Timeout | undefined
  #isEnded = false

  constructor(world: OpenProjectWorld, home: ProjectHome, loaded: LoadedProject) {
    this.#world = world
    this.#home = home
    this.#history = loaded.history
    this.#fileSha256 = loaded.fileSha256
    this.#savedEdit = loaded.savedEdit
    this.#lastRealEdit = loaded.lines.findLast(({ edit }) => isReal(edit))?.n ?? loaded.savedEdit
    this.#notices = loaded.notices
    this.#journal = this.#newJournal(loaded.lines)
  }

  get document(): ProjectDocument {
    return this.#history.document
  }

  get home(): ProjectHome {
    return this.#home
  }

  get flags(): ProjectFlags {
    const { document } = this.#history
    return {
      lastEdit: document.lastEdit,
      revision: document.revision,
      hasUnsavedChanges: this.hasUnsavedChanges,
      isJournalSafe: this.#isJournalSafe,
      readOnlyReason: this.#home.readOnlyReason,
      undoes: planUndo(this.#history)?.edit.type,
      redoes: planRedo(this.#history)?.edit.type,
      notices: this.#notices,
    }
  }

  get hasUnsavedChanges(): boolean {
    return this.#lastRealEdit > this.#savedEdit
  }

  /** With paths as windows and files have them. */
  get storedDocument(): ProjectDocument {
    return mapDocument(this.document, this.#home.paths.toStored)
  }

  /** @throws AnalyzerError bad-request: read-only, or an edit that does not fit */
  async edit(edit: ProjectEdit, mergeKey?: string): Promise<void> {
    this.#assertEditable()
    await this.#take({ as: 'edit', edit, mergeKey })
  }

  /** Nothing to undo is no error. */
  async undo(): Promise<void> {
    this.#assertEditable()
    const step = planUndo(this.#history)
    if (step !== undefined) await this.#take(step)
  }

  async redo(): Promise<void> {
    this.#assertEditable()
    const step = planRedo(this.#history)
    if (step !== undefined) await this.#take(step)
  }

  /** Also for what is only known here and not worth writing: where a recording was found. */
  applyUnwritten(edit: ProjectEdit): void {
    const { lastEdit } = this.document
    const next = repeatStep(this.#history, { as: 'edit', edit })
    this.#history = { ...next, document: { ...next.document, lastEdit } }
    this.#world.changed({ flags: this.flags })
  }

  /** @throws AnalyzerError bad-request: no name, read-only, changed on the disk by another program, cannot be written */
  async save(overwrite: boolean): Promise<void> {
    const { path } = this.#home
    if (path === undefined) {
      throw new AnalyzerError('bad-request', 'The project has no file yet; save it under a name.', { isUnnamed: true })
    }
    this.#assertEditable()
    await this.#inTurn(async () => {
      await this.#assertHeld()
      try {
        await this.#write(path, overwrite)
      } catch (error) {
        throw describeWriteError(error, path, this.#isJournalSafe ? keptInJournal : 'Save it somewhere else.')
      }
    })
    this.setNotices('autosave-failed', [])
    this.#world.changed({ flags: this.flags })
  }

  /** Writes to a new home and lives there from then on; the old file stays as it was last saved. */
  async moveTo(home: ProjectHome & { readonly path: string }): Promise<void> {
    await this.#inTurn(async () => {
      const before = { home: this.#home, journal: this.#journal }
      this.#home = home
      this.#journal = this.#newJournal([]) // of edits that are made while the file is written
      try {
        await this.#write(home.path, true)
      } catch (error) {
        for (const line of this.#journal.lines) before.journal.add(movedLine(line, home.paths, before.home.paths))
        this.#home = before.home
        this.#journal = before.journal
        throw describeWriteError(error, home.path, this.#isJournalSafe ? keptInJournal : 'Save it somewhere else.')
      }
      if (before.home.readOnlyReason === undefined) {
        await before.journal.dropThrough(Number.MAX_SAFE_INTEGER).catch(() => undefined) // read-only: nothing is there
        await before.home.lock?.release()
      }
      this.#notices = []
      this.#isJournalSafe = true
    })
    this.#world.changed({ flags: this.flags })
  }

  /** The lock is ours now, and what the other window wrote is loaded. */
  restart(home: ProjectHome, loaded: LoadedProject): void {
    this.#home = home
    this.#history = loaded.history
    this.#fileSha256 = loaded.fileSha256
    this.#savedEdit = loaded.savedEdit
    this.#lastRealEdit = loaded.lines.findLast(({ edit }) => isReal(edit))?.n ?? loaded.savedEdit
    this.#notices = loaded.notices
    this.#isJournalSafe = true
    this.#journal = this.#newJournal(loaded.lines)
    this.#world.changed({ flags: this.flags })
  }

  /** Puts recovered edits into a journal of ours: the one on the disk belongs to a process that is gone. */
  async claimJournal(): Promise<void> {
    if (this.#journal.waitingCount > 0) await this.#inTurn(() => this.#flush())
  }

  async discard(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#home.readOnlyReason === undefined) await this.#journal.dropThrough(Number.MAX_SAFE_INTEGER)
    })
    await this.end()
  }

  /** Lets go of everything; the journal stays for the next time. */
  async end(): Promise<void> {
    this.#isEnded = true
    clearTimeout(this.#autosave)
    await this.#inTurn(async () => {
      if (this.#journal.waitingCount > 0 && this.#home.readOnlyReason === undefined) await this.#flush()
      await this.#home.lock?.release()
    })
  }

  /** Those of its code go. */
  setNotices(code: ProjectNotice['code'], messages: readonly string[]): void {
    this.#notices = [
      ...this.#notices.filter((each) => each.code !== code),
      ...messages.map((message) => ({ code, message })),
    ]
  }

  async #take(step: HistoryStep): Promise<void> {
    const next = repeatStep(this.#history, step)
    const n = this.document.lastEdit + 1
    this.#history = { ...next, document: { ...next.document, lastEdit: n } }
    if (isReal(step.edit)) this.#lastRealEdit = n
    const stored = { ...step, edit: mapEdit(step.edit, this.#home.paths.toStored) }
    this.#journal.add({ n, at: this.#world.now(), ...stored })
    this.#world.changed({ flags: this.flags, step: stored })
    this.#planAutosave()
    await this.#inTurn(() => this.#flush())
  }

  /** Several edits that wait go to the disk together. */
  async #flush(): Promise<void> {
    if (this.#journal.waitingCount === 0) return
    const wasSafe = this.#isJournalSafe
    const isHeld = (await this.#home.lock?.isHeld()) ?? true
    const written = isHeld ? await this.#journal.flush() : ({ kind: 'lost' } as const)
    this.#isJournalSafe = written.kind === 'written'
    if (written.kind === 'lost') this.#loseLock()
    else if (written.kind === 'failed') {
      const sentence = describeWriteError(
        written.error,
        this.#home.places[0],
        'Edits are in memory only: save elsewhere.',
      )
      if (!(sentence instanceof AnalyzerError)) throw sentence
      this.setNotices('journal-failing', [sentence.message])
    } else {
      this.setNotices('journal-failing', [])
      if (written.place !== this.#home.places[0]) {
        const message = `The journal cannot be written beside the project; it is kept in "${written.place}".`
        this.setNotices('journal-elsewhere', [message])
      }
    }
    if (written.kind !== 'written' || !wasSafe) this.#world.changed({ flags: this.flags })
  }

  async #write(path: string, overwrite: boolean): Promise<void> {
    const { disk, programVersion, now } = this.#world
    const onDisk = await disk.readText(path)
    const isTouched = onDisk !== undefined && sha256Of(onDisk) !== this.#fileSha256
    if (isTouched && !overwrite) {
      throw new AnalyzerError(
        'bad-request',
        `"${basename(path)}" was changed by another program since it was opened; save under another name, or overwrite it.`,
        { isConflict: true },
      )
    }
    const revision = Math.max(this.document.revision, revisionOf(onDisk)) + 1
    const saved = { ...this.document, revision, savedAt: now(), programVersion }
    const text = `${JSON.stringify(mapDocument(saved, this.#home.paths.toStored), null, 2)}\n`
    await disk.writeWhole(path, text)
    this.#fileSha256 = sha256Of(text)
    this.#savedEdit = saved.lastEdit
    const { savedAt } = saved
    // edits went on while the file was written
    this.#history = { ...this.#history, document: { ...this.document, revision, savedAt, programVersion } }
    // what stays of it holds edits that the file holds too: they are passed over by number
    await this.#journal.dropThrough(saved.lastEdit).catch(() => undefined)
  }

  #planAutosave(): void {
    clearTimeout(this.#autosave)
    if (this.#home.path === undefined || !this.hasUnsavedChanges) return
    void this.#world.autosaveSeconds().then((seconds) => {
      clearTimeout(this.#autosave)
      if (seconds > 0 && !this.#isEnded)
        this.#autosave = setTimeout(() => void this.#saveBySelf(), seconds * 1000).unref()
    })
  }

  async #saveBySelf(): Promise<void> {
    try {
      if (this.hasUnsavedChanges) await this.save(false)
    } catch (error) {
      if (!(error instanceof AnalyzerError)) throw error
      this.setNotices('autosave-failed', [error.message])
      this.#world.changed({ flags: this.flags })
    }
  }

  #newJournal(lines: LoadedProject['lines']): JournalWriter {
    const { projectId, createdAt } = this.document
    const token = this.#home.lock?.token ?? ''
    return new JournalWriter(this.#world.disk, this.#home.places, { projectId, createdAt, token }, lines)
  }

  #assertEditable(): void {
    const { readOnlyReason } = this.#home
    if (readOnlyReason !== undefined) throw new AnalyzerError('bad-request', readOnlyReason, { isReadOnly: true })
  }

  async #assertHeld(): Promise<void> {
    if ((await this.#home.lock?.isHeld()) ?? true) return
    this.#loseLock()
    this.#world.changed({ flags: this.flags })
    this.#assertEditable()
  }

  #loseLock(): void {
    clearTimeout(this.#autosave)
    const readOnlyReason =
      'Another window has taken this project over; here it is read-only. Save a copy to keep on editing.'
    this.#home = { ...this.#home, lock: undefined, readOnlyReason }
    this.setNotices('lock-lost', [readOnlyReason])
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#writing.then(run)
    this.#writing = result.catch(() => undefined) // told to whoever asked
    return result
  }
}

function movedLine(line: JournalLine, from: PathMap, to: PathMap): JournalLine {
  return { ...line, edit: mapEdit(mapEdit(line.edit, from.toAbsolute), to.toStored) }
}

function isReal(edit: ProjectEdit): boolean {
  return isUndoable(edit) || edit.type === 'results.set'
}

/** Of a file that may be anything. */
function revisionOf(text: string | undefined): number {
  if (text === undefined) return 0
  try {
    return readProject(JSON.parse(text), '').revision
  } catch {
    return 0
  }
}
