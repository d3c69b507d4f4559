import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { GrantedFile } from '../shared/contract/shell-requests'
import { AnalyzerError } from '../shared/errors'

/** Files that the user gave to a page: random handle → path. The page never sees a path. */
export class GrantedFiles {
  readonly #paths = new Map<string, string>()
  readonly #targets = new Set<string>()
  readonly #onGrant: (handle: string, path: string) => void

  constructor(onGrant: (handle: string, path: string) => void = () => undefined) {
    this.#onGrant = onGrant
  }

  /** A file that is there. @throws AnalyzerError `unreadable-file` */
  async grant(path: string): Promise<GrantedFile> {
    const name = basename(path)
    let size: number
    try {
      size = (await stat(path)).size
    } catch (cause) {
      throw new AnalyzerError('unreadable-file', `"${name}" cannot be read; is it still there?`, { name }, { cause })
    }
    return { handle: this.#add(path), name, bytes: size }
  }

  async grantAll(paths: readonly string[]): Promise<readonly GrantedFile[]> {
    const granted: GrantedFile[] = []
    for (const path of paths) granted.push(await this.grant(path))
    return granted
  }

  /** A path that the user chose to write to; nothing need be there. */
  grantTarget(path: string): GrantedFile {
    const handle = this.#add(path)
    this.#targets.add(handle)
    return { handle, name: basename(path), bytes: 0 }
  }

  /** A folder, by handle alone. */
  grantFolder(path: string): string {
    return this.#add(path)
  }

  entries(): Iterable<readonly [string, string]> {
    return this.#paths.entries()
  }

  /** @throws AnalyzerError `bad-request` for what was not granted */
  resolve(handle: string): string {
    const path = this.#paths.get(handle)
    if (path !== undefined) return path
    throw new AnalyzerError('bad-request', 'This file was not opened by the user; open it by dialog or drop.', {
      handle,
    })
  }

  /** Only what was chosen to be written may be. @throws AnalyzerError `bad-request` */
  resolveTarget(handle: string): string {
    if (this.#targets.has(handle)) return this.resolve(handle)
    throw new AnalyzerError('bad-request', 'This file was not chosen for saving; choose where to save first.', {
      handle,
    })
  }

  #add(path: string): string {
    const handle = randomUUID()
    this.#paths.set(handle, path)
    this.#onGrant(handle, path)
    return handle
  }
}
