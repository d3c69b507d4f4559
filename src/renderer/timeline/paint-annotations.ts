import { insidePlot, setLabelFont, type Surface } from './surface'
import { xOf, type TimeScale } from './time-scale'

/** One mark of the annotation lane, in samples of the active channel. */
export interface LaneMark {
  readonly id: string
  readonly start: number
  /** Equal to `start` for a point in time. */
  readonly end: number
  readonly text: string
  readonly tone: 'fault' | 'healthy' | 'uncertain' | 'neutral'
  readonly isSelected: boolean
}

export function paintAnnotations(surface: Surface, scale: TimeScale, marks: readonly LaneMark[]): void {
  const { context, palette, height, ratio } = surface
  setLabelFont(surface)
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  insidePlot(surface, () => {
    for (const { start, end, text, tone, isSelected } of marks) {
      const left = Math.round(xOf(scale, start))
      const right = Math.max(left + 3 * ratio, Math.round(xOf(scale, end)))
      if (right < surface.plotLeft || left > surface.plotLeft + surface.plotWidth) continue
      context.fillStyle = tone === 'neutral' ? palette.muted : palette[tone]
      context.globalAlpha = isSelected ? 0.4 : 0.2
      context.fillRect(left, 2 * ratio, right - left, height - 4 * ratio)
      context.globalAlpha = 1
      context.fillRect(left, 2 * ratio, Math.max(1, Math.round((isSelected ? 3 : 2) * ratio)), height - 4 * ratio)
      const room = Math.max(right, left + 120 * ratio) - left - 8 * ratio
      context.fillStyle = palette.ink
      context.fillText(fitted(context, text, room), Math.max(left, surface.plotLeft) + 5 * ratio, height / 2)
    }
  })
}

/** Cut with an ellipsis to the room there is. */
function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text
  let length = text.length
  while (length > 0 && context.measureText(`${text.slice(0, length)}…`).width > room) length--
  return length > 0 ? `${text.slice(0, length)}…` : ''
}
