import type { Matrix } from './print-map'
import { fitMatrix, printMapUri } from './print-map'
import { measuredRuns } from './measured-runs'
import { placeOf, ribbonLegend, verticalLegend } from './picture-maps'
import { frame, hatched, image, measuredArea, panelTitle, timeGrid, valueAxis, yOf } from './picture-parts'
import type { Box, Drawing } from './picture-style'
import { frameColour } from './picture-style'
import { cssColour } from '../../shared/colour-maps'
import { dotsOf } from './report-canvas'
import { element, formatPixel } from './svg'

/** Signed evidence as an area about zero: up pushes to fault, down to healthy; readable without any colour. */
export function drawEvidenceArea(box: Box, drawing: Drawing): string {
  const { ribbon } = drawing.model
  const title = panelTitle(box, drawing.t('report.chart.evidence'), drawing)
  if (ribbon === undefined) return title + hatched(box) + frame(box)
  const scale = ribbon.colourScaleLogit
  const axis = { low: -scale, high: scale, title: drawing.t('report.chart.evidence-axis'), wantedTicks: 4 }
  const left = drawing.xOf(ribbon.startSeconds)
  const width = drawing.xOf(ribbon.endSeconds) - left
  const columnWidth = width / ribbon.values.length
  const zero = yOf(box, axis, 0)
  let drawn = title + hatched(box)
  const areas = { up: '', down: '' }
  for (const { start, end } of measuredRuns(ribbon.values)) {
    drawn += measuredArea(box, left + start * columnWidth, left + end * columnWidth)
    const outline = (isUp: boolean): string => {
      let path = `M${formatPixel(left + start * columnWidth)} ${formatPixel(zero)}`
      for (let i = start; i < end; i++) {
        const value = isUp
          ? Math.min(scale, Math.max(0, ribbon.values[i]))
          : Math.max(-scale, Math.min(0, ribbon.values[i]))
        path += `L${formatPixel(left + (i + 0.5) * columnWidth)} ${formatPixel(yOf(box, axis, value))}`
      }
      return `${path}L${formatPixel(left + end * columnWidth)} ${formatPixel(zero)}Z`
    }
    areas.up += outline(true)
    areas.down += outline(false)
  }
  const area = (path: string, evidence: number): string =>
    path === '' ? '' : element('path', { d: path, fill: cssColour(drawing.evidenceColour(evidence, scale)) })
  return (
    drawn +
    timeGrid(box, drawing) +
    valueAxis(box, axis, drawing) +
    area(areas.up, scale) +
    area(areas.down, -scale) +
    element('line', { x1: box.left, x2: box.left + box.width, y1: zero, y2: zero, stroke: frameColour }) +
    frame(box)
  )
}

/** The same as colours, on the scale of the model's card: to be compared with every other report. */
export function drawEvidenceRibbon(box: Box, drawing: Drawing): string {
  const { ribbon } = drawing.model
  if (ribbon === undefined) return hatched(box) + frame(box)
  const scale = ribbon.colourScaleLogit
  const left = drawing.xOf(ribbon.startSeconds)
  const place = { ...box, left, width: drawing.xOf(ribbon.endSeconds) - left }
  const strip = { values: ribbon.values, rowCount: 1, columnCount: ribbon.values.length }
  const uri = evidenceUri(fitMatrix(strip, dotsOf(place), false), scale, drawing)
  return hatched(box) + image(place, uri, false) + frame(box) + ribbonLegend(box, scale, drawing)
}

/** Where in time and frequency the 2D network sees fault or health: its own panel, so that paper needs no overlay. */
export function drawEvidenceMap(
  box: Box,
  shown: { readonly lowHz: number; readonly highHz: number },
  drawing: Drawing,
): string {
  const { map } = drawing.model
  const title = panelTitle(box, drawing.t('report.chart.map', { kind: (map?.kind ?? '2d').toUpperCase() }), drawing)
  const axis = {
    low: shown.lowHz / 1000,
    high: shown.highHz / 1000,
    title: drawing.t('spectrogram.axis'),
    wantedTicks: 5,
  }
  if (map === undefined) return title + hatched(box) + frame(box)
  const scale = map.colourScaleLogit
  const place = placeOf(map, box, shown, drawing)
  const uri = evidenceUri(fitMatrix(map, dotsOf(place), true), scale, drawing)
  const clip = element(
    'clipPath',
    { id: 'map-plot' },
    element('rect', { x: box.left, y: box.top, width: box.width, height: box.height }),
  )
  const bar = { left: drawing.layout.legendLeft, top: box.top + 18, width: 16, height: box.height - 22 }
  return (
    title +
    hatched(box) +
    clip +
    element('g', { 'clip-path': 'url(#map-plot)' }, image(place, uri, true)) +
    valueAxis(box, axis, drawing) +
    frame(box) +
    verticalLegend(
      bar,
      drawing.t('report.chart.map-legend'),
      { low: -scale, high: scale },
      (value) => cssColour(drawing.evidenceColour(value, scale)),
      drawing,
    )
  )
}

function evidenceUri(matrix: Matrix, scale: number, { evidenceColour }: Drawing): string {
  return printMapUri(matrix, { low: -scale, high: scale }, (value) => evidenceColour(value, scale))
}
