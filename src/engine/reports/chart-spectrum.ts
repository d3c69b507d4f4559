import type { SpectrumResult } from '../../shared/contract/outputs'
import type { Locale, Translate } from '../../shared/locales/translate'
import { translator } from '../../shared/locales/translate'
import { formatSignificant } from '../../shared/number-words'
import { formatTick, niceTicks, prettyUnit } from './axis'
import type { FontSet } from './fonts'
import { loadFonts } from './fonts'
import { panelOf } from './picture'
import { frame, yOf } from './picture-parts'
import type { Box } from './picture-style'
import { eventColour, faint, frameColour, gridColour, ink, waveformColour } from './picture-style'
import type { Chart } from './report-canvas'
import { chartLayout, composeChart } from './report-canvas'
import { element, fitText, formatPixel, textElement } from './svg'

/** A frequency that the machine's geometry or speed puts there. */
export interface FrequencyMark {
  readonly hz: number
  readonly label: string
}

export interface SpectrumSketch {
  readonly spectrum: SpectrumResult
  readonly title: string
  readonly highHz: number
  readonly marks: readonly FrequencyMark[]
}

interface Frame {
  readonly box: Box
  readonly fonts: FontSet
  readonly t: Translate
  readonly highHz: number
  readonly highest: number
  xOf(hz: number): number
}

/** Amplitude over frequency, with the lines that were looked for and the highest peaks in figures. */
export function composeSpectrum({ spectrum, title, highHz, marks }: SpectrumSketch, locale: Locale): Chart {
  const top = marks.length === 0 ? 30 : 50 // the marks' names stand between title and plot
  const box = panelOf(chartLayout, top, 176)
  const highest = greatest(spectrum, highHz)
  const drawn: Frame = {
    box,
    fonts: loadFonts(),
    t: translator(locale),
    highHz,
    highest: highest > 0 ? highest * 1.12 : 1,
    xOf: (hz) => box.left + (Math.min(hz, highHz) / highHz) * box.width,
  }
  const heading = textElement(box.left, 18, title, { size: 17, weight: 700, fill: ink }, drawn.fonts)
  return composeChart(
    top + 236,
    heading +
      amplitudeAxis(spectrum, drawn) +
      frequencyAxis(drawn) +
      markLines(marks, drawn) +
      curve(spectrum, drawn) +
      frame(box) +
      peakWords(spectrum, drawn),
  )
}

/** Bins below this are the mean's leakage through the taper. */
const leastBin = 3

function greatest({ amplitude, binHz }: SpectrumResult, highHz: number): number {
  let value = 0
  const end = Math.min(amplitude.length, Math.floor(highHz / binHz) + 1)
  for (let bin = leastBin; bin < end; bin++) if (amplitude[bin] > value) value = amplitude[bin]
  return value
}

function amplitudeAxis({ unit }: SpectrumResult, { box, fonts, t, highest }: Frame): string {
  const axis = { low: 0, high: highest }
  const { values, step } = niceTicks(0, highest, 4)
  const words =
    unit === null ? t('report.chart.amplitude-unknown') : t('report.chart.amplitude', { unit: prettyUnit(unit) })
  const style = { size: 15, weight: 400, fill: faint, anchor: 'middle', rotate: -90 } as const
  const shown = fitText(words, box.height + 60, 15, 400, fonts)
  let drawn = textElement(chartLayout.margin + 12, box.top + box.height / 2, shown, style, fonts)
  for (const value of values) {
    const y = yOf(box, axis, value)
    drawn += element('line', { x1: box.left, x2: box.left + box.width, y1: y, y2: y, stroke: gridColour })
    const tick = { size: 15, weight: 400, fill: ink, anchor: 'end' } as const
    drawn += textElement(box.left - 10, y + 5, formatTick(value, step), tick, fonts)
  }
  return drawn
}

function frequencyAxis({ box, fonts, t, highHz, xOf }: Frame): string {
  const isKilo = highHz >= 5000
  const unitHz = isKilo ? 1000 : 1
  const { values, step } = niceTicks(0, highHz / unitHz, 10)
  const bottom = box.top + box.height
  const style = { size: 15, weight: 400, fill: ink, anchor: 'middle' } as const
  let drawn = ''
  for (const value of values) {
    const x = xOf(value * unitHz)
    drawn += element('line', { x1: x, x2: x, y1: box.top, y2: bottom, stroke: gridColour })
    drawn += element('line', { x1: x, x2: x, y1: bottom, y2: bottom + 6, stroke: frameColour })
    drawn += textElement(x, bottom + 23, formatTick(value, step), style, fonts)
  }
  const words = t('report.chart.frequency', { unit: isKilo ? 'kHz' : 'Hz' })
  return drawn + textElement(box.left + box.width / 2, bottom + 44, words, { ...style, fill: faint }, fonts)
}

