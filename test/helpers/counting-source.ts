import type { ByteSource } from '../../src/engine/readers/recording'

/** Counts what is read of a source, and whether it was closed. */
interface CountingSource extends ByteSource {
  readonly counts: { bytesRead: number; closed: number }
}

export function countReads(source: ByteSource): CountingSource {
  const counts = { bytesRead: 0, closed: 0 }
  return {
    name: source.name,
    size: source.size,
    counts,
    async read(start, end) {
      const bytes = await source.read(start, end)
      counts.bytesRead += bytes.length
      return bytes
    },
    async close() {
      counts.closed += 1
      await source.close()
    },
  }
}
