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
export const pyramidBlockLength = 64
const blockLength = pyramidBlockLength
const radix = 4
const partSamples = 16_384 // stays in the cache between being copied in and being read

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
      raiseLevels(kernels, levels)
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

interface Workspace {
  readonly samples: number
  readonly minima: number
  readonly maxima: number
}

/** Bytes in the kernels' memory: input of a part, then its results. */
function occupyWorkspace(kernels: Kernels, occupant: object): Workspace {
  const [samples, minima, maxima] = [64, 64 + 4 * partSamples, 64 + 5 * partSamples]
  occupyMemory(kernels, 64 + 6 * partSamples, occupant)
  return { samples, minima, maxima }
}

/** Whole blocks through the kernel, part by part. */
function reduceBlocks(kernels: Kernels, samples: Float32Array, blocks: Level): void {
  reserve(blocks, blocks.count + samples.length / blockLength)
  const place = occupyWorkspace(kernels, blocks)
  for (let first = 0; first < samples.length; first += partSamples) {
    const part = samples.subarray(first, first + partSamples)
    const count = part.length / blockLength
    new Float32Array(kernels.memory.buffer, place.samples, part.length).set(part)
    kernels.minMaxBlocks(place.samples, place.minima, place.maxima, count, blockLength)
    takeResults(kernels, place, count, blocks)
  }
}

function takeResults({ memory }: Kernels, { minima, maxima }: Workspace, count: number, level: Level): void {
  level.least.set(new Float32Array(memory.buffer, minima, count), level.count)
  level.greatest.set(new Float32Array(memory.buffer, maxima, count), level.count)
  level.count += count
}

/** Each level holds the whole fours of the one below it; what is left over stays below. */
function raiseLevels(kernels: Kernels, levels: Level[]): void {
  for (let index = 0; levels[index].count >= radix; index++) {
    const below = levels[index]
    if (index + 1 === levels.length) levels.push(createLevel(Math.ceil(below.least.length / radix)))
    raiseLevel(kernels, below, levels[index + 1])
  }
}

function raiseLevel(kernels: Kernels, below: Level, level: Level): void {
  const count = Math.floor(below.count / radix)
  reserve(level, count)
  const place = occupyWorkspace(kernels, level)
  const greatest = place.samples + 2 * partSamples
  while (level.count < count) {
    const partCount = Math.min(count - level.count, partSamples / (2 * radix))
    const [from, to] = [radix * level.count, radix * (level.count + partCount)]
    new Float32Array(kernels.memory.buffer, place.samples, to - from).set(below.least.subarray(from, to))
    new Float32Array(kernels.memory.buffer, greatest, to - from).set(below.greatest.subarray(from, to))
    kernels.minMaxPairs(place.samples, greatest, place.minima, place.maxima, partCount, radix)
    takeResults(kernels, place, partCount, level)
  }
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

/** Extremes of the samples [start, end), as far as they are there; both NaN where nothing was measured. */
export function minMaxOf(
  samples: Float32Array,
  start: number,
  end: number,
): { readonly least: number; readonly greatest: number } {
  const held: Extremes = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY }
  mergeValues(samples, samples, start, Math.min(end, samples.length), held)
  return held.low <= held.high ? { least: held.low, greatest: held.high } : { least: Number.NaN, greatest: Number.NaN }
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
