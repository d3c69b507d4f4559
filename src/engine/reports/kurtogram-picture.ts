import type { KurtogramView } from '../../shared/diagnosis/views'
import { formatSignificant } from '../../shared/number-words'
import type { Locale, Translate } from '../../shared/locales/translate'
import { translator } from '../../shared/locales/translate'
import { formatTick, niceTicks } from './axis'
import { cssColour, levelColour } from '../../shared/colour-maps'
import type { FontSet } from './fonts'
import { fontFamily, loadFonts } from './fonts'
import type { Box } from './picture-style'
import { faint, frameColour, ink } from './picture-style'
import { renderPng } from './render-png'
import { element, fitText, textElement } from './svg'

const width = 1000
const height = 620
const plot: Box = { left: 130, top: 96, width: 740, height: 440 }
const barLeft = 900
const barWidth = 18
const bestColour = '#a1231a'

interface Page {
  readonly view: KurtogramView
  readonly t: Translate
  readonly fonts: FontSet
  /** The colours end here; kurtosis below 0 is white. */
  readonly greatest: number
}

/** Kurtosis of every band of every level, finest below; the best band outlined. SVG. */
export function composeKurtogram(view: KurtogramView, fileName: string, locale: Locale): string {
  const greatest = Math.max(1e-9, ...view.levels.map(({ kurtosis }) => Math.max(...kurtosis)))
  const page: Page = { view, t: translator(locale), fonts: loadFonts(), greatest }
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': fontFamily,
    },
    element('rect', { width, height, fill: 'white' }) +
      heading(page, fileName) +
      cells(page) +
      bestOutline(page) +
      frequencyAxis(page) +
      levelAxis(page) +
      colourBar(page),
  )
}

/** The same as PNG bytes. */
export function drawKurtogram(view: KurtogramView, fileName: string, locale: Locale): Uint8Array {
  return renderPng(composeKurtogram(view, fileName, locale), loadFonts())
}

function heading({ view, t, fonts }: Page, fileName: string): string {
  const { best } = view
  const words =
    best === null
      ? t('kurtogram.no-band')
      : t('kurtogram.best', {
          low: formatSignificant(best.bandHz[0]),
          high: formatSignificant(best.bandHz[1]),
          kurtosis: formatSignificant(best.kurtosis),
        })
  const title = t('kurtogram.title', { file: fileName, channel: view.channel })
  const fitted = fitText(title, width - 80, 20, 700, fonts)
  return (
    textElement(40, 44, fitted, { size: 20, weight: 700, fill: ink }, fonts) +
    textElement(40, 74, words, { size: 16, weight: 400, fill: ink }, fonts)
  )
}

function rowBox({ view }: Page, row: number): Box {
  const rowHeight = plot.height / view.levels.length
  return { left: plot.left, top: plot.top + row * rowHeight, width: plot.width, height: rowHeight }
}

function cells(page: Page): string {
  return page.view.levels
    .map(({ kurtosis }, row) => {
      const box = rowBox(page, row)
      const cellWidth = box.width / kurtosis.length
      return Array.from(kurtosis, (value, index) =>
        element('rect', {
          x: box.left + index * cellWidth,
          y: box.top,
          width: cellWidth,
          height: box.height,
          fill: cssColour(levelColour(Math.max(0, value) / page.greatest)),
        }),
      ).join('')
    })
    .join('')
}

function bestOutline(page: Page): string {
  const { best, levels, sampleRateHz } = page.view
  if (best === null) return ''
  const box = rowBox(
    page,
    levels.findIndex(({ level }) => level === best.level),
  )
  const xOf = (hz: number): number => plot.left + (hz / (sampleRateHz / 2)) * plot.width
  return element('rect', {
    x: xOf(best.bandHz[0]),
    y: box.top,
    width: xOf(best.bandHz[1]) - xOf(best.bandHz[0]),
    height: box.height,
    fill: 'none',
    stroke: bestColour,
    'stroke-width': 3,
  })
}

function frequencyAxis({ view, t, fonts }: Page): string {
  const highKhz = view.sampleRateHz / 2000
  const { values, step } = niceTicks(0, highKhz, 8)
  const bottom = plot.top + plot.height
  const frame = element('rect', { ...rectangle(plot), fill: 'none', stroke: frameColour })
  const ticks = values.map((value) => {
    const x = plot.left + (value / highKhz) * plot.width
    const label = { size: 14, weight: 400, fill: faint, anchor: 'middle' } as const
    return (
      element('line', { x1: x, x2: x, y1: bottom, y2: bottom + 6, stroke: frameColour }) +
      textElement(x, bottom + 24, formatTick(value, step), label, fonts)
    )
  })
  const title = { size: 15, weight: 400, fill: ink, anchor: 'middle' } as const
  return (
    frame + ticks.join('') + textElement(plot.left + plot.width / 2, bottom + 52, t('spectrogram.axis'), title, fonts)
  )
}

function rectangle({ left, top, width: boxWidth, height: boxHeight }: Box) {
  return { x: left, y: top, width: boxWidth, height: boxHeight }
}

/** Each row by the width of its bands. */
function levelAxis(page: Page): string {
  const { view, t, fonts } = page
  const label = { size: 13, weight: 400, fill: faint, anchor: 'end' } as const
  const rows = view.levels.map(({ bandwidthHz }, row) => {
    const box = rowBox(page, row)
    return textElement(plot.left - 10, box.top + box.height / 2 + 5, formatSignificant(bandwidthHz), label, fonts)
  })
  const middle = plot.top + plot.height / 2
  const title = { size: 15, weight: 400, fill: ink, anchor: 'middle', rotate: -90 } as const
  return rows.join('') + textElement(48, middle, t('kurtogram.bandwidth'), title, fonts)
}

const barSteps = 64

function colourBar({ t, fonts, greatest }: Page): string {
  const stepHeight = plot.height / barSteps
  const steps = Array.from({ length: barSteps }, (_, i) =>
    element('rect', {
      x: barLeft,
      y: plot.top + plot.height - (i + 1) * stepHeight,
      width: barWidth,
      height: stepHeight + 0.5,
      fill: cssColour(levelColour((i + 0.5) / barSteps)),
    }),
  )
  const { values, step } = niceTicks(0, greatest, 6)
  const ticks = values.map((value) => {
    const y = plot.top + plot.height * (1 - value / greatest)
    return textElement(
      barLeft + barWidth + 6,
      y + 5,
      formatTick(value, step),
      { size: 13, weight: 400, fill: faint },
      fonts,
    )
  })
  const title = { size: 14, weight: 400, fill: ink, anchor: 'middle' } as const
  return (
    steps.join('') +
    ticks.join('') +
    textElement(barLeft + barWidth, plot.top - 10, t('kurtogram.kurtosis'), title, fonts)
  )
}
