import type { AnalysisResult } from '../../shared/analysis'
import type { PictureModel } from '../reports/picture-model'

/** What an analysis leaves behind: the JSON objects, and what a picture of each channel needs, made when asked for. */
export interface AnalysisOutcome {
  /** One object a channel and model, in the order of the channels. */
  readonly results: readonly AnalysisResult[]
  readonly pictures: readonly (() => Promise<PictureModel>)[]
}

/** Pictures read the recording again: it stays open until nobody wants one any more. */
export interface OpenAnalysis extends AnalysisOutcome {
  close(): Promise<void>
}
