import type { Locale } from '../../shared/locales/translate'
import { translator } from '../../shared/locales/translate'
import { timeUnitOf } from './axis'
import { evidenceColour } from '../../shared/colour-maps'
import { fontFamily, loadFonts } from './fonts'
import { drawFooter, drawHeader } from './picture-header'
import { drawRibbon, drawSpectrogram } from './picture-maps'
import type { PictureModel } from './picture-model'
import { hatchPattern } from './picture-parts'
import { drawProbabilityTrack, drawWaveform } from './picture-series'
import type { Box, Drawing, Layout } from './picture-style'
import { pageLayout, pictureHeight, pictureWidth } from './picture-style'
import { renderPng } from './render-png'
import { element } from './svg'

const panel = (top: number, height: number): Box => panelOf(pageLayout, top, height)
const waveformBox = panel(232, 124)
const probabilityBox = panel(398, 124)
const ribbonBox = panel(572, 44)
const spectrogramBox = panel(660, 292)

/** One channel on one page: verdict, waveform, probability, evidence, spectrogram with the map, provenance. */
export function composePicture(model: PictureModel, locale: Locale): string {
  const drawing = createDrawing(model, locale, pageLayout, evidenceColour)
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: pictureWidth,
      height: pictureHeight,
      viewBox: `0 0 ${pictureWidth} ${pictureHeight}`,
      'font-family': fontFamily,
    },
    element('rect', { width: pictureWidth, height: pictureHeight, fill: 'white' }) +
      hatchPattern +
      drawHeader(drawing) +
      drawWaveform(waveformBox, drawing) +
      drawProbabilityTrack(probabilityBox, drawing) +
      drawRibbon(ribbonBox, drawing) +
      drawSpectrogram(spectrogramBox, drawing) +
      drawFooter(drawing),
  )
}

/** A canvas of the given layout; its time axis spans what the model's waveform does. */
export function createDrawing(
  model: PictureModel,
  locale: Locale,
  layout: Layout,
  colourOf: Drawing['evidenceColour'],
): Drawing {
  const { startSeconds } = model.waveform
  // an empty channel still gets an axis
  const endSeconds = model.waveform.endSeconds > startSeconds ? model.waveform.endSeconds : startSeconds + 1
  const { plotLeft, plotRight } = layout
  return {
    model: withoutUnfoundedScores(model),
    locale,
    t: translator(locale),
    fonts: loadFonts(),
    layout,
    startSeconds,
    endSeconds,
    evidenceColour: colourOf,
    timeUnit: timeUnitOf(endSeconds),
    xOf: (seconds) => {
      const share = Math.max(0, Math.min(1, (seconds - startSeconds) / (endSeconds - startSeconds)))
      return plotLeft + share * (plotRight - plotLeft)
    },
  }
}

/** A panel as wide as the plots of the layout. */
export function panelOf({ plotLeft, plotRight }: Layout, top: number, height: number): Box {
  return { left: plotLeft, top, width: plotRight - plotLeft, height }
}

/** Probabilities of a recording that the model cannot judge would mislead: the track stays hatched. */
function withoutUnfoundedScores(model: PictureModel): PictureModel {
  if (model.result.verdict !== 'not-applicable') return model
  return { ...model, result: { ...model.result, segments: [], events: [] }, ribbon: undefined, map: undefined }
}

/** The same as PNG bytes. */
export function drawPicture(model: PictureModel, locale: Locale): Uint8Array {
  return renderPng(composePicture(model, locale), loadFonts())
}
