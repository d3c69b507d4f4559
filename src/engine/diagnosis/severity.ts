import { readFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  Foundation,
  SeverityLimits,
  SeverityTable,
  SeverityTableReply,
  SeverityZone,
} from '../../shared/diagnosis/severity'
import { severityTableSchema } from '../../shared/diagnosis/severity'
import { AnalyzerError } from '../../shared/errors'
import { describeWriteError, fileErrorCode } from '../files/write-errors'
import { writeWhole } from '../files/write-whole'
import { findPackageRoot } from '../package-root'

/** Zone of a vibration velocity: A up to and including limit a, … D above c. */
export function zoneOf(velocityRmsMmS: number, { a, b, c }: SeverityLimits): SeverityZone {
  if (velocityRmsMmS <= a) return 'A'
  if (velocityRmsMmS <= b) return 'B'
  return velocityRmsMmS <= c ? 'C' : 'D'
}

/** @throws AnalyzerError bad-request for a group that the table does not have */
export function findSeverityLimits(table: SeverityTable, groupId: string, foundation: Foundation): SeverityLimits {
  const group = table.groups.find(({ id }) => id === groupId)
  if (group !== undefined) return group.limits[foundation]
  throw new AnalyzerError(
    'bad-request',
    `The severity table has no machine group "${groupId}"; it has ${table.groups.map(({ id }) => id).join(', ')}.`,
    { groupId },
  )
}

export function readShippedSeverityTable(): SeverityTable {
  const text = readFileSync(join(findPackageRoot(), 'resources', 'severity.json'), 'utf8')
  return severityTableSchema.parse(JSON.parse(text))
}

/** The table as shipped, or the user's own in its place, at `path`. */
export class SeverityTableStore {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** @throws AnalyzerError unreadable-file where the user's own table is damaged: limits are never guessed */
  async get(): Promise<SeverityTableReply> {
    let text: string
    try {
      text = await readFile(this.#path, 'utf8')
    } catch (error) {
      if (fileErrorCode(error) === 'ENOENT') return { table: readShippedSeverityTable(), isUserOwn: false }
      throw this.#unreadable(error)
    }
    try {
      return { table: severityTableSchema.parse(JSON.parse(text)), isUserOwn: true }
    } catch (error) {
      throw this.#unreadable(error)
    }
  }

  /** Undefined = as shipped again. */
  async set(table: SeverityTable | undefined): Promise<SeverityTableReply> {
    try {
      if (table === undefined) await rm(this.#path, { force: true })
      else await writeWhole(this.#path, `${JSON.stringify(table, null, 2)}\n`)
    } catch (error) {
      throw describeWriteError(error, this.#path, 'The severity table is as it was.')
    }
    return this.get()
  }

  #unreadable(cause: unknown): AnalyzerError {
    return new AnalyzerError(
      'unreadable-file',
      `Your severity table "${this.#path}" cannot be read; repair it, or move it away for the one that ships.`,
      { path: this.#path },
      { cause },
    )
  }
}
