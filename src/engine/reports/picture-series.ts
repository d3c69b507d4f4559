import { formatProbability, formatSignificant } from '../../shared/number-words'
import { prettyUnit } from './axis'
import type { ValueAxis } from './picture-parts'
import {
  eventMarks,
  frame,
  hatched,
  measuredArea,
  panelTitle,
  polygon,
  timeGrid,
  valueAxis,
  yOf,
} from './picture-parts'
import type { Box, Drawing } from './picture-style'
import { measuredRuns } from './measured-runs'
import { eventColour, faint, ink, verdictColours, waveformColour } from './picture-style'
import { element, fitText, formatPixel, textElement } from './svg'

/** The signal as it was recorded: least and greatest sample of each column. */
export function drawWaveform(box: Box, drawing: Drawing): string {
  const { waveform, result } = drawing.model
  const { unit } = result.channel
  const axis: ValueAxis = {
    ...rangeOf(waveform.min, waveform.max),
    title: fitText(
      unit === null ? drawing.t('waveform.axis-unknown') : drawing.t('waveform.axis', { unit: prettyUnit(unit) }),
      box.height,
      15,
      400,
      drawing.fonts,
    ),
    wantedTicks: 4,
  }
  const span = { from: drawing.xOf(waveform.startSeconds), to: drawing.xOf(waveform.endSeconds) }
  return (
    panelTitle(box, drawing.t('waveform.title'), drawing) +
    hatched(box) +
    measuredColumns(box, span.from, span.to, waveform.min) +
    timeGrid(box, drawing) +
    valueAxis(box, axis, drawing) +
    eventMarks(box, true, drawing) +
    waveformRuns(box, axis, span.from, span.to, waveform.min, waveform.max) +
    frame(box) +
    indicatorWords(box, drawing)
  )
}

/** Ends of the value axis, with a little air; a flat line gets ±1 so that it is drawn in the middle. */
function rangeOf(min: Float32Array, max: Float32Array): { low: number; high: number } {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < min.length; i++) {
    if (min[i] < low) low = min[i]
    if (max[i] > high) high = max[i]
  }
  if (!(low <= high)) return { low: -1, high: 1 }
  const air = high > low ? 0.06 * (high - low) : Math.max(1, Math.abs(high) * 0.1)
  return { low: low - air, high: high + air }
}

/** White where columns were measured; runs of NaN keep the hatching. */
function measuredColumns(box: Box, from: number, to: number, values: Float32Array): string {
  return measuredRuns(values)
    .map(({ start, end }) => {
      const width = (to - from) / values.length
      return measuredArea(box, from + start * width, from + end * width)
    })
    .join('')
}

function waveformRuns(
  box: Box,
  axis: ValueAxis,
  from: number,
  to: number,
  min: Float32Array,
  max: Float32Array,
): string {
  const columnWidth = (to - from) / min.length
  return measuredRuns(min)
    .map(({ start, end }) => {
      const upper: [number, number][] = []
      const lower: [number, number][] = []
      for (let i = start; i < end; i++) {
        const x = from + (i + 0.5) * columnWidth
        // at least a pixel thick, or a quiet stretch would vanish
        const middle = yOf(box, axis, (min[i] + max[i]) / 2)
        upper.push([x, Math.min(yOf(box, axis, max[i]), middle - 0.6)])
        lower.unshift([x, Math.max(yOf(box, axis, min[i]), middle + 0.6)])
      }
      return polygon([...upper, ...lower], waveformColour)
    })
    .join('')
}

function indicatorWords(box: Box, { model, t, fonts, layout }: Drawing): string {
  const { legendLeft, legendWidth } = layout
  const { indicators, channel, events } = model.result
  const withUnit = (value: number | null): string =>
    channel.unit === null ? formatSignificant(value) : `${formatSignificant(value)} ${prettyUnit(channel.unit)}`
  const lines = [
    t('waveform.rms', { value: withUnit(indicators.rms) }),
    t('waveform.peak', { value: withUnit(indicators.peak) }),
    t('waveform.kurtosis', { value: formatSignificant(indicators.kurtosis) }),
  ]
  let drawn = ''
  lines.forEach((line, index) => {
    const words = fitText(line, legendWidth, 16, 400, fonts)
    drawn += textElement(legendLeft, box.top + 18 + index * 24, words, { size: 16, weight: 400, fill: ink }, fonts)
  })
  const style = { size: 14, weight: 400, fill: faint } as const
  const hasEvents = events.length > 0
  if (hasEvents) {
    const y = box.top + 84
    drawn += element('rect', { x: legendLeft, y, width: 22, height: 14, fill: eventColour, 'fill-opacity': 0.12 })
    drawn += element('rect', { x: legendLeft, y: y - 4, width: 22, height: 4, fill: eventColour })
    drawn += textElement(legendLeft + 30, y + 12, t('legend.event'), style, fonts)
  }
  const y = box.top + (hasEvents ? 108 : 84)
  const swatch = { left: legendLeft, top: y, width: 22, height: 14 }
  return (
    drawn +
    hatched(swatch) +
    frame(swatch) +
    textElement(legendLeft + 30, y + 12, t('legend.not-measured'), style, fonts)
  )
}

