import type { Tile } from '../../shared/app/tracks'
import type { TileBitmap } from './bitmap-cache'
import { hatch, type Surface } from './surface'
import type { TilePiece } from './tile-cover'
import { xOf, type TimeScale } from './time-scale'

export interface HeatPlace {
  readonly top: number
  readonly bottom: number
  /** 0 … 1 */
  readonly opacity: number
  /** Hatch where the tile has gaps; off for a map over a picture that shows its own. */
  readonly isHatched: boolean
}

/** Draws pieces of tiles side by side. Edges lie on whole pixels: there are no seams. */
export function paintHeat(
  surface: Surface,
  scale: TimeScale,
  pieces: readonly TilePiece[],
  place: HeatPlace,
  bitmapOf: (tile: Tile) => TileBitmap,
): void {
  const { context } = surface
  context.save()
  for (const { tile, fromColumn, toColumn, start, end } of pieces) {
    const left = Math.round(xOf(scale, start))
    const right = Math.round(xOf(scale, end))
    if (right <= left) continue
    const { canvas, hasGaps } = bitmapOf(tile)
    if (hasGaps && place.isHatched) hatch(surface, left, right, place.top, place.bottom)
    context.globalAlpha = place.opacity
    // averaged where columns are narrower than pixels, sharp-edged where they are wider: a column is one measurement
    context.imageSmoothingEnabled = toColumn - fromColumn > right - left
    context.drawImage(
      canvas,
      fromColumn,
      0,
      toColumn - fromColumn,
      canvas.height,
      left,
      place.top,
      right - left,
      place.bottom - place.top,
    )
  }
  context.restore()
}
