import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AnalyzerError } from '../shared/errors'

/** Left free for everything else on the disk. */
const spareBytes = 256 * 1024 * 1024

/** Uploads and downloads of one run of the server, each in a folder of its own so that names are kept; gone at the end. */
export class SessionFolder {
  readonly #path: string
  #count = 0

  private constructor(path: string) {
    this.#path = path
  }

  static async create(): Promise<SessionFolder> {
    return new SessionFolder(await mkdtemp(join(tmpdir(), 'vibralens-serve-')))
  }

  /** A path of this name that nothing lies at yet. @throws AnalyzerError for names with folders in them */
  async reserve(name: string): Promise<string> {
    if (!isPlainName(name)) {
      throw new AnalyzerError('bad-request', `"${name}" is no name of a file; give one without folders.`, { name })
    }
    this.#count += 1
    const folder = join(this.#path, String(this.#count))
    await mkdir(folder)
    return join(folder, name)
  }

  /** Streams to the disk; what did not arrive whole is removed. */
  async store(name: string, content: Readable, announcedBytes: number): Promise<string> {
    const { bavail, bsize } = await statfs(this.#path)
    const freeBytes = bavail * bsize - spareBytes
    if (announcedBytes > freeBytes) {
      const megabytes = (bytes: number): string => (Math.max(0, bytes) / 1e6).toFixed(0)
      throw new AnalyzerError(
        'bad-request',
        `"${name}" has ${megabytes(announcedBytes)} MB; the disk has room for ${megabytes(freeBytes)} MB.`,
        { name, bytes: announcedBytes },
      )
    }
    const path = await this.reserve(name)
    try {
      await pipeline(content, createWriteStream(path, { flags: 'wx' }))
    } catch (cause) {
      await rm(path, { force: true })
      throw new AnalyzerError('unreadable-file', `"${name}" did not arrive whole; send it again.`, { name }, { cause })
    }
    return path
  }

  async dispose(): Promise<void> {
    await rm(this.#path, { recursive: true, force: true })
  }
}

function isPlainName(name: string): boolean {
  // also what Windows refuses or reads as a stream or folder
  return name.length > 0 && name.length <= 255 && name !== '.' && name !== '..' && !/[/\\:*?"<>|\p{Cc}]/u.test(name)
}
