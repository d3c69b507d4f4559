import type { Verdict } from '../../shared/analysis'
import type { Locale, Translate } from '../../shared/locales/translate'
import type { TimeUnit } from './axis'
import type { FontSet } from './fonts'
import type { PictureModel } from './picture-model'

/** Sizes in px and colours that the parts of the picture share. */
export const pictureWidth = 1600
export const pictureHeight = 1100
export const margin = 40
export const plotLeft = 140
export const plotRight = 1340
export const legendLeft = 1368

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

/** What each part of the picture is given. */
export interface Drawing {
  readonly model: PictureModel
  readonly locale: Locale
  readonly t: Translate
  readonly fonts: FontSet
  readonly durationSeconds: number
  readonly timeUnit: { readonly unit: TimeUnit; readonly seconds: number }
  /** x of a time, px */
  xOf(seconds: number): number
}
