/**
 * Slow running mean and RMS of a signal that is too long to hold: sums over short blocks are kept (24 bytes a block),
 * and mean and RMS at any sample come from the blocks of a centred window, linear between block centres.
 * The result depends on the signal only, not on how it was cut into chunks.
 */
export interface SlowLevelOptions {
  /** samples a block */
  readonly blockLength: number
  /** samples; the window of the running mean and RMS. A shorter signal uses its whole length. */
  readonly windowLength: number
}

export interface SlowLevel {
  /** Takes the next samples; NaN counts as not measured. */
  add(samples: Float32Array): void
  /** Call once after the last `add`. */
  finish(): void
  /** (x − slow mean) / slow RMS about that mean, for samples that begin at index `start`. Flat stretches become NaN. */
  normalize(samples: Float32Array, start: number): Float32Array
}

export function createSlowLevel(options: SlowLevelOptions): SlowLevel {
  let blocks: BlockSums = { sums: [], squares: [], counts: [] }
  let means: Float64Array = new Float64Array(0)
  let gains: Float64Array = new Float64Array(0)
  let sampleCount = 0
  return {
    add(samples) {
      addToBlocks(blocks, samples, sampleCount, options.blockLength)
      sampleCount += samples.length
    },
    finish() {
      const windowBlocks = Math.max(1, Math.round(options.windowLength / options.blockLength))
      ;({ means, gains } = slowStatistics(blocks, windowBlocks))
      blocks = { sums: [], squares: [], counts: [] } // 24 bytes a block that nobody needs any more
    },
    normalize(samples, start) {
      const result = new Float32Array(samples.length)
      const last = means.length - 1
      for (let i = 0; i < samples.length; i++) {
        const position = Math.min(last, Math.max(0, (start + i + 0.5) / options.blockLength - 0.5))
        const block = Math.min(Math.floor(position), Math.max(0, last - 1))
        const next = Math.min(block + 1, last)
        const fraction = position - block
        const mean = means[block] + (means[next] - means[block]) * fraction
        const gain = gains[block] + (gains[next] - gains[block]) * fraction
        result[i] = (samples[i] - mean) * gain
      }
      return result
    },
  }
}

interface BlockSums {
  readonly sums: number[]
  readonly squares: number[]
  readonly counts: number[]
}

function addToBlocks(blocks: BlockSums, samples: Float32Array, start: number, blockLength: number): void {
  for (let i = 0; i < samples.length;) {
    const block = Math.floor((start + i) / blockLength)
    const end = Math.min(samples.length, (block + 1) * blockLength - start)
    let sum = 0
    let square = 0
    let count = 0
    for (; i < end; i++) {
      const value = samples[i]
      if (value === value) {
        sum += value
        square += value * value
        count += 1
      }
    }
    blocks.sums[block] = (blocks.sums[block] ?? 0) + sum
    blocks.squares[block] = (blocks.squares[block] ?? 0) + square
    blocks.counts[block] = (blocks.counts[block] ?? 0) + count
  }
}

/** Windows keep their length at the edges by shifting inward. Gain = 1 / RMS about the mean; NaN where RMS is 0. */
function slowStatistics(blocks: BlockSums, windowBlocks: number): { means: Float64Array; gains: Float64Array } {
  const count = blocks.sums.length
  const width = Math.min(windowBlocks, count)
  const means = new Float64Array(count)
  const gains = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const first = Math.min(Math.max(0, i - (width >> 1)), count - width)
    let sum = 0
    let square = 0
    let measured = 0
    for (let b = first; b < first + width; b++) {
      sum += blocks.sums[b]
      square += blocks.squares[b]
      measured += blocks.counts[b]
    }
    const mean = sum / measured
    const variance = square / measured - mean * mean
    means[i] = mean
    // below a relative 1e-10 the variance is rounding of the mean: a flat line, not a signal
    gains[i] = variance > 1e-10 * mean * mean && variance > 0 ? 1 / Math.sqrt(variance) : Number.NaN
  }
  return { means, gains }
}
