import type { Tile } from '../../shared/app/tracks'
import type { SampleRange } from '../../shared/sample-range'
import type { FrameOptions } from '../dsp/frames'
import { createTaper, noiseBandwidthBins } from '../dsp/taper'
import type { TileGrid } from './tile-grid'

/** Columns longer than this many hops are sampled: this many frames, evenly over the column. */
const framesPerColumn = 8
/** Samples that one batch of columns reads at most: 4 MB. */
const readSamples = 1 << 20
/** Frames are cut from one stretch where they make up at least this share of it; else each is read by itself. */
const closeShare = 1 / 8
/** Below float32's least normal power; −370 dB. */
const leastDensity = 1e-37

export interface SpectrogramTileSource {
  readonly sampleRateHz: number
  readonly sampleCount: number
  /** Samples between frames where a column holds several. */
  readonly frame: FrameOptions
  read(range: SampleRange): Promise<Float32Array>
  /** [frames × bins] of the whole frames in the samples, one-sided: 2|X|²/(Σw)². A frame with a NaN is NaN. */
  powerFrames(samples: Float32Array, frame: FrameOptions): Float32Array
}

/**
 * Power density, dB re 1 unit²/Hz: the mean over the frames whose centres lie evenly in the column, about one a hop, at
 * least one and at most eight. Frames lie within the signal: those of its first and last half frame are shifted inwards.
 * A frame with a gap is left out; NaN where none is left.
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
  const target = { tile, sums: new Float64Array(rows), densityScale: densityScaleOf(source) }
  for (let first = 0; first < columns; first += plan.columnsAtOnce) {
    signal.throwIfAborted()
    const end = Math.min(columns, first + plan.columnsAtOnce)
    const power = await powerOfColumns(source, plan, first, end)
    for (let column = first; column < end; column++) {
      const from = (column - first) * plan.framesEach
      fillColumn(target, power.subarray(from * rows, (from + plan.framesEach) * rows), column)
    }
  }
  return tile
}

interface FramePlan {
  readonly framesEach: number
  readonly columnsAtOnce: number
  /** First sample of a frame of a column. */
  startOf(column: number, frame: number): number
}

function planFrames(grid: TileGrid, { frame, sampleCount }: SpectrogramTileSource): FramePlan {
  const { columnSamples, start, end } = grid
  const framesEach = Math.min(framesPerColumn, Math.max(1, Math.floor(columnSamples / frame.hopLength)))
  const last = sampleCount - frame.frameLength
  return {
    framesEach,
    columnsAtOnce: Math.max(1, Math.floor(readSamples / Math.max(columnSamples, framesEach * frame.frameLength))),
    startOf: (column, index) => {
      const left = start + column * columnSamples
      const length = Math.min(columnSamples, end - left) // the last column may be shorter
      const centre = left + ((index + 0.5) * length) / framesEach
      return Math.min(last, Math.max(0, Math.round(centre - frame.frameLength / 2)))
    },
  }
}

/** [columns × framesEach × rows]; frames that lie close share one read, others are read one by one. */
async function powerOfColumns(
  { frame, read, powerFrames }: SpectrogramTileSource,
  { framesEach, startOf }: FramePlan,
  first: number,
  end: number,
): Promise<Float32Array> {
  const starts: number[] = []
  for (let column = first; column < end; column++) {
    for (let index = 0; index < framesEach; index++) starts.push(startOf(column, index))
  }
  const { frameLength } = frame
  const laid = new Float32Array(starts.length * frameLength)
  const span = starts[starts.length - 1] + frameLength - starts[0]
  if (span * closeShare <= laid.length) {
    const samples = await read({ start: starts[0], end: starts[0] + span })
    for (const [i, start] of starts.entries()) {
      laid.set(samples.subarray(start - starts[0], start - starts[0] + frameLength), i * frameLength)
    }
  } else {
    const parts = await Promise.all(starts.map((start) => read({ start, end: start + frameLength })))
    for (const [i, part] of parts.entries()) laid.set(part, i * frameLength)
  }
  return powerFrames(laid, { ...frame, hopLength: frameLength })
}

interface ColumnTarget {
  readonly tile: Tile
  readonly sums: Float64Array
  readonly densityScale: number
}

/** 10 log₁₀ of the mean density of the measured frames [frames × rows]. */
function fillColumn({ tile, sums, densityScale }: ColumnTarget, power: Float32Array, column: number): void {
  const { rows, columns, values } = tile
  sums.fill(0)
  let count = 0
  for (let from = 0; from < power.length; from += rows) {
    if (!Number.isFinite(power[from])) continue
    count += 1
    for (let row = 0; row < rows; row++) sums[row] += power[from + row]
  }
  if (count === 0) return
  for (let row = 0; row < rows; row++) {
    values[row * columns + column] = 10 * Math.log10(Math.max(leastDensity, (sums[row] / count) * densityScale))
  }
}

/** Power (2|X|²/(Σw)²) to density per Hz: divided by the equivalent noise bandwidth. */
function densityScaleOf({ frame, sampleRateHz }: SpectrogramTileSource): number {
  const bandwidthBins = noiseBandwidthBins(createTaper(frame.taper, frame.frameLength))
  return frame.frameLength / (bandwidthBins * sampleRateHz)
}
