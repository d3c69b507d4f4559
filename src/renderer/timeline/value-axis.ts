import { horizontalLine, labelSize, setLabelFont, type Surface } from './surface'

export interface AxisTick {
  readonly y: number
  readonly label: string
}

/** Labels left of the plot, a faint line across it at each; labels that would meet their neighbour are left out. */
export function drawValueAxis(surface: Surface, ticks: readonly AxisTick[], top: number, bottom: number): void {
  const { context, ratio, palette, plotLeft, plotWidth } = surface
  setLabelFont(surface)
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  let above: number | undefined
  for (const { y, label } of [...ticks].sort((a, b) => a.y - b.y)) {
    context.fillStyle = palette.line
    context.globalAlpha = 0.7
    horizontalLine(surface, plotLeft, plotLeft + plotWidth, y)
    context.globalAlpha = 1
    const half = (labelSize / 2) * ratio
    const centre = Math.max(top + half, Math.min(bottom - half, y))
    if (above !== undefined && centre - above < labelSize * 1.1 * ratio) continue
    context.fillStyle = palette.muted
    context.fillText(label, plotLeft - 5 * ratio, centre)
    above = centre
  }
}

/** The frame's left edge and the line that ends the track. */
export function drawPlotFrame(surface: Surface): void {
  const { context, palette, ratio, plotLeft, plotWidth, height } = surface
  context.fillStyle = palette.line
  const thickness = Math.max(1, Math.round(ratio))
  context.fillRect(plotLeft - thickness, 0, thickness, height)
  context.fillRect(plotLeft + plotWidth, 0, thickness, height)
}
