import type { Ticks } from './axis'
import { formatTick, niceTicks } from './axis'
import type { Box, Drawing } from './picture-style'
import { eventColour, faint, frameColour, gridColour, ink } from './picture-style'
import { element, formatPixel, textElement } from './svg'

/** Pieces that several panels use: frame, axes, events, hatching, colour bars. */

export const hatchPattern = element(
  'defs',
  {},
  element(
    'pattern',
    { id: 'hatch', width: 8, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    element('rect', { width: 8, height: 8, fill: '#f6f7f8' }) +
      element('line', { x1: 0, y1: 0, x2: 0, y2: 8, stroke: '#c3c9d0', 'stroke-width': 2 }),
  ),
)

export function hatched(box: Box): string {
  return element('rect', { x: box.left, y: box.top, width: box.width, height: box.height, fill: 'url(#hatch)' })
}

/** The hatching is drawn under the data; what is measured is painted white over it. */
export function measuredArea(box: Box, left: number, right: number): string {
  const from = Math.max(box.left, left)
  const to = Math.min(box.left + box.width, right)
  return to <= from ? '' : element('rect', { x: from, y: box.top, width: to - from, height: box.height, fill: 'white' })
}

export function frame(box: Box): string {
  return element('rect', {
    x: box.left,
    y: box.top,
    width: box.width,
    height: box.height,
    fill: 'none',
    stroke: frameColour,
  })
}

export function panelTitle(box: Box, words: string, { fonts }: Drawing): string {
  return textElement(box.left, box.top - 10, words, { size: 17, weight: 700, fill: ink }, fonts)
}

export function timeGrid(box: Box, drawing: Drawing): string {
  const { seconds: unitSeconds } = drawing.timeUnit
  return timeTicks(drawing)
    .values.map((value) => {
      const x = drawing.xOf(value * unitSeconds)
      return element('line', { x1: x, x2: x, y1: box.top, y2: box.top + box.height, stroke: gridColour })
    })
    .join('')
}

export function timeTicks({ startSeconds, endSeconds, timeUnit }: Drawing): Ticks {
  return niceTicks(startSeconds / timeUnit.seconds, endSeconds / timeUnit.seconds, 10)
}

export interface ValueAxis {
  readonly low: number
  readonly high: number
  readonly title: string
  readonly wantedTicks: number
}

/** Labels, title and horizontal grid of the axis on the left. */
export function valueAxis(box: Box, axis: ValueAxis, { fonts, layout }: Drawing): string {
  const { values, step } = niceTicks(axis.low, axis.high, axis.wantedTicks)
  const middle = box.top + box.height / 2
  let drawn = textElement(
    layout.margin + 12,
    middle,
    axis.title,
    { size: 15, weight: 400, fill: faint, anchor: 'middle', rotate: -90 },
    fonts,
  )
  for (const value of values) {
    const y = yOf(box, axis, value)
    drawn += element('line', { x1: box.left, x2: box.left + box.width, y1: y, y2: y, stroke: gridColour })
    drawn += textElement(
      box.left - 10,
      y + 5,
      formatTick(value, step),
      { size: 15, weight: 400, fill: ink, anchor: 'end' },
      fonts,
    )
  }
  return drawn
}

export function yOf(box: Box, axis: Pick<ValueAxis, 'low' | 'high'>, value: number): number {
  return box.top + box.height * (1 - (value - axis.low) / (axis.high - axis.low))
}

/** Where events were found: a bar above the panel, and a band over it if `isShaded`; at least 2 px wide, to be seen. */
export function eventMarks(box: Box, isShaded: boolean, drawing: Drawing): string {
  return drawing.model.result.events
    .map(({ startSeconds, endSeconds }) => {
      const x = drawing.xOf(startSeconds)
      const width = Math.max(2, drawing.xOf(endSeconds) - x)
      const bar = element('rect', { x, y: box.top - 5, width, height: 5, fill: eventColour })
      if (!isShaded) return bar
      return bar + element('rect', { x, y: box.top, width, height: box.height, fill: eventColour, 'fill-opacity': 0.1 })
    })
    .join('')
}

export function image(box: Box, uri: string, isSmooth: boolean): string {
  return element('image', {
    x: box.left,
    y: box.top,
    width: box.width,
    height: box.height,
    preserveAspectRatio: 'none',
    'image-rendering': isSmooth ? 'optimizeQuality' : 'optimizeSpeed',
    href: uri,
  })
}

export function polygon(points: readonly (readonly [number, number])[], fill: string): string {
  return element('polygon', { points: points.map(([x, y]) => `${formatPixel(x)},${formatPixel(y)}`).join(' '), fill })
}
