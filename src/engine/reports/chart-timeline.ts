import type { Locale } from '../../shared/locales/translate'
import { drawEvidenceArea, drawEvidenceMap, drawEvidenceRibbon } from './chart-evidence'
import { levelColour } from '../../shared/colour-maps'
import { fitMatrix, printMapUri } from './print-map'
import { levelLegend, levelRange, placeOf, timeAxis } from './picture-maps'
import type { PictureModel } from './picture-model'
import { frame, hatched, image, panelTitle, valueAxis } from './picture-parts'
import { panelOf } from './picture'
import { drawProbabilityTrack, drawWaveform } from './picture-series'
import type { Box, Drawing } from './picture-style'
import type { Chart } from './report-canvas'
import { chartDrawing, chartLayout, composeChart, dotsOf } from './report-canvas'

/** The whole recording: signal, probability and evidence over one time axis. */
export function composeTimeline(model: PictureModel, locale: Locale): Chart {
  const drawing = chartDrawing(model, locale)
  const ribbon = panelOf(chartLayout, 452, 22)
  return composeChart(
    536,
    drawWaveform(panelOf(chartLayout, 30, 132), drawing) +
      drawProbabilityTrack(panelOf(chartLayout, 206, 96), drawing) +
      drawEvidenceArea(panelOf(chartLayout, 346, 92), drawing) +
      drawEvidenceRibbon(ribbon, drawing) +
      timeAxis(ribbon, drawing),
  )
}

/** A stretch from near: where the impacts are, and what the network made of them. */
export function composeCloseUp(model: PictureModel, locale: Locale): Chart {
  const drawing = chartDrawing(model, locale)
  const ribbon = panelOf(chartLayout, 318, 22)
  return composeChart(
    402,
    drawWaveform(panelOf(chartLayout, 30, 132), drawing) +
      drawEvidenceArea(panelOf(chartLayout, 206, 98), drawing) +
      drawEvidenceRibbon(ribbon, drawing) +
      timeAxis(ribbon, drawing),
  )
}

/** Level over time and frequency, and below it, over the same axes, what the 2D network sees there. */
export function composeSpectrogram(model: PictureModel, locale: Locale): Chart {
  const drawing = chartDrawing(model, locale)
  const { spectrogram, map } = model
  const shown = spectrogram ?? { lowHz: 0, highHz: model.result.channel.sampleRateHz / 2 }
  const level = panelOf(chartLayout, 30, 190)
  const seen = panelOf(chartLayout, 264, 150)
  const hasMap = map !== undefined
  const levels = drawLevels(level, shown, drawing)
  if (!hasMap) return composeChart(282, levels + timeAxis(level, drawing))
  const mapped = { lowHz: 0, highHz: Math.min(shown.highHz, map.highHz) }
  return composeChart(476, levels + drawEvidenceMap(seen, mapped, drawing) + timeAxis(seen, drawing))
}

function drawLevels(box: Box, shown: { lowHz: number; highHz: number }, drawing: Drawing): string {
  const { spectrogram } = drawing.model
  const title = panelTitle(box, drawing.t('spectrogram.title'), drawing)
  if (spectrogram === undefined) return title + hatched(box) + frame(box)
  const range = levelRange(spectrogram.values)
  const place = placeOf(spectrogram, box, spectrogram, drawing)
  const levels = fitMatrix(spectrogram, dotsOf(place), true)
  const uri = printMapUri(levels, range, (value) => levelColour((value - range.low) / (range.high - range.low)))
  const axis = {
    low: shown.lowHz / 1000,
    high: shown.highHz / 1000,
    title: drawing.t('spectrogram.axis'),
    wantedTicks: 5,
  }
  return (
    title +
    hatched(box) +
    image(place, uri, true) +
    valueAxis(box, axis, drawing) +
    frame(box) +
    levelLegend({ ...box, height: 2 * box.height + 40 }, spectrogram, range, drawing)
  )
}
