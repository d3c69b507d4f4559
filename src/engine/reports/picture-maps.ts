import type { Rgb } from '../../shared/colour-maps'
import { cssColour, evidenceOverlay, levelColour } from '../../shared/colour-maps'
import { formatSignificant } from '../../shared/number-words'
import { formatTick, niceTicks, prettyUnit } from './axis'
import { heatMapUri } from './heat-map'
import type { EvidenceMatrix, FrequencyMatrix, SpectrogramMatrix } from './picture-model'
import { frame, hatched, image, panelTitle, timeTicks, valueAxis, yOf } from './picture-parts'
import type { Box, Drawing } from './picture-style'
import { faint, frameColour, ink } from './picture-style'
import { element, fitText, textElement } from './svg'

/** Signed evidence over time: red pushes to fault, blue to healthy; the scale is the model's, never this recording's. */
export function drawRibbon(box: Box, drawing: Drawing): string {
  const { ribbon } = drawing.model
  const title = panelTitle(
    box,
    drawing.t('ribbon.title', { kind: (ribbon?.kind ?? drawing.model.result.model.kind).toUpperCase() }),
    drawing,
  )
  if (ribbon === undefined) return title + hatched(box) + frame(box)
  const { values, colourScaleLogit } = ribbon
  const left = drawing.xOf(ribbon.startSeconds)
  const place = { ...box, left, width: drawing.xOf(ribbon.endSeconds) - left }
  const uri = heatMapUri(values, 1, values.length, (value) => ({
    colour: drawing.evidenceColour(value, colourScaleLogit),
    opacity: 1,
  }))
  return title + hatched(box) + image(place, uri, false) + frame(box) + ribbonLegend(box, colourScaleLogit, drawing)
}

