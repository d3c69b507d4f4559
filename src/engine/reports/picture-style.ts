import type { Verdict } from '../../shared/analysis'
import type { Locale, Translate } from '../../shared/locales/translate'
import type { TimeUnit } from './axis'
import type { Rgb } from '../../shared/colour-maps'
import type { FontSet } from './fonts'
import type { PictureModel } from './picture-model'

/** Sizes in px and colours that the parts of the picture share. */
export const pictureWidth = 1600
export const pictureHeight = 1100
export const margin = 40
const plotLeft = 140
const plotRight = 1340
const legendLeft = 1368

export const ink = '#1b1f24'
export const faint = '#57606a'
export const gridColour = '#d8dde3'
export const frameColour = '#8c959f'
export const waveformColour = '#3a4654'
export const eventColour = '#8f1d14'

export const verdictColours: Readonly<Record<Verdict, string>> = {
  fault: '#a1231a',
  healthy: '#14568f',
  uncertain: '#8a5a00',
  'not-applicable': '#57606a',
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Where things stand on a canvas, px. */
export interface Layout {
  readonly margin: number
  readonly plotLeft: number
  readonly plotRight: number
  /** Legends and figures stand right of the plots. */
  readonly legendLeft: number
  readonly legendWidth: number
}

export const pageLayout: Layout = { margin, plotLeft, plotRight, legendLeft, legendWidth: 196 }

/** What each part of the picture is given. */
export interface Drawing {
  readonly model: PictureModel
  readonly locale: Locale
  readonly t: Translate
  readonly fonts: FontSet
  readonly layout: Layout
  /** What the time axis spans. */
  readonly startSeconds: number
  readonly endSeconds: number
  evidenceColour(evidence: number, scale: number): Rgb
  readonly timeUnit: { readonly unit: TimeUnit; readonly seconds: number }
  /** x of a time, px */
  xOf(seconds: number): number
}
