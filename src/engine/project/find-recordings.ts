import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ProjectRecording, RecordedFile } from '../../shared/project/project-document'
import type { RecordingState } from '../../shared/project/project-state'
import { hashSource, openFileSource } from '../readers/byte-source'

export interface FoundRecording {
  readonly state: RecordingState
  /** Where it is now; undefined = missing. */
  readonly file?: RecordedFile
}

const deepest = 4
const mostEntries = 20_000

/**
 * Is every recording where the project says, with the content it says? Size and time of change tell without reading it;
 * where they differ the hash does. What is not found is looked for by its hash in `folders` and below.
 */
export async function findRecordings(
  recordings: readonly ProjectRecording[],
  folders: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, FoundRecording>> {
  const found = new Map<string, FoundRecording>()
  const lost: ProjectRecording[] = []
  for (const recording of recordings) {
    const state = await stateInPlace(recording, signal)
    found.set(recording.id, state)
    if (state.state !== 'found') lost.push(recording)
  }
  if (lost.length === 0) return found
  const near = [...folders, ...lost.map(({ file }) => dirname(file.path))]
  for (const [id, file] of await searchByHash(lost, near, signal)) found.set(id, { state: 'moved', file })
  return found
}

async function stateInPlace({ file }: ProjectRecording, signal: AbortSignal): Promise<FoundRecording> {
  const info = await stat(file.path).catch(() => undefined)
  if (info === undefined || !info.isFile()) return { state: 'missing' }
  if (info.size === file.bytes && info.mtime.toISOString() === file.modifiedAt) return { state: 'found', file }
  const now = await describeFile(file.path, signal)
  if (now === undefined) return { state: 'missing' }
  return { state: now.sha256 === file.sha256 ? 'found' : 'changed', file: now }
}

/** Path, hash, size and time as they are now; undefined where it cannot be read. */
export async function describeFile(path: string, signal: AbortSignal): Promise<RecordedFile | undefined> {
  signal.throwIfAborted()
  const info = await stat(path).catch(() => undefined)
  const source = await openFileSource(path).catch(() => undefined)
  if (info === undefined || source === undefined) return undefined
  try {
    const sha256 = await hashSource(source, signal)
    return { path, sha256, bytes: source.size, modifiedAt: info.mtime.toISOString() }
  } finally {
    await source.close()
  }
}

/** Files of the right size only are read; one of the old name before others. */
async function searchByHash(
  lost: readonly ProjectRecording[],
  folders: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, RecordedFile>> {
  const sizes = new Set(lost.map(({ file }) => file.bytes))
  const candidates = await listFiles(folders, (size) => sizes.has(size), signal)
  const described = new Map<string, Promise<RecordedFile | undefined>>()
  const describeOnce = (path: string): Promise<RecordedFile | undefined> => {
    const known = described.get(path) ?? describeFile(path, signal)
    described.set(path, known)
    return known
  }
  const found = new Map<string, RecordedFile>()
  for (const { id, file } of lost) {
    const name = basename(file.path)
    const fitting = candidates.filter(({ size }) => size === file.bytes)
    fitting.sort((a, b) => Number(basename(b.path) === name) - Number(basename(a.path) === name))
    for (const { path } of fitting) {
      const now = await describeOnce(path)
      if (now?.sha256 !== file.sha256) continue
      found.set(id, now)
      break
    }
  }
  return found
}

interface Candidate {
  readonly path: string
  readonly size: number
}

/** Breadth first, near folders before deep ones, a bounded number of entries; links are not followed. */
async function listFiles(
  folders: readonly string[],
  isWanted: (size: number) => boolean,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const queue = [...new Set(folders)].map((folder) => ({ folder, depth: 0 }))
  const seen = new Set(queue.map(({ folder }) => folder))
  const files: Candidate[] = []
  let entryCount = 0
  for (let next = queue.shift(); next !== undefined && entryCount < mostEntries; next = queue.shift()) {
    signal.throwIfAborted()
    const { folder, depth } = next
    for (const entry of await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => [])) {
      entryCount += 1
      const path = join(folder, entry.name)
      if (entry.isFile()) {
        const info = await stat(path).catch(() => undefined)
        if (info !== undefined && isWanted(info.size)) files.push({ path, size: info.size })
      } else if (entry.isDirectory() && depth < deepest && !isSkipped(entry.name) && !seen.has(path)) {
        seen.add(path)
        queue.push({ folder: path, depth: depth + 1 })
      }
    }
  }
  return files
}

function isSkipped(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules'
}
