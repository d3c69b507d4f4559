import { AnalyzerError } from '../../shared/errors'
import { mostChannels, type NamedArray } from './named-arrays'
import { countItems, readNpyHeader } from './npy-header'
import { packedItems } from './packed-items'
import type { ByteSource } from './recording'

/** One NumPy array as a named matrix; its values are read by range. Errors: unreadable-file, unsupported-format. */
export async function readNpyArray(source: ByteSource, path: string): Promise<NamedArray> {
  const header = await readNpyHeader(source)
  // axes of length 1 carry nothing: (1, n, 1) is a vector
  const axes = header.shape.filter((length) => length !== 1)
  if (axes.length > 2) {
    throw new AnalyzerError(
      'unsupported-format',
      `"${source.name}" has ${axes.length} axes longer than 1; 1 or 2 were expected: samples, channels.`,
      { name: source.name, axes: axes.length },
    )
  }
  const [rowCount, columnCount] = [axes[0] ?? 1, axes[1] ?? 1]
  if (Math.min(rowCount, columnCount) > mostChannels) {
    throw new AnalyzerError(
      'unsupported-format',
      `"${source.name}" is a matrix of ${rowCount} × ${columnCount}; a recording has at most ${mostChannels} channels.`,
      { name: source.name, rowCount, columnCount },
    )
  }
  const items = packedItems(source, {
    offset: header.dataStart,
    type: header.type,
    isLittleEndian: header.isLittleEndian,
    itemCount: countItems(source, header),
  })
  const [rowStride, columnStride] = header.isColumnMajor ? [1, rowCount] : [columnCount, 1]
  return { path, rowCount, columnCount, rowStride, columnStride, items }
}
