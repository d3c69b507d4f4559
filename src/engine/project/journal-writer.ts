import type { Disk } from '../files/disk'
import type { JournalHead, JournalLine } from './journal-lines'
import { composeHead, composeLine } from './journal-lines'

/** 'lost': the file is somebody else's by now. */
export type JournalWrite =
  | { readonly kind: 'written'; readonly place: string }
  | { readonly kind: 'lost' }
  | { readonly kind: 'failed'; readonly error: unknown }

/**
 * Keeps the edits since the last save in one file. Where that cannot be written (a read-only folder, a full disk) they
 * all go to the next place; where none can be written they wait here for the next try.
 */
export class JournalWriter {
  readonly #disk: Disk
  readonly #head: string
  /** The first one is beside the project. */
  readonly #places: readonly string[]
  #lines: JournalLine[]
  #writtenCount = 0
  #length = 0
  #place: string | undefined

  constructor(disk: Disk, places: readonly string[], head: Omit<JournalHead, 'schema'>, lines: readonly JournalLine[]) {
    this.#disk = disk
    this.#places = places
    this.#head = composeHead(head)
    this.#lines = [...lines]
  }

  add(line: JournalLine): void {
    this.#lines.push(line)
  }

  /** Since the last save, the oldest first. */
  get lines(): readonly JournalLine[] {
    return this.#lines
  }

  get waitingCount(): number {
    return this.#lines.length - this.#writtenCount
  }

  /** Not called again before it has answered. */
  async flush(): Promise<JournalWrite> {
    const lines = [...this.#lines] // more may come while these are written
    if (this.#place !== undefined) {
      const text = lines.slice(this.#writtenCount).map(composeLine).join('')
      try {
        const length = await this.#disk.append(this.#place, this.#head, this.#length, text)
        if (length === undefined) return { kind: 'lost' }
        this.#length = length
        this.#writtenCount = lines.length
        return { kind: 'written', place: this.#place }
      } catch {
        // everything is written anew below, here or in the next place
      }
    }
    return this.#writeAnew(lines)
  }

  /** What the project file holds now is taken off; nothing left = no file left. Errors are the file system's own. */
  async dropThrough(n: number): Promise<void> {
    this.#lines = this.#lines.filter((line) => line.n > n)
    this.#writtenCount = 0
    this.#place = undefined // the next write is a whole file; until then the old one holds more than is needed
    if (this.#lines.length === 0) {
      for (const place of this.#places) await this.#disk.remove(place)
      return
    }
    await this.#writeAnew([...this.#lines])
  }

  async #writeAnew(lines: readonly JournalLine[]): Promise<JournalWrite> {
    const text = this.#head + lines.map(composeLine).join('')
    let failure: unknown
    for (const place of this.#places) {
      try {
        await this.#disk.writeWhole(place, text)
        this.#place = place
        this.#length = Buffer.byteLength(text)
        this.#writtenCount = lines.length
        return { kind: 'written', place }
      } catch (error) {
        failure ??= error
      }
    }
    return { kind: 'failed', error: failure }
  }
}
