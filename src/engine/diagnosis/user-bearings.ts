import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { BearingEntry, BearingForm } from '../../shared/diagnosis/bearing'
import { AnalyzerError } from '../../shared/errors'
import { describeWriteError, fileErrorCode } from '../files/write-errors'
import { writeWhole } from '../files/write-whole'
import { bearingEntrySchema, findBearing } from './bearing-catalogue'
import { parseBearingCsv } from './bearing-csv'
import { checkGeometry } from './kinematics'

const fileSchema = z.strictObject({
  schema: z.literal('vibralens.user-bearings/1'),
  bearings: z.array(bearingEntrySchema),
})

const mostBearings = 20_000

/**
 * The user's own bearings, in one small JSON file that is the truth: read before every change and written whole, so
 * that nothing is lost between two windows or by a power cut.
 */
export class UserBearings {
  readonly #path: string
  #queue: Promise<unknown> = Promise.resolve()

  constructor(path: string) {
    this.#path = path
  }

  list(): Promise<readonly BearingEntry[]> {
    return this.#inTurn(() => this.#load())
  }

  /** @throws AnalyzerError bad-request for a geometry that cannot be built */
  async add(form: BearingForm): Promise<readonly BearingEntry[]> {
    checkGeometry(form.geometry)
    return this.#change((bearings) => merge(bearings, [form]))
  }

  /** All rows or none. A row of a designation and maker that are there takes its place. @throws AnalyzerError bad-request */
  async importCsv(text: string): Promise<readonly BearingEntry[]> {
    const forms = parseBearingCsv(text)
    return this.#change((bearings) => merge(bearings, forms))
  }

  /** @throws AnalyzerError bad-request for an id that is not the user's own */
  remove(id: string): Promise<readonly BearingEntry[]> {
    return this.#change((bearings) => {
      if (bearings.some((bearing) => bearing.id === id)) return bearings.filter((bearing) => bearing.id !== id)
      throw new AnalyzerError('bad-request', `There is no bearing "${id}" among your own; only those can be removed.`)
    })
  }

  #change(apply: (bearings: readonly BearingEntry[]) => readonly BearingEntry[]): Promise<readonly BearingEntry[]> {
    return this.#inTurn(async () => {
      const bearings = apply(await this.#load())
      if (bearings.length > mostBearings) {
        throw new AnalyzerError('bad-request', `That would be ${bearings.length} bearings; ${mostBearings} are kept.`)
      }
      const content = { schema: 'vibralens.user-bearings/1', bearings }
      try {
        await writeWhole(this.#path, `${JSON.stringify(content, null, 2)}\n`)
      } catch (error) {
        throw describeWriteError(error, this.#path, 'Your bearings are as they were.')
      }
      return bearings
    })
  }

  async #load(): Promise<readonly BearingEntry[]> {
    let text: string
    try {
      text = await readFile(this.#path, 'utf8')
    } catch (error) {
      if (fileErrorCode(error) === 'ENOENT') return []
      throw this.#unreadable(error)
    }
    try {
      return fileSchema.parse(JSON.parse(text)).bearings
    } catch (error) {
      throw this.#unreadable(error)
    }
  }

  /** Never written over: what is in it may be worth repairing. */
  #unreadable(cause: unknown): AnalyzerError {
    return new AnalyzerError(
      'unreadable-file',
      `Your bearings in "${this.#path}" cannot be read; repair the file, or move it away to start anew.`,
      { path: this.#path },
      { cause },
    )
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task)
    this.#queue = result.catch(() => undefined) // told to whoever asked
    return result
  }
}

export function openUserBearings(configFolder: string): UserBearings {
  return new UserBearings(join(configFolder, 'bearings.json'))
}

/** As `findBearing`, with the user's own bearings; geometry as text needs none of them. */
export async function findBearingOf(configFolder: string, nameOrGeometry: string): Promise<BearingEntry> {
  return findBearing(nameOrGeometry, await openUserBearings(configFolder).list())
}

function merge(bearings: readonly BearingEntry[], forms: readonly BearingForm[]): readonly BearingEntry[] {
  const byId = new Map(bearings.map((bearing) => [bearing.id, bearing]))
  for (const form of forms) {
    const id = idOf(form)
    byId.set(id, { id, ...form })
  }
  return [...byId.values()]
}

/** One designation of one maker is one bearing. */
function idOf({ designation, maker }: BearingForm): string {
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')
  return `user-${plain(designation)}-${plain(maker)}`.replace(/-+/g, '-').replace(/-$/, '')
}
