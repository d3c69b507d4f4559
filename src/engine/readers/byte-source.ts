import { createHash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { AnalyzerError } from '../../shared/errors'
import type { ByteSource } from './recording'

/** A source that other programs' libraries can open by path too (HDF5). */
interface FileByteSource extends ByteSource {
  readonly path: string
}

const hashBlockBytes = 1 << 20

/**
 * Opens a file for reads by range. Errors: unreadable-file, one sentence each, for a missing file, a folder,
 * a missing permission and an empty file.
 */
export async function openFileSource(path: string): Promise<FileByteSource> {
  const name = basename(path)
  try {
    const info = await stat(path)
    if (info.isDirectory())
      throw new AnalyzerError('unreadable-file', `"${path}" is a folder; a file was expected.`, { path })
    if (!info.isFile()) {
      throw new AnalyzerError('unreadable-file', `"${path}" is a device or pipe; an ordinary file was expected.`, {
        path,
      })
    }
    if (info.size === 0) throw emptyFileError(name)
    return fileSourceOf(await open(path, 'r'), path, name, info.size)
  } catch (error) {
    throw describeFileError(error, path)
  }
}

/** Takes the open handle over; `close` closes it and may be called twice. */
export function fileSourceOf(handle: FileHandle, path: string, name: string, size: number): FileByteSource {
  let isOpen = true
  const readInto = async (start: number, target: Uint8Array): Promise<number> => {
    if (!isOpen) throw new AnalyzerError('internal', `"${name}" was read after it was closed.`, { name })
    try {
      return await readRange(handle, start, target)
    } catch (error) {
      throw describeFileError(error, path)
    }
  }
  return {
    name,
    size,
    path,
    async read(start, end) {
      const first = clampStart(start, size)
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - first))
      const filled = await readInto(first, bytes)
      return filled === bytes.length ? bytes : bytes.subarray(0, filled)
    },
    readInto: (start, target) => readInto(start, target.subarray(0, Math.max(0, size - start))),
    async close() {
      if (!isOpen) return
      isOpen = false
      await handle.close()
    },
  }
}

/** Bytes that are already here: an upload, a test, a small member of an archive. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read: (start, end) => Promise.resolve(bytes.subarray(clampStart(start, bytes.length), Math.max(0, end))),
    close: () => Promise.resolve(),
  }
}

/** The bytes [start, end) of `source` as a source of their own; closing it leaves `source` open. */
export function sliceOfSource(source: ByteSource, name: string, start: number, end: number): ByteSource {
  const first = clampStart(start, source.size)
  const size = Math.max(0, Math.min(end, source.size) - first)
  return {
    name,
    size,
    read: (from, to) => source.read(first + clampStart(from, size), first + Math.min(Math.max(0, to), size)),
    close: () => Promise.resolve(),
  }
}

/** Exactly end − start bytes, or unreadable-file: `what` names the part that is cut off. */
export async function readExactly(source: ByteSource, start: number, end: number, what: string): Promise<Uint8Array> {
  const bytes = await source.read(start, end)
  if (bytes.length === end - start) return bytes
  throw new AnalyzerError(
    'unreadable-file',
    `"${source.name}" ends inside ${what}: ${end - start} bytes were expected at ${start}, ${bytes.length} are there.`,
    { name: source.name, start, expected: end - start, found: bytes.length },
  )
}

/** SHA-256 of the whole source in hexadecimal, read in blocks of 1 MiB. */
export async function hashSource(source: ByteSource, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for (let start = 0; start < source.size; start += hashBlockBytes) {
    signal?.throwIfAborted()
    hash.update(await source.read(start, Math.min(start + hashBlockBytes, source.size)))
  }
  return hash.digest('hex')
}

export function emptyFileError(name: string): AnalyzerError {
  return new AnalyzerError('unreadable-file', `"${name}" is empty (0 bytes).`, { name })
}

/** Bytes read; fewer than asked for only at the end of the file. */
async function readRange(handle: FileHandle, start: number, target: Uint8Array): Promise<number> {
  let filled = 0
  while (filled < target.length) {
    const { bytesRead } = await handle.read(target, filled, target.length - filled, start + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}

function clampStart(start: number, size: number): number {
  return Math.min(Math.max(0, start), size)
}

const reasonsByCode: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user (no permission)',
  EPERM: 'may not be read by this user (no permission)',
  EISDIR: 'is a folder; a file was expected',
  ENAMETOOLONG: 'has a name that is too long',
  EMFILE: 'could not be opened: too many files are open',
  EBUSY: 'is in use by another program',
  EIO: 'could not be read: the drive reports an error',
}

function describeFileError(error: unknown, path: string): AnalyzerError {
  if (error instanceof AnalyzerError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const reason = reasonsByCode[code] ?? `could not be read (${code})`
  return new AnalyzerError('unreadable-file', `"${path}" ${reason}.`, { path, code }, { cause: error })
}
