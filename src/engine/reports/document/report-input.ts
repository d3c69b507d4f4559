import type { AnalysisResult } from '../../../shared/analysis'
import type { SpectrumResult } from '../../../shared/contract/outputs'
import type { Locale, Translate } from '../../../shared/locales/translate'
import type { ReportBlock } from '../../../shared/report/block'
import type { ReportAnnotation } from '../../../shared/report/inputs'
import type { ModelCard } from '../../../shared/model-card'
import type { Chart } from '../report-canvas'

/** All that a document is built from; nothing is read or computed after this. */
export interface ReportInput {
  readonly block: ReportBlock
  readonly channels: readonly ReportChannel[]
  /** By model id; those that are installed. */
  readonly cards: ReadonlyMap<string, ModelCard>
}

export interface ReportChannel {
  /** Of the model that decides. */
  readonly result: AnalysisResult
  readonly others: readonly AnalysisResult[]
  readonly machine: string | undefined
  /** ISO 8601, as the file says. */
  readonly recordedAt: string | undefined
  readonly charts: ChannelReportCharts
}

export interface ChannelReportCharts {
  readonly timeline: Chart
  readonly spectrogram: Chart
  readonly hasMap: boolean
  readonly closeUp: Stretch | undefined
  readonly spectrum: SpectrumChart | undefined
  readonly envelope: SpectrumChart | undefined
  /** Why there is no envelope spectrum. */
  readonly envelopeProblem: string | undefined
  readonly annotations: readonly AnnotationChart[]
}

export interface Stretch {
  readonly chart: Chart
  readonly startSeconds: number
  readonly endSeconds: number
}

export interface SpectrumChart {
  readonly chart: Chart
  readonly spectrum: SpectrumResult
  readonly peaksHz: readonly number[]
}

export interface AnnotationChart {
  readonly annotation: ReportAnnotation
  readonly chart: Chart
}

/** What the makers of sections share. */
export interface Writing {
  readonly locale: Locale
  readonly t: Translate
  readonly input: ReportInput
  /** 'Figure 3. …', counting up. */
  figure(words: string): { readonly id: string; readonly caption: string }
  table(words: string): string
}
