import type { Tile } from '../../shared/app/tracks'
import type { BitmapCache } from './bitmap-cache'
import { blendMapOf, rowMapOf, yOfFrequency, type FrequencyScale } from './frequency-scale'
import { blendedPixels, rowPixels, strongestPixels, type ColourScale } from './heat-pixels'
import { paintHeat } from './paint-heat'
import { insidePlot, type Surface } from './surface'
import { logTicks, niceTicks, shortTickLabel } from './ticks'
import type { TilePiece } from './tile-cover'
import type { TimeScale } from './time-scale'
import { drawValueAxis } from './value-axis'

export interface HeatLayer {
  readonly pieces: readonly TilePiece[]
  readonly colours: ColourScale
  /** Names table and range: bitmaps made with another are made again. */
  readonly style: string
}

export interface SpectrogramTrack {
  readonly scale: TimeScale
  readonly frequencies: FrequencyScale
  readonly levels: HeatLayer
  /** The 2D map over it; undefined = hidden or not there. */
  readonly map: (HeatLayer & { readonly opacity: number }) | undefined
  /** Hz written at the cursor and lines; in the user's unit */
  readonly bitmaps: BitmapCache
  readonly mapBitmaps: BitmapCache
}

export function paintSpectrogram(surface: Surface, track: SpectrogramTrack): void {
  const { scale, frequencies, levels, map, bitmaps, mapBitmaps } = track
  const { height } = surface
  const whole = { top: 0, bottom: height }
  const axisStyle = `${frequencies.kind} ${frequencies.lowHz} ${frequencies.highHz} ${height}`
  insidePlot(surface, () => {
    paintHeat(surface, scale, levels.pieces, { ...whole, opacity: 1, isHatched: true }, (tile) =>
      bitmaps.get(tile, `${levels.style} ${axisStyle}`, () =>
        strongestPixels(tile, rowMapOf(frequencies, height, spanOf(tile, frequencies)), levels.colours),
      ),
    )
    if (map === undefined) return
    paintHeat(surface, scale, map.pieces, { ...whole, opacity: map.opacity, isHatched: false }, (tile) =>
      mapBitmaps.get(tile, `${map.style} ${axisStyle}`, () =>
        blendedPixels(tile, blendMapOf(frequencies, height, spanOf(tile, frequencies)), map.colours),
      ),
    )
  })
  paintFrequencyAxis(surface, frequencies)
}

function paintFrequencyAxis(surface: Surface, frequencies: FrequencyScale): void {
  const { height, ratio } = surface
  const most = Math.max(2, Math.floor(height / (24 * ratio)))
  const { lowHz, highHz, kind } = frequencies
  const values = kind === 'log' ? logTicks(lowHz, highHz, most) : niceTicks(lowHz, highHz, most).values
  const ticks = values.map((value) => ({ y: yOfFrequency(frequencies, value, height), label: shortTickLabel(value) }))
  drawValueAxis(surface, ticks, 0, height)
}

/** Tiles of a spectrogram say their frequencies; one that did not would fill the axis. */
function spanOf({ rows, lowHz, highHz }: Tile, frequencies: FrequencyScale) {
  return { rows, lowHz: lowHz ?? frequencies.lowHz, highHz: highHz ?? frequencies.highHz }
}

/** The ribbon: one row of evidence as high as the track. */
export function paintRibbon(surface: Surface, scale: TimeScale, layer: HeatLayer, bitmaps: BitmapCache): void {
  const place = { top: 0, bottom: surface.height, opacity: 1, isHatched: true }
  insidePlot(surface, () =>
    paintHeat(surface, scale, layer.pieces, place, (tile) =>
      bitmaps.get(tile, layer.style, () => rowPixels(tile, layer.colours)),
    ),
  )
}
