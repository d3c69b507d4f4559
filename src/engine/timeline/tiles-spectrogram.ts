import type { Tile } from '../../shared/app/tracks'
import type { SampleRange } from '../../shared/sample-range'
import type { FrameOptions } from '../dsp/frames'
import { createTaper, noiseBandwidthBins } from '../dsp/taper'
import type { TileGrid } from './tile-grid'

/** A column of more frames than this is sampled: by runs of frames that follow each other, evenly over the column. */
const framesPerColumn = 8
const runsPerColumn = 2
/** Samples transformed for one column at most: long frames are fewer. */
const samplesPerColumn = 8192
/** Samples that one batch of columns reads at most: 4 MB. */
const readSamples = 1 << 20
/** Runs with fewer samples between them are cut from one stretch: reading on costs less than another read. */
const closeSamples = 8000
/** Columns written together: a cache line of each row. */
const columnsOfBlock = 16
/** Below float32's least normal power; −370 dB. */
const leastDensity = 1e-37

export interface SpectrogramTileSource {
  readonly sampleRateHz: number
  readonly sampleCount: number
  /** hopLength = half of frameLength = half of fftLength */
  readonly frame: FrameOptions
  read(range: SampleRange): Promise<Float32Array>
  /** [frames × bins] of the whole frames in the samples, one-sided: 2|X|²/(Σw)². A frame with a NaN is NaN. */
  powerFrames(samples: Float32Array, frame: FrameOptions): Float32Array
  /** ln(value + floor) in place; NaN stays NaN */
  takeLogarithms(values: Float32Array, floor: number): void
}

/**
 * Power density, dB re 1 unit²/Hz: the mean over the frames whose centres lie in the column, a hop apart; one about the
 * centre of a column shorter than a hop. Of a column that holds more than eight (or 8192 samples of) frames, two runs are
 * taken, about its first and third quarter. Frames lie within the signal: those of its first and last half frame are
 * shifted inwards. A frame with a gap is left out; NaN where none is left.
 */
export async function spectrogramTile(
  grid: TileGrid,
  source: SpectrogramTileSource,
  signal: AbortSignal,
): Promise<Tile> {
  const { frame, sampleRateHz, sampleCount } = source
  const { level, index, columns } = grid
  const rows = frame.fftLength / 2 + 1
  const values = new Float32Array(rows * columns).fill(Number.NaN)
  const binHz = sampleRateHz / frame.fftLength
  const tile = { level, index, rows, columns, values, lowHz: -binHz / 2, highHz: sampleRateHz / 2 + binHz / 2 }
  if (sampleCount < frame.frameLength) return tile
  const plan = planFrames(grid, source)
  const target = { tile, means: new Float64Array(columnsOfBlock * rows), densityScale: densityScaleOf(source) }
  for (let first = 0; first < columns; first += plan.columnsAtOnce) {
    signal.throwIfAborted()
    const end = Math.min(columns, first + plan.columnsAtOnce)
    const power = await powerOfColumns(source, plan, first, end)
    for (let column = first; column < end; column += columnsOfBlock) {
      fillColumns(target, power, plan, first, { start: column, end: Math.min(end, column + columnsOfBlock) })
    }
  }
  source.takeLogarithms(values, leastDensity)
  for (let i = 0; i < values.length; i++) values[i] *= 10 / Math.LN10
  return tile
}

interface FramePlan {
  /** Runs of a column, and frames of a run: a hop apart. */
  readonly runs: number
  readonly framesOfRun: number
  readonly runLength: number // samples
  readonly columnsAtOnce: number
  /** First sample of a run of a column. */
  startOf(column: number, run: number): number
}

