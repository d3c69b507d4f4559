import { createHash } from 'node:crypto'
import { mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { AnalyzerError } from '../../shared/errors'
import type { ProjectNotice } from '../../shared/project/project-state'
import { describeWriteError, fileErrorCode } from '../files/write-errors'
import type { ProjectHome } from './open-project'
import type { LockAttempt } from './project-lock'
import { acquireLock, isLocked } from './project-lock'
import { pathMap } from './stored-paths'

/** 'edit' where nobody else does. */
export type OpenHow = 'edit' | 'take-over' | 'read'

export interface FoundHome {
  readonly home: ProjectHome
  readonly notices: readonly ProjectNotice[]
}

/** Where projects and their journals and locks are; `data` is the user's own folder. */
export class ProjectHomes {
  readonly #data: string

  constructor(data: string) {
    this.#data = data
  }

  /** Beside the file; where its folder cannot be written, in the user's own. */
  async ofFile(path: string, how: OpenHow): Promise<FoundHome & { readonly home: { readonly path: string } }> {
    const real = await realpath(path).catch(() => resolve(path))
    const key = createHash('sha256').update(real).digest('hex').slice(0, 24)
    const elsewhere = join(this.#data, 'journals', `${key}.journal`)
    const { lock, readOnlyReason, notices } = await this.#lock(
      [`${real}.lock`, `${elsewhere}.lock`],
      basename(real),
      how,
    )
    const paths = pathMap(dirname(real))
    return { home: { path: real, paths, places: [`${real}.journal`, elsewhere], lock, readOnlyReason }, notices }
  }

  /** @throws AnalyzerError bad-request where another window has it open */
  async ofUnsaved(projectId: string): Promise<FoundHome> {
    const place = this.unsavedPlace(projectId)
    const { lock, readOnlyReason, notices } = await this.#lock([`${place}.lock`], 'The unsaved project', 'edit')
    if (readOnlyReason !== undefined) throw new AnalyzerError('bad-request', readOnlyReason, { projectId })
    return { home: { path: undefined, paths: pathMap(undefined), places: [place], lock, readOnlyReason }, notices }
  }

  unsavedPlace(projectId: string): string {
    return join(this.#data, 'unsaved', `${projectId}.journal`)
  }

  /** Ids of unsaved projects, and when each was changed last. */
  async listUnsaved(): Promise<
    readonly { readonly projectId: string; readonly changedAt: string; readonly isOpen: boolean }[]
  > {
    const folder = join(this.#data, 'unsaved')
    const found = []
    for (const name of await readdir(folder).catch(() => [])) {
      const projectId = /^([\w-]{1,64})\.journal$/.exec(name)?.[1]
      const info = await stat(join(folder, name)).catch(() => undefined)
      if (projectId === undefined || info === undefined) continue
      const isOpen = await isLocked(`${join(folder, name)}.lock`)
      found.push({ projectId, changedAt: info.mtime.toISOString(), isOpen })
    }
    return found.sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1))
  }

  async #lock(
    places: readonly string[],
    name: string,
    how: OpenHow,
  ): Promise<Pick<ProjectHome, 'lock' | 'readOnlyReason'> & { readonly notices: readonly ProjectNotice[] }> {
    if (how === 'read') return { lock: undefined, readOnlyReason: `"${name}" was opened to be read only.`, notices: [] }
    for (const place of places) {
      if (place.startsWith(this.#data)) await mkdir(dirname(place), { recursive: true }).catch(() => undefined)
      const attempt = await attemptLock(place, how === 'edit' ? 'if-free' : 'by-force')
      if (attempt === undefined) continue
      if (attempt.kind === 'taken') {
        const readOnlyReason = `"${name}" is open in another window (${attempt.by}); here it is read-only until you take it over.`
        return { lock: undefined, readOnlyReason, notices: [] }
      }
      const message = 'The window that had this project open before ended without closing it.'
      const notices = attempt.wasStale ? [{ code: 'lock-stale', message } as const] : []
      return { lock: attempt.lock, readOnlyReason: undefined, notices }
    }
    // nothing can be written anywhere: saving says so
    return { lock: undefined, readOnlyReason: undefined, notices: [] }
  }
}

/** Undefined where no lock can be written. */
async function attemptLock(place: string, how: 'if-free' | 'by-force'): Promise<LockAttempt | undefined> {
  try {
    return await acquireLock(place, how)
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error
    return undefined
  }
}

/** Makes the folder. @throws AnalyzerError bad-request where no file of this name can be */
export async function prepareTarget(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
  } catch (error) {
    throw describeWriteError(error, path, 'The project is as it was.')
  }
  const info = await stat(path).catch(() => undefined)
  if (info?.isDirectory() === true) {
    throw new AnalyzerError('bad-request', `"${path}" is a folder; the name of a file was expected.`, { path })
  }
}
