import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { z } from 'zod'
import { fileErrorCode } from '../files/write-errors'

/**
 * A file beside the project that says which process edits it. Another process of this machine that is no longer there
 * leaves a stale lock, which is replaced; one that lives, or sits on another machine, keeps it until it is taken over.
 */
const lockSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** Of the process, where the system says it: numbers of processes are used again. */
  started: z.string().nullable(),
  token: z.string(),
})
type LockContent = z.infer<typeof lockSchema>

export type LockAttempt =
  | { readonly kind: 'held'; readonly lock: ProjectLock; readonly wasStale: boolean }
  | { readonly kind: 'taken'; readonly by: string }

export interface ProjectLock {
  readonly token: string
  /** Asked before every write: another window may have taken it over. */
  isHeld(): Promise<boolean>
  release(): Promise<void>
}

/** Errors of the file system (a folder that cannot be written) are thrown as they are. */
export async function acquireLock(path: string, how: 'if-free' | 'by-force'): Promise<LockAttempt> {
  const token = randomBytes(12).toString('hex')
  const own = JSON.stringify({ pid: process.pid, host: hostname(), started: await startOf(process.pid), token })
  const temporary = `${path}.${token}`
  await writeFile(temporary, own, { flag: 'wx' })
  try {
    if (await linkTo(temporary, path)) return { kind: 'held', lock: lockOf(path, token, own), wasStale: false }
    const holder = await readLock(path)
    const isStale = await isStaleHolder(holder, path)
    if (how === 'if-free' && !isStale) {
      const by = holder === 'unreadable' ? 'another program' : `process ${holder.pid} on ${holder.host}`
      return { kind: 'taken', by }
    }
    await rename(temporary, path)
    // of two that replace a stale lock at once, the later one has it; the other sees that here or before its next write
    const lock = lockOf(path, token, own)
    if (await lock.isHeld()) return { kind: 'held', lock, wasStale: isStale }
    return { kind: 'taken', by: 'another program' }
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Without touching it. */
export async function isLocked(path: string): Promise<boolean> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  return isThere && !(await isStaleHolder(await readLock(path), path))
}

async function isStaleHolder(holder: LockContent | 'unreadable', path: string): Promise<boolean> {
  return holder === 'unreadable' ? isOld(path) : !(await isAlive(holder))
}

function lockOf(path: string, token: string, own: string): ProjectLock {
  const isHeld = async (): Promise<boolean> => {
    const holder = await readLock(path)
    if (holder === 'unreadable') {
      // somebody tidied up: it is free, and ours
      const isGone = await stat(path).then(
        () => false,
        (error: unknown) => fileErrorCode(error) === 'ENOENT',
      )
      if (!isGone) return false
      await writeFile(path, own, { flag: 'wx' }).catch(() => undefined)
      const again = await readLock(path)
      return again !== 'unreadable' && again.token === token
    }
    return holder.token === token
  }
  return {
    token,
    isHeld,
    release: async () => {
      const holder = await readLock(path)
      if (holder !== 'unreadable' && holder.token === token) await rm(path, { force: true })
    },
  }
}

/** Makes the lock with its whole content at once. False where there is one. */
async function linkTo(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path)
    return true
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return false
  }
  // file systems without hard links (exFAT, some shares)
  try {
    await writeFile(path, await readFile(temporary), { flag: 'wx' })
    return true
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return false
    throw error
  }
}

async function readLock(path: string): Promise<LockContent | 'unreadable'> {
  const text = await readFile(path, 'utf8').catch(() => '')
  try {
    const parsed = lockSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : 'unreadable'
  } catch {
    return 'unreadable'
  }
}

const youngMilliseconds = 5000

/** A lock without content is being written just now, or was left by a crash. */
async function isOld(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => undefined)
  return info === undefined || Date.now() - info.mtimeMs > youngMilliseconds
}

async function isAlive({ pid, host, started }: LockContent): Promise<boolean> {
  if (host !== hostname()) return true // nobody can tell from here
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (fileErrorCode(error) === 'ESRCH') return false
  }
  return started === null || (await startOf(pid)) === started
}

/** When the process started, in ticks since the machine did; null where the system does not say, or it has ended. */
async function startOf(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return null
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // after the name in parentheses, which may hold anything: state is the first field, the start the twentieth
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields.length < 20 ? null : fields[19]
}
