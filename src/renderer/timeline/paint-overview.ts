import type { ScoreView } from '../../shared/app/study'
import type { ViewRange } from '../stores/use-view-store'
import { insidePlot, type Surface } from './surface'
import type { TilePiece } from './tile-cover'
import { xOf, type TimeScale } from './time-scale'
import { gatherColumns } from './waveform-columns'

export interface OverviewTrack {
  /** The whole recording. */
  readonly scale: TimeScale
  readonly pieces: readonly TilePiece[]
  readonly low: number
  readonly high: number
  readonly view: ViewRange
  readonly sampleRateHz: number
  readonly events: ScoreView['events']
}

/** The whole recording, its events, and what of it is in view: the rest is dimmed. */
export function paintOverview(surface: Surface, track: OverviewTrack): void {
  const { context, palette, height, ratio } = surface
  insidePlot(surface, () => {
    const { least, greatest } = gatherColumns(track.scale, track.pieces)
    const yOf = (value: number): number => height * (1 - (value - track.low) / (track.high - track.low))
    context.fillStyle = palette.muted
    for (let x = 0; x < least.length; x++) {
      if (Number.isNaN(least[x])) continue
      const top = yOf(greatest[x])
      context.fillRect(surface.plotLeft + x, top, 1, Math.max(ratio, yOf(least[x]) - top))
    }
    context.fillStyle = palette.fault
    for (const { startSeconds, endSeconds } of track.events) {
      const left = xOf(track.scale, startSeconds * track.sampleRateHz)
      const right = xOf(track.scale, endSeconds * track.sampleRateHz)
      context.fillRect(left, 0, Math.max(2 * ratio, right - left), 3 * ratio)
    }
    paintBrush(surface, track)
  })
}

function paintBrush(
  { context, palette, height, ratio, plotLeft, plotWidth }: Surface,
  { scale, view }: OverviewTrack,
): void {
  const left = Math.round(xOf(scale, view.start))
  // a view too short for a pixel is still to be seen and taken hold of
  const right = Math.max(left + Math.round(3 * ratio), Math.round(xOf(scale, view.end)))
  context.fillStyle = palette.panel
  context.globalAlpha = 0.62
  context.fillRect(plotLeft, 0, left - plotLeft, height)
  context.fillRect(right, 0, plotLeft + plotWidth - right, height)
  context.globalAlpha = 1
  context.strokeStyle = palette.accent
  const thickness = Math.max(1, Math.round(1.5 * ratio))
  context.lineWidth = thickness
  context.strokeRect(left + thickness / 2, thickness / 2, right - left - thickness, height - thickness)
}