function planFrames(grid: TileGrid, { frame, sampleCount }: SpectrogramTileSource): FramePlan {
  const { columnSamples, start, end } = grid
  const { frameLength, hopLength } = frame
  const frameCount = Math.max(1, Math.floor(columnSamples / hopLength))
  const frameLimit = Math.max(runsPerColumn, Math.min(framesPerColumn, Math.floor(samplesPerColumn / frameLength)))
  const runs = frameCount > frameLimit ? runsPerColumn : 1
  const fitting = Math.floor((sampleCount - frameLength) / hopLength) + 1
  const framesOfRun = Math.min(frameCount, frameLimit / runs, fitting)
  const runLength = frameLength + (framesOfRun - 1) * hopLength
  return {
    runs,
    framesOfRun,
    runLength,
    columnsAtOnce: Math.max(1, Math.floor(readSamples / Math.max(columnSamples, runs * runLength))),
    startOf: (column, run) => {
      const left = start + column * columnSamples
      const length = Math.min(columnSamples, end - left) // the last column may be shorter
      const centre = left + ((run + 0.5) * length) / runs
      return Math.min(sampleCount - runLength, Math.max(0, Math.round(centre - runLength / 2)))
    },
  }
}

/**
 * Frames of all runs of the columns at once: [columns × runs × framesLaid(plan) × rows]. Runs are laid one behind the
 * other, so that the kernel takes them in one go; the frame across the border of two runs is nobody's.
 */
async function powerOfColumns(
  source: SpectrogramTileSource,
  plan: FramePlan,
  first: number,
  end: number,
): Promise<Float32Array> {
  const starts: number[] = []
  for (let column = first; column < end; column++) {
    for (let run = 0; run < plan.runs; run++) starts.push(plan.startOf(column, run))
  }
  const { frame, powerFrames } = source
  const laid = new Float32Array(starts.length * plan.runLength)
  const parts = await readRuns(source, starts, plan.runLength)
  for (const [i, part] of parts.entries()) laid.set(part, i * plan.runLength)
  return powerFrames(laid, plan.framesOfRun === 1 ? { ...frame, hopLength: frame.frameLength } : frame)
}

/** Frames from run to run as they are laid: one more than a run has, where these overlap by half. */
function framesLaid({ framesOfRun }: FramePlan): number {
  return framesOfRun === 1 ? 1 : framesOfRun + 1
}

/** Runs that lie close share one read, others are read one by one. */
async function readRuns(
  { read }: SpectrogramTileSource,
  starts: readonly number[],
  runLength: number,
): Promise<Float32Array[]> {
  const [origin] = starts
  const span = starts[starts.length - 1] + runLength - origin
  if (span > starts.length * (runLength + closeSamples)) {
    return Promise.all(starts.map((start) => read({ start, end: start + runLength })))
  }
  const samples = await read({ start: origin, end: origin + span })
  return starts.map((start) => samples.subarray(start - origin, start - origin + runLength))
}

interface ColumnTarget {
  readonly tile: Tile
  /** [columnsOfBlock × rows] */
  readonly means: Float64Array
  readonly densityScale: number
}

/** Mean density of some columns. @param power of the columns from `first` on */
function fillColumns(
  { tile, means, densityScale }: ColumnTarget,
  power: Float32Array,
  plan: FramePlan,
  first: number,
  { start, end }: SampleRange,
): void {
  const { rows, columns, values } = tile
  for (let column = start; column < end; column++) {
    meanOfFrames(means.subarray((column - start) * rows, (column - start + 1) * rows), power, plan, column - first)
  }
  for (let row = 0; row < rows; row++) {
    for (let column = start; column < end; column++) {
      values[row * columns + column] = means[(column - start) * rows + row] * densityScale
    }
  }
}

/** Mean power of the measured frames of a column; NaN where there is none. @param place of the column in `power` */
function meanOfFrames(mean: Float64Array, power: Float32Array, plan: FramePlan, place: number): void {
  const rows = mean.length
  mean.fill(0)
  let count = 0
  for (let run = 0; run < plan.runs; run++) {
    for (let frame = 0; frame < plan.framesOfRun; frame++) {
      const from = ((place * plan.runs + run) * framesLaid(plan) + frame) * rows
      if (!Number.isFinite(power[from])) continue
      count += 1
      for (let row = 0; row < rows; row++) mean[row] += power[from + row]
    }
  }
  for (let row = 0; row < rows; row++) mean[row] /= count
}

/** Power (2|X|²/(Σw)²) to density per Hz: divided by the equivalent noise bandwidth. */
function densityScaleOf({ frame, sampleRateHz }: SpectrogramTileSource): number {
  const bandwidthBins = noiseBandwidthBins(createTaper(frame.taper, frame.frameLength))
  return frame.frameLength / (bandwidthBins * sampleRateHz)
}
