import { AnalyzerError } from '../../shared/errors'
import type { SampleRange } from '../../shared/sample-range'
import { occupyMemory, type Kernels } from '../dsp/kernels/load-kernels'

/** Least and greatest sample of each column; both NaN where nothing was measured. */
export interface MinMaxColumns {
  readonly least: Float32Array
  readonly greatest: Float32Array
}

/**
 * Minima and maxima of a signal by blocks, and of these by fours, level over level: 1/6 of a byte a sample. Built from chunks as they come; asked for any range in as many columns as the screen is wide.
 */
export interface Pyramid {
  readonly sampleCount: number
  /** samples; a column is exact to whole blocks: it may show up to a block's extremes beyond either end */
  readonly blockLength: number
  /** The next samples; NaN is "nothing measured" and passed over. */
  append(samples: Float32Array): void
  /**
   * Column c spans the samples [start + c · length / columnCount, start + (c + 1) · length / columnCount) and the rest of
   * the blocks they begin and end in. Below `blockLength` samples a column the signal itself should be read instead.
   * @throws AnalyzerError bad-request for a range outside the samples so far, or no columns
   */
  query(range: SampleRange, columnCount: number): MinMaxColumns
}

/** Blocks of 64 samples: 12.5 MB for 10⁸ samples, and a third more for the levels above. */
const blockLength = 64
const radix = 4
const partSamples = 65_536 // stays in the second-level cache between being copied in and being read

interface Level {
  least: Float32Array
  greatest: Float32Array
  count: number
}

/** @param expectedSampleCount reserves memory once; more samples than that are taken all the same */
export function createPyramid(kernels: Kernels, expectedSampleCount: number): Pyramid {
  const blocks = createLevel(Math.ceil(expectedSampleCount / blockLength))
  const levels: Level[] = [blocks]
  const rest = new Float32Array(blockLength) // samples of the block that is not full yet
  let restCount = 0
  let sampleCount = 0
  return {
    blockLength,
    get sampleCount() {
      return sampleCount
    },
    append(samples) {
      let from = 0
      if (restCount > 0) {
        from = Math.min(blockLength - restCount, samples.length)
        rest.set(samples.subarray(0, from), restCount)
        restCount += from
      }
      if (restCount === blockLength) {
        reduceBlocks(kernels, rest, blocks)
        restCount = 0
      }
      if (restCount === 0) {
        const end = from + blockLength * Math.floor((samples.length - from) / blockLength)
        reduceBlocks(kernels, samples.subarray(from, end), blocks)
        rest.set(samples.subarray(end))
        restCount = samples.length - end
      }
      sampleCount += samples.length
      raiseLevels(levels)
    },
    query(range, columnCount) {
      checkQuery(range, columnCount, sampleCount)
      return queryColumns(levels, rest.subarray(0, restCount), range, columnCount)
    },
  }
}

function createLevel(capacity: number): Level {
  return { least: new Float32Array(capacity), greatest: new Float32Array(capacity), count: 0 }
}

function reserve(level: Level, count: number): void {
  if (count <= level.least.length) return
  const capacity = Math.max(count, 2 * level.least.length, 64)
  for (const side of ['least', 'greatest'] as const) {
    const larger = new Float32Array(capacity)
    larger.set(level[side].subarray(0, level.count))
    level[side] = larger
  }
}

/** Whole blocks through the kernel, part by part. */
function reduceBlocks(kernels: Kernels, samples: Float32Array, blocks: Level): void {
  const blockCount = samples.length / blockLength
  reserve(blocks, blocks.count + blockCount)
  const [source, minima, maxima] = [64, 64 + 4 * partSamples, 64 + 4 * partSamples + (4 * partSamples) / blockLength]
  occupyMemory(kernels, maxima + (4 * partSamples) / blockLength, blocks)
  const { buffer } = kernels.memory
  for (let first = 0; first < samples.length; first += partSamples) {
    const part = samples.subarray(first, first + partSamples)
    const count = part.length / blockLength
    new Float32Array(buffer, source, part.length).set(part)
    kernels.minMaxBlocks(source, minima, maxima, count, blockLength)
    blocks.least.set(new Float32Array(buffer, minima, count), blocks.count)
    blocks.greatest.set(new Float32Array(buffer, maxima, count), blocks.count)
    blocks.count += count
  }
}

