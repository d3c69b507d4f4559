import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { AnalyzerError } from '../../shared/errors'
import { openHdf5 } from './hdf5-library'
import { MatTree } from './mat-v73-tree'
import type { MatContent } from './mat-variables'
import type { ByteSource } from './recording'

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]
/** MATLAB's text header lies before the HDF5 part. */
const userBlockBytes = 512
const copyBlockBytes = 1 << 20

/** An HDF5 file behind a MATLAB header of version 0x0200. */
export function looksLikeMatV73(head: Uint8Array): boolean {
  if (head.length < userBlockBytes + signature.length) return false
  const isVersionTwo = (head[124] === 0 && head[125] === 2) || (head[124] === 2 && head[125] === 0)
  return isVersionTwo && isHdf5At(head, userBlockBytes)
}

export function isHdf5At(head: Uint8Array, position: number): boolean {
  return signature.every((byte, index) => head[position + index] === byte)
}

/**
 * Reads the structure; numbers are read by range through the HDF5 library, which needs a path: sources that aren't
 * files are copied to a temporary one. Errors: unreadable-file.
 */
export async function readMatV73(source: ByteSource): Promise<MatContent> {
  const place = await placeOnDisk(source)
  try {
    const { file, library } = await openHdf5(place.path, source.name)
    const release = async (): Promise<void> => {
      file.close()
      await place.remove()
    }
    try {
      const tree = new MatTree(file, library, source.name)
      return { variables: tree.readVariables(), notices: tree.notices, release: onlyOnce(release) }
    } catch (error) {
      file.close()
      throw error
    }
  } catch (error) {
    await place.remove()
    throw error
  }
}

interface DiskPlace {
  readonly path: string
  remove(): Promise<void>
}

async function placeOnDisk(source: ByteSource): Promise<DiskPlace> {
  const path: unknown = 'path' in source ? source.path : undefined
  if (typeof path === 'string') return { path, remove: () => Promise.resolve() }
  const folder = await mkdtemp(join(tmpdir(), 'vibralens-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'recording.mat')
    await copyTo(source, copy)
    return { path: copy, remove }
  } catch (error) {
    await remove()
    throw new AnalyzerError(
      'unreadable-file',
      `"${source.name}" could not be copied to ${tmpdir()}.`,
      { name: source.name },
      { cause: error },
    )
  }
}

async function copyTo(source: ByteSource, path: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    for (let start = 0; start < source.size; start += copyBlockBytes) {
      await handle.writeFile(await source.read(start, start + copyBlockBytes))
    }
  } finally {
    await handle.close()
  }
}

function onlyOnce(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= action())
}
