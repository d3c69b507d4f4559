/**
 * Handles that the engine itself gives out, for files that the user granted before: recordings of an open project, recent
 * files. They are understood wherever a request takes a file, over every shell.
 */
export class FileGrants {
  readonly #pathOf = new Map<string, string>()
  readonly #handleOf = new Map<string, string>()

  grant(path: string): string {
    const known = this.#handleOf.get(path)
    if (known !== undefined) return known
    const handle = `granted-by-engine:${this.#pathOf.size + 1}`
    this.#pathOf.set(handle, path)
    this.#handleOf.set(path, handle)
    return handle
  }

  /** Undefined for a handle of the shell. */
  resolve(handle: string): string | undefined {
    return this.#pathOf.get(handle)
  }
}
