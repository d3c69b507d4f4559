import { randomBytes } from 'node:crypto'
import { access, constants, mkdir, open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileErrorCode } from './write-errors'

/**
 * Whole or not at all: a new file beside the old one, flushed to the disk, then renamed over it. Not by
 * write-file-atomic 7: it ignores short writes and, on a disk that fills up, puts a cut-off file in the place of a good
 * one and reports success (docs/decisions.md). Throws what the file system says; the old file is then as it was.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const target = await realpath(path).catch(() => path) // a link stays a link
  const there = await stat(target).catch(() => undefined)
  // renaming over /dev/null or a pipe would put a plain file in its place
  if (there !== undefined && !there.isFile()) return writeFile(target, content)
  const mode = there === undefined ? undefined : there.mode & 0o777
  // a file that somebody protected is not replaced, though its folder would allow it
  if (mode !== undefined) await access(target, constants.W_OK)
  const temporary = join(dirname(target), temporaryName(basename(target)))
  try {
    const handle = await open(temporary, 'wx', mode ?? 0o666)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await renameOver(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined) // what is told is why the write failed
    throw error
  }
  await syncFolder(dirname(target))
}

/** May be left behind by a process that was killed before renaming; `removeLeftovers` clears such ones away. */
function temporaryName(name: string): string {
  return `.${stem(name)}.${process.pid}-${randomBytes(4).toString('hex')}.vltmp`
}

/** The process that made this temporary file of `name`; undefined where it is none. */
function temporaryOwner(candidate: string, name: string): number | undefined {
  const prefix = `.${stem(name)}.`
  if (!candidate.startsWith(prefix)) return undefined
  const pid = /^(\d+)-[0-9a-f]{8}\.vltmp$/.exec(candidate.slice(prefix.length))?.[1]
  return pid === undefined ? undefined : Number(pid)
}

/** Half-written files of `path` by processes that are gone. Nothing else is touched, and no error is worth a word. */
export async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path)
  for (const name of await readdir(folder).catch(() => [])) {
    const owner = temporaryOwner(name, basename(path))
    if (owner !== undefined && !isRunning(owner)) await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return fileErrorCode(error) !== 'ESRCH'
  }
}

/** Short enough that the temporary name is allowed wherever the name is (255 bytes). */
function stem(name: string): string {
  return [...name].slice(0, 30).join('')
}

const busyCodes = ['EPERM', 'EACCES', 'EBUSY']
const renameTries = 6

/** On Windows a virus scanner may hold either file for a moment. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to)
    } catch (error) {
      const isBusy = busyCodes.includes(fileErrorCode(error) ?? '')
      if (process.platform !== 'win32' || !isBusy || attempt === renameTries) throw error
      await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt))
    }
  }
}

/** Makes the rename itself last over a power cut; Windows cannot and need not open folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r').catch(() => undefined) // the file is whole; some network shares refuse this
  if (handle === undefined) return
  await handle.sync().catch(() => undefined)
  await handle.close()
}
