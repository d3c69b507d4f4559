import type { Locale } from '../../shared/locales/translate'
import { translator } from '../../shared/locales/translate'
import { timeUnitOf } from './axis'
import { fontFamily, loadFonts } from './fonts'
import { drawFooter, drawHeader } from './picture-header'
import { drawRibbon, drawSpectrogram } from './picture-maps'
import type { PictureModel } from './picture-model'
import { hatchPattern } from './picture-parts'
import { drawProbabilityTrack, drawWaveform } from './picture-series'
import type { Box, Drawing } from './picture-style'
import { pictureHeight, pictureWidth, plotLeft, plotRight } from './picture-style'
import { renderPng } from './render-png'
import { element } from './svg'

const panel = (top: number, height: number): Box => ({ left: plotLeft, top, width: plotRight - plotLeft, height })
const waveformBox = panel(232, 124)
const probabilityBox = panel(398, 124)
const ribbonBox = panel(572, 44)
const spectrogramBox = panel(660, 292)

/** One channel on one page: verdict, waveform, probability, evidence, spectrogram with the map, provenance. */
export function composePicture(model: PictureModel, locale: Locale): string {
  const { durationSeconds } = model.result.channel
  // an empty channel still gets an axis
  const shownSeconds = durationSeconds > 0 ? durationSeconds : 1
  const drawing: Drawing = {
    model: withoutUnfoundedScores(model),
    locale,
    t: translator(locale),
    fonts: loadFonts(),
    durationSeconds: shownSeconds,
    timeUnit: timeUnitOf(shownSeconds),
    xOf: (seconds) => {
      const share = Math.max(0, Math.min(1, seconds / shownSeconds))
      return plotLeft + share * (plotRight - plotLeft)
    },
  }
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

/** Probabilities of a recording that the model cannot judge would mislead: the track stays hatched. */
function withoutUnfoundedScores(model: PictureModel): PictureModel {
  if (model.result.verdict !== 'not-applicable') return model
  return { ...model, result: { ...model.result, segments: [], events: [] }, ribbon: undefined, map: undefined }
}

/** The same as PNG bytes. */
export function drawPicture(model: PictureModel, locale: Locale): Uint8Array {
  return renderPng(composePicture(model, locale), loadFonts())
}
