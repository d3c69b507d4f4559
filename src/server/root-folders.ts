import { readdir, realpath } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import type { GrantedFile, ShellRequestOutput } from '../shared/contract/shell-requests'
import { AnalyzerError } from '../shared/errors'
import type { GrantedFiles } from '../shell/granted-files'

type Listing = ShellRequestOutput<'shell.listFolder'>

/** Folders of the server's side that it was started with (`--root`). Nothing outside of them is ever listed. */
export class RootFolders {
  readonly #roots: readonly string[]
  readonly #granted: GrantedFiles

  private constructor(roots: readonly string[], granted: GrantedFiles) {
    this.#roots = roots
    this.#granted = granted
  }

  static async open(roots: readonly string[], granted: GrantedFiles): Promise<RootFolders> {
    const real = await Promise.all(
      roots.map((root) =>
        realpath(root).catch((cause: unknown) => {
          throw new AnalyzerError('unreadable-file', `The folder "${root}" is not there.`, { root }, { cause })
        }),
      ),
    )
    return new RootFolders(real, granted)
  }

  /** null = the roots themselves. */
  async list(handle: string | null): Promise<Listing> {
    if (handle === null) return { name: '', folders: this.#roots.map((root) => this.#folder(root)), files: [] }
    const folder = await this.#inside(this.#granted.resolve(handle))
    const items = await readdir(folder, { withFileTypes: true })
    items.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }))
    const folders: Listing['folders'][number][] = []
    const files: GrantedFile[] = []
    for (const item of items) {
      if (item.name.startsWith('.')) continue
      // links are left out: they may lead outside
      if (item.isDirectory()) folders.push(this.#folder(join(folder, item.name)))
      else if (item.isFile()) files.push(await this.#granted.grant(join(folder, item.name)))
    }
    return { name: basename(folder), folders, files }
  }

  #folder(path: string): Listing['folders'][number] {
    return { handle: this.#granted.grantFolder(path), name: basename(path) }
  }

  /** A folder may have become a link since it was granted. */
  async #inside(path: string): Promise<string> {
    const real = await realpath(path)
    if (this.#roots.some((root) => real === root || real.startsWith(root + sep))) return real
    throw new AnalyzerError('bad-request', 'This folder is not below a folder that the server was started with.')
  }
}
