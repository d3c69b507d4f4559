import type { AnalysisResult } from '../../shared/analysis'
import type { SpectrumResult } from '../../shared/contract/outputs'
import type { SampleRange } from '../../shared/sample-range'
import type { PictureModel } from '../reports/picture-model'

/** What pictures and reports show of one channel, made when asked for: the recording is read again. */
export interface ChannelCharts {
  /** ISO 8601, as the file says; undefined = it does not. */
  readonly recordedAt: string | undefined
  /** Lets go of what pictures share; the next one computes it again. */
  forget(): void
  /** Of the whole channel, or of a stretch of it. */
  picture(signal: AbortSignal, range?: SampleRange): Promise<PictureModel>
  /** Amplitude spectrum, or that of the envelope of a band. */
  spectrum(envelopeBandHz?: readonly [number, number]): Promise<SpectrumResult>
}

/** What an analysis leaves behind: the JSON objects, and the charts of each channel. */
export interface AnalysisOutcome {
  /** One object a channel and model, in the order of the channels. */
  readonly results: readonly AnalysisResult[]
  /** One a channel. */
  readonly charts: readonly ChannelCharts[]
}

/** Charts read the recording again: it stays open until nobody wants one any more. */
export interface OpenAnalysis extends AnalysisOutcome {
  close(): Promise<void>
}