export function ribbonLegend(box: Box, scale: number, { t, fonts, layout, evidenceColour }: Drawing): string {
  const { legendLeft, legendWidth } = layout
  const bar = { left: legendLeft, top: box.top - 4, width: legendWidth, height: 14 }
  const words = (x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end', fill: string): string =>
    textElement(x, y, text, { size: 14, weight: 400, fill, anchor }, fonts)
  const right = bar.left + bar.width
  const middle = bar.left + bar.width / 2
  const end = formatSignificant(scale)
  const below = bar.top + bar.height + 16
  return (
    words(bar.left, bar.top - 8, t('ribbon.to-healthy'), 'start', faint) +
    words(right, bar.top - 8, t('ribbon.to-fault'), 'end', faint) +
    horizontalBar(bar, (u) => evidenceColour((2 * u - 1) * scale, scale)) +
    words(bar.left, below, `−${end}`, 'start', ink) +
    words(middle, below, `0 ${t('legend.evidence')}`, 'middle', ink) +
    words(right, below, `+${end}`, 'end', ink)
  )
}

/** Level over time and frequency, with the evidence of the 2D network over it when it ran. */
export function drawSpectrogram(box: Box, drawing: Drawing): string {
  const { spectrogram, map } = drawing.model
  const title =
    map === undefined
      ? drawing.t('spectrogram.title')
      : drawing.t('spectrogram.title-with-map', { kind: map.kind.toUpperCase() })
  const head = panelTitle(box, title, drawing) + hatched(box)
  if (spectrogram === undefined) return head + frame(box) + timeAxis(box, drawing)
  const axis = {
    low: spectrogram.lowHz / 1000,
    high: spectrogram.highHz / 1000,
    title: drawing.t('spectrogram.axis'),
    wantedTicks: 6,
  }
  const levels = levelRange(spectrogram.values)
  const { rowCount, columnCount } = spectrogram
  const uri = heatMapUri(spectrogram.values, rowCount, columnCount, (value) => ({
    colour: levelColour((value - levels.low) / (levels.high - levels.low)),
    opacity: 1,
  }))
  return (
    head +
    valueAxis(box, axis, drawing) +
    image(placeOf(spectrogram, box, spectrogram, drawing), uri, true) +
    mapOver(box, spectrogram, map, drawing) +
    frame(box) +
    timeAxis(box, drawing) +
    levelLegend(box, spectrogram, levels, drawing) +
    mapLegend(box, map, drawing)
  )
}

export function placeOf(
  matrix: FrequencyMatrix,
  box: Box,
  shown: Pick<FrequencyMatrix, 'lowHz' | 'highHz'>,
  drawing: Drawing,
): Box {
  const axis = { low: shown.lowHz, high: shown.highHz }
  const left = drawing.xOf(matrix.startSeconds)
  const top = yOf(box, axis, matrix.highHz)
  return { left, top, width: drawing.xOf(matrix.endSeconds) - left, height: yOf(box, axis, matrix.lowHz) - top }
}

function mapOver(box: Box, shown: SpectrogramMatrix, map: EvidenceMatrix | undefined, drawing: Drawing): string {
  if (map === undefined) return ''
  const uri = heatMapUri(map.values, map.rowCount, map.columnCount, (value) =>
    evidenceOverlay(value, map.colourScaleLogit),
  )
  const clip = element(
    'clipPath',
    { id: 'plot' },
    element('rect', { x: box.left, y: box.top, width: box.width, height: box.height }),
  )
  return clip + element('g', { 'clip-path': 'url(#plot)' }, image(placeOf(map, box, shown, drawing), uri, true))
}

/**
 * Whole tens of dB round the 2nd to 99th percentile, at most 100 dB: neither a line of DC, nor digital silence at
 * −300 dB, may eat the colours. What lies beyond has the end colours.
 */
export function levelRange(values: Float32Array): { low: number; high: number } {
  // every so many: twenty thousand values tell two percentiles as well as a million
  const stride = Math.max(1, Math.floor(values.length / 20_000))
  const sorted = values.filter((value, index) => index % stride === 0 && Number.isFinite(value)).sort()
  if (sorted.length === 0) return { low: -100, high: 0 }
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  const high = Math.ceil(at(0.99) / 10) * 10
  return { low: Math.max(high - 100, Math.min(high - 10, Math.floor(at(0.02) / 10) * 10)), high }
}

export function levelLegend(
  box: Box,
  { levelUnit }: SpectrogramMatrix,
  levels: { low: number; high: number },
  drawing: Drawing,
): string {
  const { t } = drawing
  const title =
    levelUnit === undefined ? t('spectrogram.level-relative') : t('spectrogram.level', { unit: prettyUnit(levelUnit) })
  const bar = { left: drawing.layout.legendLeft, top: box.top + 14, width: 16, height: box.height / 2 - 44 }
  return verticalLegend(
    bar,
    title,
    levels,
    (value) => cssColour(levelColour((value - levels.low) / (levels.high - levels.low))),
    drawing,
  )
}

function mapLegend(box: Box, map: EvidenceMatrix | undefined, drawing: Drawing): string {
  if (map === undefined) return ''
  const scale = map.colourScaleLogit
  const bar = {
    left: drawing.layout.legendLeft,
    top: box.top + box.height / 2 + 24,
    width: 16,
    height: box.height / 2 - 44,
  }
  const overGrey = (value: number): string => {
    const { colour, opacity } = evidenceOverlay(value, scale)
    return cssColour(blend(colour, levelColour(0.25), opacity))
  }
  return verticalLegend(bar, drawing.t('spectrogram.evidence'), { low: -scale, high: scale }, overGrey, drawing)
}

function blend(over: Rgb, under: Rgb, opacity: number): Rgb {
  const channel = (i: 0 | 1 | 2): number => Math.round(over[i] * opacity + under[i] * (1 - opacity))
  return [channel(0), channel(1), channel(2)]
}

export function verticalLegend(
  bar: Box,
  title: string,
  range: { low: number; high: number },
  colourOf: (value: number) => string,
  { fonts, layout }: Drawing,
): string {
  const style = { size: 14, weight: 400, fill: faint } as const
  let drawn = textElement(bar.left, bar.top - 10, fitText(title, layout.legendWidth, 14, 400, fonts), style, fonts)
  const rows = 60
  for (let row = 0; row < rows; row++) {
    const value = range.high - ((row + 0.5) / rows) * (range.high - range.low)
    const y = bar.top + (row / rows) * bar.height
    // half a pixel over the next row hides the seam between them
    const height = bar.height / rows + (row === rows - 1 ? 0 : 0.5)
    drawn += element('rect', { x: bar.left, y, width: bar.width, height, fill: colourOf(value) })
  }
  drawn += frame(bar)
  const { values, step } = niceTicks(range.low, range.high, 4)
  for (const value of values) {
    const y = yOf(bar, range, value)
    const right = bar.left + bar.width
    drawn += element('line', { x1: right, x2: right + 5, y1: y, y2: y, stroke: frameColour })
    const sign = range.low < 0 && range.high > 0 && value > step / 1e6 ? '+' : ''
    drawn += textElement(right + 10, y + 5, sign + formatTick(value, step), { size: 14, weight: 400, fill: ink }, fonts)
  }
  return drawn
}

function horizontalBar(bar: Box, colourAt: (u: number) => Rgb): string {
  let drawn = ''
  const count = 80
  for (let i = 0; i < count; i++) {
    drawn += element('rect', {
      x: bar.left + (i / count) * bar.width,
      y: bar.top,
      width: bar.width / count + (i === count - 1 ? 0 : 0.5),
      height: bar.height,
      fill: cssColour(colourAt((i + 0.5) / count)),
    })
  }
  return drawn + frame(bar)
}

export function timeAxis(box: Box, drawing: Drawing): string {
  const { unit, seconds: unitSeconds } = drawing.timeUnit
  const { values, step } = timeTicks(drawing)
  const bottom = box.top + box.height
  let drawn = ''
  for (const value of values) {
    const x = drawing.xOf(value * unitSeconds)
    drawn += element('line', { x1: x, x2: x, y1: bottom, y2: bottom + 6, stroke: frameColour })
    const style = { size: 15, weight: 400, fill: ink, anchor: 'middle' } as const
    drawn += textElement(x, bottom + 23, formatTick(value, step), style, drawing.fonts)
  }
  const words = drawing.t('time.axis', { unit })
  const style = { size: 15, weight: 400, fill: faint, anchor: 'middle' } as const
  return drawn + textElement(box.left + box.width / 2, bottom + 44, words, style, drawing.fonts)
}
