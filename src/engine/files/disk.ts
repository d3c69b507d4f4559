import { open, readFile, rm } from 'node:fs/promises'
import { fileErrorCode } from './write-errors'
import { writeWhole } from './write-whole'

/** What projects ask of the file system; tests give one that fails. Errors are the file system's own. */
export interface Disk {
  /** Undefined where there is no such file. */
  readText(path: string): Promise<string | undefined>
  /** Whole or not at all, and on the disk when it answers. */
  writeWhole(path: string, text: string): Promise<void>
  /**
   * Puts `text` at `position`, cuts off what was behind it, and flushes. Answers the new length, or undefined where the
   * file does not begin with `head`: somebody else's by now.
   */
  append(path: string, head: string, position: number, text: string): Promise<number | undefined>
  remove(path: string): Promise<void>
}

export const realDisk: Disk = {
  readText: async (path) => {
    try {
      return await readFile(path, 'utf8')
    } catch (error) {
      const code = fileErrorCode(error)
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
      throw error
    }
  },
  writeWhole,
  append,
  remove: (path) => rm(path, { force: true }),
}

async function append(path: string, head: string, position: number, text: string): Promise<number | undefined> {
  const handle = await open(path, 'r+')
  try {
    const expected = Buffer.from(head)
    const { buffer } = await handle.read(Buffer.alloc(expected.length), 0, expected.length, 0)
    if (!buffer.equals(expected)) return undefined
    const bytes = Buffer.from(text)
    for (let written = 0; written < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written)
      written += bytesWritten
    }
    await handle.truncate(position + bytes.length)
    await handle.datasync()
    return position + bytes.length
  } finally {
    await handle.close()
  }
}