/** Each level holds the whole fours of the one below it; what is left over stays below. */
function raiseLevels(levels: Level[]): void {
  for (let index = 0; levels[index].count >= radix; index++) {
    const below = levels[index]
    if (index + 1 === levels.length) levels.push(createLevel(Math.ceil(below.least.length / radix)))
    const level = levels[index + 1]
    const count = Math.floor(below.count / radix)
    reserve(level, count)
    for (let i = level.count; i < count; i++) {
      level.least[i] = leastOf(below.least, radix * i)
      level.greatest[i] = greatestOf(below.greatest, radix * i)
    }
    level.count = count
  }
}

/** Of four values; NaN only when all are: a comparison with NaN is false, so the held value is replaced by !(… <= …). */
function leastOf(values: Float32Array, from: number): number {
  let least = values[from]
  for (let i = from + 1; i < from + radix; i++) {
    if (!(least <= values[i]) && values[i] === values[i]) least = values[i]
  }
  return least
}

function greatestOf(values: Float32Array, from: number): number {
  let greatest = values[from]
  for (let i = from + 1; i < from + radix; i++) {
    if (!(greatest >= values[i]) && values[i] === values[i]) greatest = values[i]
  }
  return greatest
}

function checkQuery({ start, end }: SampleRange, columnCount: number, sampleCount: number): void {
  if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= sampleCount)) {
    throw new AnalyzerError(
      'bad-request',
      `Samples ${start} to ${end} were asked for; the signal has 0 to ${sampleCount}.`,
      { start, end, sampleCount },
    )
  }
  if (!(Number.isInteger(columnCount) && columnCount > 0)) {
    throw new AnalyzerError('bad-request', `${columnCount} columns were asked for; a whole number above 0 is needed.`, {
      columnCount,
    })
  }
}

interface Extremes {
  low: number
  high: number
}

function queryColumns(
  levels: readonly Level[],
  rest: Float32Array,
  range: SampleRange,
  columnCount: number,
): MinMaxColumns {
  const least = new Float32Array(columnCount)
  const greatest = new Float32Array(columnCount)
  const blockCount = levels[0].count
  const length = range.end - range.start
  const held: Extremes = { low: 0, high: 0 }
  for (let column = 0; column < columnCount; column++) {
    const start = Math.floor(range.start + (column * length) / columnCount)
    // at least the sample that the column begins in
    const end = Math.min(range.end, Math.max(start + 1, Math.ceil(range.start + ((column + 1) * length) / columnCount)))
    held.low = Number.POSITIVE_INFINITY
    held.high = Number.NEGATIVE_INFINITY
    if (start < end) {
      const endBlock = Math.ceil(end / blockLength)
      mergeBlocks(levels, Math.floor(start / blockLength), Math.min(endBlock, blockCount), held)
      if (endBlock > blockCount) mergeValues(rest, rest, 0, rest.length, held)
    }
    const isMeasured = held.low <= held.high
    least[column] = isMeasured ? held.low : Number.NaN
    greatest[column] = isMeasured ? held.high : Number.NaN
  }
  return { least, greatest }
}

/** Up from both ends of [start, end): what does not fill a four is taken here, the rest one level higher. */
function mergeBlocks(levels: readonly Level[], start: number, end: number, held: Extremes): void {
  for (let index = 0; start < end; index++) {
    const { least, greatest } = levels[index]
    const innerStart = Math.ceil(start / radix)
    const innerEnd = Math.floor(end / radix)
    if (innerStart >= innerEnd) {
      mergeValues(least, greatest, start, end, held)
      return
    }
    mergeValues(least, greatest, start, radix * innerStart, held)
    mergeValues(least, greatest, radix * innerEnd, end, held)
    start = innerStart
    end = innerEnd
  }
}

function mergeValues(least: Float32Array, greatest: Float32Array, start: number, end: number, held: Extremes): void {
  for (let i = start; i < end; i++) {
    if (least[i] < held.low) held.low = least[i]
    if (greatest[i] > held.high) held.high = greatest[i]
  }
}