/** Calibrated probability of each segment, against the thresholds of the model's card. */
export function drawProbabilityTrack(box: Box, drawing: Drawing): string {
  const axis: ValueAxis = { low: 0, high: 1, title: drawing.t('probability.axis'), wantedTicks: 5 }
  const { segments } = drawing.model.result
  const judged = segments.filter((segment) => segment.probability !== null)
  const from = drawing.xOf(judged.at(0)?.startSeconds ?? 0)
  const to = drawing.xOf(judged.at(-1)?.endSeconds ?? 0)
  return (
    panelTitle(box, drawing.t('probability.panel'), drawing) +
    hatched(box) +
    zones({ ...box, left: from, width: to - from }, axis, drawing) +
    timeGrid(box, drawing) +
    valueAxis(box, axis, drawing) +
    eventMarks(box, false, drawing) +
    thresholdLines(box, axis, drawing) +
    segmentLine(box, axis, drawing) +
    frame(box) +
    zoneLabels(box, axis, drawing)
  )
}

function zones(box: Box, axis: ValueAxis, { model }: Drawing): string {
  const { fault, healthy } = model.result.settings.thresholds
  const band = (low: number, high: number, fill: string): string =>
    element('rect', {
      x: box.left,
      y: yOf(box, axis, high),
      width: box.width,
      height: yOf(box, axis, low) - yOf(box, axis, high),
      fill,
    })
  return band(fault, 1, '#f8e4e1') + band(healthy, fault, '#fbf6ea') + band(0, healthy, '#e2edf7')
}

function thresholdLines(box: Box, axis: ValueAxis, { model }: Drawing): string {
  const { fault, healthy } = model.result.settings.thresholds
  const line = (value: number, stroke: string): string =>
    element('line', {
      x1: box.left,
      x2: box.left + box.width + 14,
      y1: yOf(box, axis, value),
      y2: yOf(box, axis, value),
      stroke,
      'stroke-width': 1.5,
      'stroke-dasharray': '7 5',
    })
  return line(fault, verdictColours.fault) + line(healthy, verdictColours.healthy)
}

/** One segment is a bar over its length; many are a line through their middles, with gaps where nothing was measured. */
function segmentLine(box: Box, axis: ValueAxis, drawing: Drawing): string {
  const { segments } = drawing.model.result
  const probabilities = segments.map((segment) => segment.probability ?? Number.NaN)
  return measuredRuns(probabilities)
    .map(({ start, end }) => {
      if (end - start === 1) {
        const { startSeconds, endSeconds } = segments[start]
        const y = yOf(box, axis, probabilities[start])
        return element('line', {
          x1: drawing.xOf(startSeconds),
          x2: Math.max(drawing.xOf(endSeconds), drawing.xOf(startSeconds) + 3),
          y1: y,
          y2: y,
          stroke: ink,
          'stroke-width': 3,
        })
      }
      const points: string[] = []
      for (let i = start; i < end; i++) {
        const x = drawing.xOf((segments[i].startSeconds + segments[i].endSeconds) / 2)
        points.push(`${formatPixel(x)},${formatPixel(yOf(box, axis, probabilities[i]))}`)
      }
      return element('polyline', {
        points: points.join(' '),
        fill: 'none',
        stroke: ink,
        'stroke-width': 2.2,
        'stroke-linejoin': 'round',
      })
    })
    .join('')
}

function zoneLabels(box: Box, axis: ValueAxis, { model, t, fonts, layout }: Drawing): string {
  const { fault, healthy } = model.result.settings.thresholds
  const labels = [
    {
      y: yOf(box, axis, fault),
      words: t('probability.fault-zone', { value: threshold(fault) }),
      fill: verdictColours.fault,
    },
    {
      y: yOf(box, axis, (fault + healthy) / 2),
      words: t('probability.uncertain-zone'),
      fill: verdictColours.uncertain,
    },
    {
      y: yOf(box, axis, healthy),
      words: t('probability.healthy-zone', { value: threshold(healthy) }),
      fill: verdictColours.healthy,
    },
  ]
  const places = spreadApart(
    labels.map((label) => label.y),
    22,
    box.top + 8,
    box.top + box.height - 8,
  )
  return labels
    .map(({ words, fill }, index) =>
      textElement(layout.legendLeft, places[index] + 5, words, { size: 15, weight: 700, fill }, fonts),
    )
    .join('')
}

function threshold(value: number): string {
  return formatProbability(value).replace(/^[<>] /, '')
}

/** Places at least `gap` apart within [low, high], as near to the wanted ones (ascending) as that allows. */
export function spreadApart(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const places: number[] = []
  wanted.forEach((place, index) => {
    places.push(Math.max(place, index === 0 ? low : places[index - 1] + gap))
  })
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i], i === places.length - 1 ? high : places[i + 1] - gap)
  }
  return places
}
