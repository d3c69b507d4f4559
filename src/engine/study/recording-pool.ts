import { stat } from 'node:fs/promises'
import { AnalyzerError } from '../../shared/errors'
import type { ReadOptions, Recording } from '../readers/recording'

export interface PoolLimits {
  /** Files held open at once. */
  readonly openCount: number
  /** Decoded samples that readers hold (estimated). */
  readonly bytes: number
}

export const usualPoolLimits: PoolLimits = { openCount: 64, bytes: 512 * 2 ** 20 }

type OpenRecordingFile = (path: string, options: ReadOptions) => Promise<Recording>

interface Member {
  readonly path: string
  readonly options: ReadOptions
  readonly fingerprint: string | undefined
  /** What its reader holds while it is open (estimated). */
  bytes: number
  /** Undefined = parked: the next read opens it again. */
  live: Promise<Recording> | undefined
  readonly users: Set<Promise<unknown>>
}

/**
 * Any number of recordings that seem open, of which only the last used are: the others are parked, and opened again when
 * they are read. A file that changed meanwhile is refused.
 */
export class RecordingPool {
  readonly #openFile: OpenRecordingFile
  readonly #limits: PoolLimits
  readonly #members = new Set<Member>()
  /** Those that are open; least recently used first. */
  readonly #open = new Set<Member>()

  constructor(open: OpenRecordingFile, limits: PoolLimits) {
    this.#openFile = open
    this.#limits = limits
  }

  /** How many files are open now. */
  get openCount(): number {
    return this.#open.size
  }

  /** Opens now, so that an unreadable file is told at once. */
  async open(path: string, options: ReadOptions): Promise<Recording> {
    const fingerprint = await fingerprintOf(path)
    const recording = await this.#openFile(path, options)
    const bytes = bytesHeldBy(recording)
    const member: Member = { path, options, fingerprint, bytes, live: Promise.resolve(recording), users: new Set() }
    this.#members.add(member)
    this.#open.add(member)
    await this.#park()
    return {
      ...recording,
      channels: recording.channels.map((channel, index) => ({
        ...channel,
        read: (range) => this.#use(member, (live) => live.channels[index].read(range)),
      })),
      close: async () => {
        if (!this.#members.delete(member)) return
        this.#open.delete(member)
        await Promise.allSettled(member.users)
        const live = await member.live?.catch(() => undefined)
        await live?.close()
      },
    }
  }

  async #use<T>(member: Member, work: (recording: Recording) => Promise<T>): Promise<T> {
    if (!this.#members.has(member)) {
      throw new AnalyzerError('bad-request', `"${member.path}" was closed while it was read.`, { path: member.path })
    }
    this.#open.delete(member)
    this.#open.add(member)
    member.live ??= this.#reopen(member)
    const using = member.live.then(work)
    member.users.add(using)
    try {
      return await using
    } finally {
      member.users.delete(using)
      await this.#park()
    }
  }

  async #reopen(member: Member): Promise<Recording> {
    try {
      if ((await fingerprintOf(member.path)) !== member.fingerprint) {
        throw new AnalyzerError('unreadable-file', `"${member.path}" changed since it was opened; open it again.`, {
          path: member.path,
        })
      }
      return await this.#openFile(member.path, member.options)
    } catch (error) {
      member.live = undefined
      this.#open.delete(member)
      throw error
    }
  }

  /** Closes what was not used for longest, until the limits hold or all are in use. */
  async #park(): Promise<void> {
    let bytes = 0
    for (const member of this.#open) bytes += member.bytes
    const newest = [...this.#open].at(-1)
    for (const member of this.#open) {
      if (this.#open.size <= this.#limits.openCount && bytes <= this.#limits.bytes) return
      if (member === newest || member.users.size > 0) continue
      const { live } = member
      member.live = undefined
      this.#open.delete(member)
      bytes -= member.bytes
      await (await live)?.close()
    }
  }
}

/** WAV and NPY are read by range; tables keep decoded blocks (64 MiB); the others may hold every sample. */
function bytesHeldBy({ format, name, channels }: Recording): number {
  const sampleCount = channels.reduce((sum, channel) => sum + channel.sampleCount, 0)
  if ((format === 'wav' || format === 'npy') && !name.endsWith('.gz')) return 0
  return format === 'csv' ? Math.min(4 * sampleCount, 64 * 2 ** 20) + 4 * 2 ** 20 : 8 * sampleCount
}

/** Undefined where there is no such file: opening says so in its own words. */
async function fingerprintOf(path: string): Promise<string | undefined> {
  const info = await stat(path).catch(() => undefined)
  return info === undefined ? undefined : `${info.size} ${info.mtimeMs}`
}
