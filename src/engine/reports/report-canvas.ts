import type { Locale } from '../../shared/locales/translate'
import { printEvidenceColour } from '../../shared/colour-maps'
import { fontFamily } from './fonts'
import { createDrawing } from './picture'
import type { PictureModel } from './picture-model'
import { hatchPattern } from './picture-parts'
import type { Box, Drawing, Layout } from './picture-style'
import { element } from './svg'

/** A chart of a report: vector, with its own size. */
export interface Chart {
  readonly svg: string
  readonly widthPx: number
  readonly heightPx: number
}

/** Px of a chart's width; a report prints it 174 mm wide (A4), so that 15 px are 7.4 pt. */
export const chartWidth = 1000
const widestMm = 180 // Letter
/** Dots of an image in a chart for one px, so that no paper gets fewer than 200 dots an inch. */
export const dotsPerPx = (203 * (widestMm / 25.4)) / chartWidth

export const chartLayout: Layout = { margin: 2, plotLeft: 78, plotRight: 782, legendLeft: 798, legendWidth: 200 }

export function chartDrawing(model: PictureModel, locale: Locale): Drawing {
  return createDrawing(model, locale, chartLayout, printEvidenceColour)
}

export function composeChart(heightPx: number, content: string): Chart {
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: chartWidth,
      height: heightPx,
      viewBox: `0 0 ${chartWidth} ${heightPx}`,
      'font-family': fontFamily,
    },
    element('rect', { width: chartWidth, height: heightPx, fill: 'white' }) + hatchPattern + content,
  )
  return { svg, widthPx: chartWidth, heightPx }
}

/** Rows and columns that an image needs over the box. */
export function dotsOf(box: Pick<Box, 'width' | 'height'>): { readonly rows: number; readonly columns: number } {
  return { rows: Math.ceil(box.height * dotsPerPx), columns: Math.ceil(box.width * dotsPerPx) }
}
