import type { SampleRange } from '../../shared/sample-range'

/** Reduces a signal or a track to the columns of a picture. NaN = not measured. */

export interface MinMaxColumns {
  readonly min: Float32Array
  readonly max: Float32Array
}

/** Samples read at once: 1 MB. */
const blockLength = 262_144

/** Least and greatest sample of each of `columnCount` equal stretches, reading the signal once, block by block. */
export async function minMaxColumns(
  read: (range: SampleRange) => Promise<Float32Array>,
  sampleCount: number,
  columnCount: number,
  signal: AbortSignal,
): Promise<MinMaxColumns> {
  const min = new Float32Array(columnCount).fill(Number.NaN)
  const max = new Float32Array(columnCount).fill(Number.NaN)
  for (let start = 0; start < sampleCount; start += blockLength) {
    signal.throwIfAborted()
    const block = await read({ start, end: Math.min(start + blockLength, sampleCount) })
    for (let i = 0; i < block.length; i++) {
      const value = block[i]
      if (value !== value) continue
      const column = Math.min(columnCount - 1, Math.floor(((start + i) * columnCount) / sampleCount))
      if (!(min[column] <= value)) min[column] = value
      if (!(max[column] >= value)) max[column] = value
    }
  }
  return { min, max }
}

/**
 * Means of a track [stepCount × rows] over equal stretches of time, [rows × columnCount] with row 0 first. A column
 * that holds no step repeats the step it lies in, so nothing is invented between steps.
 */
export function meanColumns(track: Float32Array, rows: number, columnCount: number): Float32Array {
  const stepCount = track.length / rows
  const columns = new Float32Array(rows * columnCount)
  for (let c = 0; c < columnCount; c++) {
    const first = Math.min(stepCount - 1, Math.floor((c * stepCount) / columnCount))
    const end = Math.max(first + 1, Math.floor(((c + 1) * stepCount) / columnCount))
    for (let row = 0; row < rows; row++) {
      let sum = 0
      let count = 0
      for (let step = first; step < end; step++) {
        const value = track[step * rows + row]
        if (value === value) {
          sum += value
          count += 1
        }
      }
      columns[row * columnCount + c] = count === 0 ? Number.NaN : sum / count
    }
  }
  return columns
}
