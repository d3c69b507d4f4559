import { setLabelFont, type Surface } from './surface'
import { timeTickLabel, timeTicks, type TimeUnit } from './ticks'
import { sampleAt, xOf, type TimeScale } from './time-scale'

/** Ticks and labels of the common time axis. */
export function paintTimeAxis(surface: Surface, scale: TimeScale, sampleRateHz: number, unit: TimeUnit): void {
  const { context, ratio, palette, plotLeft, plotWidth } = surface
  const low = sampleAt(scale, plotLeft) / sampleRateHz
  const high = sampleAt(scale, plotLeft + plotWidth) / sampleRateHz
  const most = Math.max(2, Math.floor(plotWidth / (76 * ratio)))
  const { values, step } = timeTicks(low, high, most, unit)
  setLabelFont(surface)
  context.textBaseline = 'top'
  const thickness = Math.max(1, Math.round(ratio))
  for (const value of values) {
    const x = Math.round(xOf(scale, value * sampleRateHz))
    const label = timeTickLabel(value, step, unit)
    const half = context.measureText(label).width / 2
    context.fillStyle = palette.muted
    context.fillRect(x, 0, thickness, 4 * ratio)
    // labels at the ends move inwards: nothing is cut
    context.textAlign = 'left'
    context.fillText(label, Math.max(0, Math.min(x - half, surface.width - 2 * half)), 6 * ratio)
  }
  context.fillRect(plotLeft, 0, plotWidth, thickness)
}

/** Faint lines of a comb (harmonics of a fault's period) through a track. */
export function paintComb(
  { context, palette, ratio, height }: Surface,
  scale: TimeScale,
  samples: readonly number[],
): void {
  context.fillStyle = palette.uncertain
  context.globalAlpha = 0.8
  for (const sample of samples) {
    if (sample < scale.view.start || sample > scale.view.end) continue
    context.fillRect(Math.round(xOf(scale, sample)), 0, Math.max(1, Math.round(ratio)), height)
  }
  context.globalAlpha = 1
}
