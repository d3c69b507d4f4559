import type { Locale } from '../../shared/locales/translate'
import { translator } from '../../shared/locales/translate'
import { cssColour, printEvidenceColour } from '../../shared/colour-maps'
import { formatTick, niceTicks } from './axis'
import { loadFonts } from './fonts'
import { frame } from './picture-parts'
import { faint, frameColour, ink } from './picture-style'
import type { Chart } from './report-canvas'
import { composeChart } from './report-canvas'
import { element, textElement } from './svg'

const bar = { left: 120, top: 30, width: 760, height: 26 }
const steps = 96

/** The colours of a model from end to end, with their values. */
export function composeEvidenceScale(scale: number, locale: Locale): Chart {
  const t = translator(locale)
  const fonts = loadFonts()
  const style = { size: 15, weight: 400, fill: faint } as const
  const right = bar.left + bar.width
  let drawn =
    textElement(bar.left, bar.top - 10, t('ribbon.to-healthy'), style, fonts) +
    textElement(right, bar.top - 10, t('ribbon.to-fault'), { ...style, anchor: 'end' }, fonts)
  for (let i = 0; i < steps; i++) {
    drawn += element('rect', {
      x: bar.left + (i / steps) * bar.width,
      y: bar.top,
      // half a pixel over the next one hides the seam between them
      width: bar.width / steps + (i === steps - 1 ? 0 : 0.5),
      height: bar.height,
      fill: cssColour(printEvidenceColour(((2 * (i + 0.5)) / steps - 1) * scale, scale)),
    })
  }
  const { values, step } = niceTicks(-scale, scale, 6)
  for (const value of values) {
    const x = bar.left + ((value + scale) / (2 * scale)) * bar.width
    const bottom = bar.top + bar.height
    drawn += element('line', { x1: x, x2: x, y1: bottom, y2: bottom + 6, stroke: frameColour })
    const words = `${value > step / 1e6 ? '+' : ''}${formatTick(value, step)}`
    drawn += textElement(x, bottom + 23, words, { size: 15, weight: 400, fill: ink, anchor: 'middle' }, fonts)
  }
  const middle = { ...style, anchor: 'middle' } as const
  drawn += textElement(bar.left + bar.width / 2, bar.top + bar.height + 44, t('report.chart.map-legend'), middle, fonts)
  return composeChart(106, drawn + frame(bar))
}
