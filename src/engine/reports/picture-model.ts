import type { AnalysisResult } from '../../shared/analysis'

/** Columns over a stretch of time, evenly spaced over [startSeconds, endSeconds). */
export interface TimeSpan {
  readonly startSeconds: number
  readonly endSeconds: number
}

/** Least and greatest sample of each column, in the channel's unit; NaN = not measured. */
export interface WaveformColumns extends TimeSpan {
  readonly min: Float32Array
  readonly max: Float32Array
}

/** Mean evidence of each column, logit; NaN = not measured. */
export interface EvidenceColumns extends TimeSpan {
  readonly kind: '1d' | '2d'
  readonly values: Float32Array
  /** The colours end at ± this evidence (the model's card). */
  readonly colourScaleLogit: number
}

/** [rowCount × columnCount], row-major, row 0 at lowHz; rows evenly spaced over [lowHz, highHz). NaN = not measured. */
export interface FrequencyMatrix extends TimeSpan {
  readonly values: Float32Array
  readonly rowCount: number
  readonly columnCount: number
  readonly lowHz: number
  readonly highHz: number
}

export interface SpectrogramMatrix extends FrequencyMatrix {
  /** What `values` (dB) stand for, such as 'dB re 1 g²/Hz'; undefined = the channel's unit is unknown. */
  readonly levelUnit: string | undefined
}

export interface EvidenceMatrix extends FrequencyMatrix {
  readonly kind: '1d' | '2d'
  readonly colourScaleLogit: number
}

/** All that one channel's picture shows. Plain data. */
export interface PictureModel {
  /** Of the model that decides; its segments are the probability track. */
  readonly result: AnalysisResult
  /** Of the other models, for the provenance line. */
  readonly besides: readonly AnalysisResult[]
  readonly machine: string | undefined
  readonly waveform: WaveformColumns
  readonly ribbon: EvidenceColumns | undefined
  readonly spectrogram: SpectrogramMatrix | undefined
  /** Evidence of the 2D model, drawn over the spectrogram. */
  readonly map: EvidenceMatrix | undefined
}
