import { AnalyzerError } from '../../shared/errors'
import { channelsOfArray } from './named-arrays'
import { readNpyArray } from './npy-array'
import { looksLikeNpy } from './npy-header'
import type { ByteSource, Reader, Recording } from './recording'

/** NumPy's .npy: one channel of a 1-D array, one a column or row of a 2-D array. Read by range. */
export const npyReader: Reader = { format: 'npy', probe: looksLikeNpy, open: openNpy }

async function openNpy(source: ByteSource): Promise<Recording> {
  const array = await readNpyArray(source, source.name)
  const { channels, guesses, notices } = channelsOfArray(array, undefined, (index) => `channel ${index + 1}`)
  if (channels.length === 0) {
    throw new AnalyzerError('unreadable-file', `"${source.name}" holds an array without values.`, { name: source.name })
  }
  return {
    id: source.name,
    name: source.name,
    format: 'npy',
    sizeBytes: source.size,
    channels,
    metadata: { properties: {} },
    notices,
    guesses,
    close: () => source.close(),
  }
}