/**
 * Dashed lines with their names above the plot; a name that would cover one before it in the list is left out, its line
 * stays.
 */
function markLines(marks: readonly FrequencyMark[], { box, fonts, highHz, xOf }: Frame): string {
  let drawn = ''
  const taken: { readonly left: number; readonly right: number }[] = []
  for (const { hz, label } of marks) {
    if (!(hz > 0 && hz <= highHz)) continue
    const x = xOf(hz)
    drawn += element('line', {
      x1: x,
      x2: x,
      y1: box.top - 6,
      y2: box.top + box.height,
      stroke: eventColour,
      'stroke-width': 1.2,
      'stroke-dasharray': '5 4',
    })
    const half = fonts.measure(label, 13, 400) / 2
    const place = { left: x - half - 3, right: x + half + 3 }
    if (taken.some(({ left, right }) => place.left < right && left < place.right)) continue
    drawn += textElement(x, box.top - 10, label, { size: 13, weight: 400, fill: eventColour, anchor: 'middle' }, fonts)
    taken.push(place)
  }
  return drawn
}

/** The greatest bin of each half pixel: a line that is one bin wide must not vanish. */
function curve({ amplitude, binHz }: SpectrumResult, { box, highHz, highest, xOf }: Frame): string {
  const columnCount = Math.round(box.width * 2)
  const binCount = Math.min(amplitude.length, Math.floor(highHz / binHz) + 1)
  const columns = new Map<number, { readonly hz: number; readonly value: number }>()
  for (let bin = leastBin; bin < binCount; bin++) {
    const value = amplitude[bin]
    if (value !== value) continue
    const column = Math.floor((bin * binHz * columnCount) / highHz)
    const held = columns.get(column)
    if (held === undefined || value > held.value) columns.set(column, { hz: bin * binHz, value })
  }
  const points = [...columns.values()].map(
    ({ hz, value }) =>
      `${formatPixel(xOf(hz))},${formatPixel(yOf(box, { low: 0, high: highest }, Math.min(value, highest)))}`,
  )
  if (points.length === 0) return ''
  return element('polyline', {
    points: points.join(' '),
    fill: 'none',
    stroke: waveformColour,
    'stroke-width': 1.3,
    'stroke-linejoin': 'round',
  })
}

const peakCount = 5

/** The highest peaks, at least 1 % of the axis apart, as a small table right of the plot. */
function peakWords(spectrum: SpectrumResult, { box, fonts, t, highHz }: Frame): string {
  const peaks = highestPeaks(spectrum, highHz)
  if (peaks.length === 0) return ''
  const { legendLeft, legendWidth } = chartLayout
  let drawn = textElement(
    legendLeft,
    box.top + 14,
    t('report.chart.peaks'),
    { size: 15, weight: 700, fill: ink },
    fonts,
  )
  peaks.forEach(({ hz, value }, index) => {
    const amplitude = spectrum.unit === null ? '' : ` ${prettyUnit(spectrum.unit)}`
    const words = `${formatHertz(hz)} Hz: ${formatSignificant(value)}${amplitude}`
    const shown = fitText(words, legendWidth, 15, 400, fonts)
    drawn += textElement(legendLeft, box.top + 40 + index * 23, shown, { size: 15, weight: 400, fill: ink }, fonts)
  })
  return drawn
}

export function highestPeaks(
  { amplitude, binHz }: SpectrumResult,
  highHz: number,
): readonly { readonly hz: number; readonly value: number }[] {
  const end = Math.min(amplitude.length - 1, Math.floor(highHz / binHz))
  const candidates: { hz: number; value: number }[] = []
  for (let bin = leastBin; bin < end; bin++) {
    const value = amplitude[bin]
    if (value > amplitude[bin - 1] && value >= amplitude[bin + 1]) candidates.push({ hz: bin * binHz, value })
  }
  candidates.sort((a, b) => b.value - a.value)
  const peaks: { hz: number; value: number }[] = []
  for (const candidate of candidates) {
    if (peaks.length === peakCount) break
    if (peaks.every(({ hz }) => Math.abs(hz - candidate.hz) >= highHz / 100)) peaks.push(candidate)
  }
  return peaks
}

function formatHertz(hz: number): string {
  return hz >= 1000 ? hz.toFixed(0) : hz.toFixed(1)
}
