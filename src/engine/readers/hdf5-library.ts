import { openSync } from 'node:fs'
import { devNull } from 'node:os'
import type * as Hdf5 from 'h5wasm/node'
import { AnalyzerError } from '../../shared/errors'

export type Hdf5Library = typeof Hdf5

let loading: Promise<Hdf5Library> | undefined

/** Loads h5wasm (HDF5 as WebAssembly, 4 MB) once, when the first HDF5 file is opened. */
function loadHdf5(): Promise<Hdf5Library> {
  loading ??= load()
  return loading
}

async function load(): Promise<Hdf5Library> {
  const library = await import('h5wasm/node')
  const { FS } = await library.ready
  // HDF5 writes its error stack to stderr; we tell the user in one sentence. (Its other way, throwing from inside the
  // C library, leaves the library in a broken state: seen with h5wasm 0.10.3.)
  const streams: unknown = FS
  if (hasStreams(streams)) streams.getStream(2).nfd = openSync(devNull, 'w')
  return library
}

interface StreamTable {
  getStream(descriptor: number): { nfd: number }
}

function hasStreams(value: unknown): value is StreamTable {
  return typeof value === 'object' && value !== null && 'getStream' in value && typeof value.getStream === 'function'
}

/** Opens for reading. Errors: unreadable-file. */
export async function openHdf5(
  path: string,
  name: string,
): Promise<{ readonly file: Hdf5.File; readonly library: Hdf5Library }> {
  const library = await loadHdf5()
  const file = guardHdf5(name, () => new library.File(path, 'r'))
  if (file.file_id >= 0n && file.file_id < 2n ** 63n) return { file, library }
  throw new AnalyzerError('unreadable-file', `"${name}" is damaged or cut off: the HDF5 library cannot open it.`, {
    name,
  })
}

/** Whatever the library throws means that the file is damaged. */
export function guardHdf5<T>(name: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (error instanceof AnalyzerError) throw error
    throw new AnalyzerError(
      'unreadable-file',
      `"${name}" is damaged: the HDF5 library cannot read a part of it.`,
      { name },
      { cause: error },
    )
  }
}
