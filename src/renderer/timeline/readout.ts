import type { ScoreView } from '../../shared/app/study'
import type { ViewRange } from '../stores/use-view-store'
import type { TileLayer } from './scene'
import { levelOf } from './scene'
import type { TileCache } from './tile-cache'
import { coverTile, type TilePiece } from './tile-cover'
import { tileColumns, type Tile } from '../../shared/app/tracks'

/** Values at the cursor as the tiles in hand have them. NaN = nothing measured; undefined = not there (yet). */
export interface CursorValues {
  readonly amplitude: { readonly least: number; readonly greatest: number } | undefined
  readonly evidence: number | undefined
  readonly levelDb: number | undefined
  readonly mapLogit: number | undefined
  readonly probability: number | undefined
}

/** The column of the layer that is drawn at a sample of the axis. */
export function columnAt(
  cache: TileCache,
  layer: TileLayer,
  sample: number,
  view: ViewRange,
  width: number,
): { readonly tile: Tile; readonly column: number } | undefined {
  const own = sample * layer.factor
  const level = levelOf(layer, view, width)
  const index = Math.floor(own / (tileColumns * 2 ** level))
  const piece = coverTile({ level, index }, (at, place) => cache.ready(layer.track, at, place)).find(
    ({ start, end }) => own >= start && own < end,
  )
  return piece === undefined ? undefined : { tile: piece.tile, column: columnOf(piece, own) }
}

function columnOf({ tile, fromColumn, toColumn, start, end }: TilePiece, sample: number): number {
  const column = Math.floor(fromColumn + ((sample - start) / (end - start)) * (toColumn - fromColumn))
  return Math.min(tile.columns - 1, column)
}

/** Of the row that the frequency falls in; undefined outside the tile's frequencies. */
export function valueAtFrequency({ rows, columns, values, lowHz, highHz }: Tile, column: number, hertz: number) {
  if (lowHz === null || highHz === null || hertz < lowHz || hertz > highHz) return undefined
  const row = Math.min(rows - 1, Math.floor(((hertz - lowHz) / (highHz - lowHz)) * rows))
  return values[row * columns + column]
}

/** Of the segment whose middle is nearest; undefined outside all segments. */
export function probabilityAt(score: ScoreView, seconds: number): number | undefined {
  const { startSeconds, strideSeconds, segmentSeconds, probabilities } = score
  const last = startSeconds + (probabilities.length - 1) * strideSeconds + segmentSeconds
  if (probabilities.length === 0 || seconds < startSeconds || seconds >= last) return undefined
  const nearest = Math.round((seconds - startSeconds - segmentSeconds / 2) / strideSeconds)
  return probabilities[Math.max(0, Math.min(probabilities.length - 1, nearest))]
}
