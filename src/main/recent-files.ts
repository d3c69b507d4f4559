import { z } from 'zod'
import { readStateFile, writeStateFile } from './state-file'

const mostFiles = 10
const schema = z.array(z.string().min(1)).max(100)

/** Paths that were opened last, newest first; kept over starts. */
export class RecentFiles {
  readonly #path: string
  #files: readonly string[]

  constructor(path: string) {
    this.#path = path
    this.#files = (readStateFile(path, schema) ?? []).slice(0, mostFiles)
  }

  list(): readonly string[] {
    return this.#files
  }

  add(paths: readonly string[]): void {
    this.#keep([...new Set([...paths.slice(0, mostFiles), ...this.#files])].slice(0, mostFiles))
  }

  clear(): void {
    this.#keep([])
  }

  #keep(files: readonly string[]): void {
    this.#files = files
    writeStateFile(this.#path, files)
  }
}
