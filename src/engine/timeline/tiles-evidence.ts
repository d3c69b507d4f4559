import type { MapSide, Tile } from '../../shared/app/tracks'
import type { StepMap } from './step-map'
import type { TileGrid } from './tile-grid'

/** Where the steps of a map lie on the samples of the channel. */
export interface StepAxis {
  /** samples at the model's rate */
  readonly startSample: number
  readonly stepSamples: number
  readonly receptiveFieldSamples: number
  readonly modelRateHz: number
  readonly channelRateHz: number
}

export interface EvidenceTileSource {
  readonly map: StepMap
  readonly axis: StepAxis
  readonly lowHz: number | null
  readonly highHz: number | null
}

/** Each step is drawn about the centre of its receptive field, one step wide: at step j begins the place j. */
export function stepAt(axis: StepAxis, channelSample: number): number {
  const { startSample, stepSamples, receptiveFieldSamples, modelRateHz, channelRateHz } = axis
  const first = startSample + (receptiveFieldSamples - stepSamples) / 2
  return ((channelSample * modelRateHz) / channelRateHz - first) / stepSamples
}

/** Mean of the map over the samples of each column; NaN where no step was measured. */
export function evidenceTile(grid: TileGrid, { map, axis, lowHz, highHz }: EvidenceTileSource, side: MapSide): Tile {
  const { level, index, columns, start, end, columnSamples } = grid
  const edges = Float64Array.from({ length: columns + 1 }, (_, i) =>
    stepAt(axis, Math.min(end, start + i * columnSamples)),
  )
  return { level, index, rows: map.rows, columns, values: map.means(edges, side), lowHz, highHz }
}
