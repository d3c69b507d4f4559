import type {
  BaselineSummary,
  EvaluationSummary,
  ModelCheck,
  ModelSummary,
  SpectrumResult,
  TrainingSummary,
} from '../shared/contract/outputs'
import type { BackendCheck } from '../shared/app/study'
import type { BackendName } from '../shared/analysis'
import type { Locale } from '../shared/locales/translate'
import type { ModelCard } from '../shared/model-card'
import type { EvidenceInHand } from './analysis/evidence-in-hand'
import type { InspectedSteps, StepsToInspect } from './analysis/inspect-evidence'
import type { OpenAnalysis } from './analysis/outcome'
import type { UserFolders } from './files/user-folders'
import type { JobContext } from './jobs/job-context'
import type { Channel, Notice, ReadOptions, Recording } from './readers/recording'

export interface AnalyzeRequest {
  readonly read: ReadOptions
  /** Index or name; absent = every channel. */
  readonly channel?: number | string
  /** Ids, or 'all'; empty = the model that decides. */
  readonly models: readonly string[]
  readonly segmentSeconds?: number
  readonly backend?: BackendName
  /** Paths: one baseline JSON, or healthy recordings. */
  readonly baseline: readonly string[]
  /** Id, designation or geometry (bearing-catalogue); absent = unknown. */
  readonly bearing?: string
  readonly locale: Locale
}

export interface BaselineRequest {
  readonly paths: readonly string[]
  readonly out: string
  readonly read: ReadOptions
  readonly channel?: number | string
  readonly model?: string
  readonly backend?: BackendName
}

export interface EvidenceRequest {
  readonly channel: Channel
  readonly sampleRateHz: number
  readonly modelId: string
  readonly backend?: BackendName
}

export interface InspectRequest extends StepsToInspect {
  readonly modelId: string
}

export interface TrainingRequest {
  readonly manifest: string
  readonly kind: '1d' | '2d'
  readonly out: string
  readonly holdOut?: string
  readonly seed?: number
  readonly backend?: BackendName
}

export interface EvaluationRequest {
  readonly manifest: string
  readonly model: string
  readonly backend?: BackendName
}

/** What the handlers are made of: the engine's own parts, or doubles in tests. */
export interface EngineParts {
  readonly userFolders: UserFolders
  openRecording(path: string, options: ReadOptions): Promise<Recording>
  /** Findings of the data quality check of every channel, and between channels; no model. */
  checkQuality(recording: Recording): Promise<readonly Notice[]>
  analyze(path: string, request: AnalyzeRequest, job: JobContext): Promise<OpenAnalysis>
  /** Writes the demo's recording to `path`; answers what its format cannot say. */
  writeDemoRecording(path: string): Promise<ReadOptions>
  listModels(): Promise<readonly ModelSummary[]>
  showModel(id: string): Promise<ModelCard>
  checkModel(folder: string): Promise<ModelCheck>
  checkInstalledModel(id: string): Promise<ModelCheck>
  computeSpectrum(
    channel: Channel,
    fileName: string,
    envelopeBandHz: readonly [number, number] | undefined,
    signal: AbortSignal,
  ): Promise<SpectrumResult>
  /** One pass over a channel; its evidence stays in hand. */
  takeEvidence(request: EvidenceRequest, job: JobContext): Promise<EvidenceInHand>
  /** Feature maps of steps of evidence in hand, made again. */
  inspectSteps(request: InspectRequest, job: JobContext): Promise<InspectedSteps>
  checkBackends(): Promise<readonly BackendCheck[]>
  createBaseline(request: BaselineRequest, job: JobContext): Promise<BaselineSummary>
  train(request: TrainingRequest, job: JobContext): Promise<TrainingSummary>
  evaluate(request: EvaluationRequest, job: JobContext): Promise<EvaluationSummary>
  dispose(): Promise<void>
}
