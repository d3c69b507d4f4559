import type { ColourScale } from './heat-pixels'
import type { PixelTable } from './pixel-tables'
import { labelSize, setLabelFont, type Surface } from './surface'
import { tickLabel } from './ticks'

export interface Legend {
  readonly scale: ColourScale
  /** Written along the bar: what it is, with the unit. */
  readonly title: string
  /** Signed scales show their sign and 0. */
  readonly isSigned: boolean
  /** CSS pixels right of the plot. */
  readonly left: number
}

const barWidth = 9

/** A colour bar right of the plot: strongest at the top, ends labelled, title written upwards where there is room. */
export function paintLegend(surface: Surface, legend: Legend): void {
  const { context, ratio, palette, height } = surface
  const left = surface.plotLeft + surface.plotWidth + legend.left * ratio
  const half = (labelSize / 2 + 1) * ratio
  const top = half
  const bottom = height - half
  paintBar(surface, legend.scale, left, top, bottom)
  setLabelFont(surface)
  context.fillStyle = palette.muted
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  const labelLeft = left + (barWidth + 3) * ratio
  const { low, high } = legend.scale
  const text = (value: number): string => (legend.isSigned && value > 0 ? '+' : '') + tickLabel(Math.round(value), 1)
  context.fillText(text(high), labelLeft, top)
  context.fillText(text(low), labelLeft, bottom)
  if (legend.isSigned && height > 4 * labelSize * ratio) context.fillText('0', labelLeft, (top + bottom) / 2)
  const titleLength = context.measureText(legend.title).width
  const isShort = titleLength > bottom - top - 2 * labelSize * ratio
  if (isShort) return
  context.save()
  context.translate(labelLeft + (legend.isSigned ? 18 : 8) * ratio, (top + bottom) / 2)
  context.rotate(-Math.PI / 2)
  context.textAlign = 'center'
  context.fillText(legend.title, 0, 0)
  context.restore()
}

function paintBar(
  { context, ratio, palette }: Surface,
  { table }: ColourScale,
  left: number,
  top: number,
  bottom: number,
): void {
  context.fillStyle = palette.panel
  context.fillRect(left, top, barWidth * ratio, bottom - top)
  context.drawImage(barOf(table), left, top, barWidth * ratio, bottom - top)
  context.strokeStyle = palette.line
  context.lineWidth = Math.max(1, Math.round(ratio))
  context.strokeRect(left, top, barWidth * ratio, bottom - top)
}

const bars = new WeakMap<PixelTable, OffscreenCanvas>()

/** The colours of a table from the last at the top, one pixel each. */
function barOf(table: PixelTable): OffscreenCanvas {
  const known = bars.get(table)
  if (known !== undefined) return known
  const canvas = new OffscreenCanvas(1, table.length)
  const pixels = Uint32Array.from(table).reverse()
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), 1, table.length)
  canvas.getContext('2d')?.putImageData(image, 0, 0)
  bars.set(table, canvas)
  return canvas
}
