/** Where a track is drawn; all lengths in device pixels, so that lines are crisp at any ratio. */
export interface Surface {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  /** Device pixels of one CSS pixel. */
  readonly ratio: number
  readonly palette: Palette
  /** The plot between the axis and the legend. */
  readonly plotLeft: number
  readonly plotWidth: number
}

export interface Palette {
  readonly panel: string
  readonly raised: string
  readonly line: string
  readonly ink: string
  readonly muted: string
  readonly accent: string
  readonly fault: string
  readonly healthy: string
  readonly uncertain: string
  readonly faultSoft: string
  readonly healthySoft: string
  readonly uncertainSoft: string
  readonly fontFamily: string
}

export function readPalette(style: Pick<CSSStyleDeclaration, 'getPropertyValue'>, fontFamily: string): Palette {
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    panel: colour('panel'),
    raised: colour('raised'),
    line: colour('line'),
    ink: colour('ink'),
    muted: colour('muted'),
    accent: colour('accent'),
    fault: colour('fault'),
    healthy: colour('healthy'),
    uncertain: colour('uncertain'),
    faultSoft: colour('fault-soft'),
    healthySoft: colour('healthy-soft'),
    uncertainSoft: colour('uncertain-soft'),
    fontFamily,
  }
}

/** CSS pixels left of the plot for the axis, and right of it for legends. */
export const axisWidth = 44
export const legendWidth = 84
export const labelSize = 11

export function setLabelFont({ context, ratio, palette }: Surface): void {
  context.font = `${labelSize * ratio}px ${palette.fontFamily}`
}

/** Clips to the plot while `draw` runs. */
export function insidePlot(surface: Surface, draw: () => void): void {
  const { context, plotLeft, plotWidth, height } = surface
  context.save()
  context.beginPath()
  context.rect(plotLeft, 0, plotWidth, height)
  context.clip()
  draw()
  context.restore()
}

/** Hatching of [left, right): nothing was measured here. */
export function hatch(surface: Surface, left: number, right: number, top: number, bottom: number): void {
  const { context, ratio, palette } = surface
  if (right <= left) return
  context.save()
  context.beginPath()
  context.rect(left, top, right - left, bottom - top)
  context.clip()
  context.fillStyle = palette.raised
  context.fillRect(left, top, right - left, bottom - top)
  context.strokeStyle = palette.muted
  context.globalAlpha = 0.55
  context.lineWidth = ratio
  const gap = 6 * ratio
  const height = bottom - top
  context.beginPath()
  // lines stand on a grid of the plot, so that neighbouring hatchings join
  for (let x = Math.floor((left - height) / gap) * gap; x < right; x += gap) {
    context.moveTo(x, bottom)
    context.lineTo(x + height, top)
  }
  context.stroke()
  context.restore()
}

/** A crisp horizontal line at a device pixel. */
export function horizontalLine({ context, ratio }: Surface, left: number, right: number, y: number): void {
  const thickness = Math.max(1, Math.round(ratio))
  context.fillRect(left, Math.round(y) - Math.floor(thickness / 2), right - left, thickness)
}
/** CSS pixels of the column with the tracks' names, left of their canvases. */
export const headerWidth = 92
/** CSS pixels; the time axis has ticks, a gap and one line of labels. */
export const timeAxisHeight = 9 + labelSize
export const overviewHeight = 34
