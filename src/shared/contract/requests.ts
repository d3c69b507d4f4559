import { z } from 'zod'
import { backendNames } from '../analysis'
import type { AnalysisResult } from '../analysis'
import { locales } from '../locales/translate'
import type { ModelCard } from '../model-card'
import { channel, file, hertz, jobId, modelId, readOptions } from './inputs'
import type {
  BaselineSummary,
  EvaluationSummary,
  JobStatus,
  ModelCheck,
  ModelSummary,
  RecordingSummary,
  SpectrumResult,
  TrainingSummary,
} from './outputs'
import { diagnosisBaseRequests } from './diagnosis-base-requests'
import { diagnosisRequests } from './diagnosis-requests'
import { studyRequests } from './study-requests'
import { projectRequests } from './project-requests'
import { settingsRequests } from './settings-requests'
import { reportRequests } from './report-requests'

const analysisInput = z.strictObject({
  file,
  read: readOptions,
  channel: channel.optional(), // absent = every channel
  models: z.array(modelId), // empty = the model that decides
  segmentSeconds: z.number().positive().max(86_400).optional(),
  backend: z.enum(backendNames).optional(),
  /** One baseline JSON, or healthy recordings of the same machine. */
  baseline: z.array(file),
  /** Id, designation, or geometry such as n=9,d=7.94,D=39.04,angle=0. */
  bearing: z.string().min(1).max(300).optional(),
  locale: z.enum(locales),
})

const declare = <Output>() => z.custom<Output>()

/** Every request: name → input (checked at the door) and output (a type only: the engine is trusted). */
export const requests = {
  ...studyRequests,
  ...diagnosisBaseRequests,
  ...diagnosisRequests,
  ...settingsRequests,
  ...projectRequests,
  ...reportRequests,
  'recording.inspect': { input: z.strictObject({ file, read: readOptions }), output: declare<RecordingSummary>() },
  'analysis.start': { input: analysisInput, output: declare<{ readonly jobId: string }>() },
  /** Answers when the job has ended; a cancelled one keeps what was finished. */
  'analysis.result': { input: z.strictObject({ jobId }), output: declare<AnalysisJobResult>() },
  /** The picture of one channel of an ended analysis: PNG bytes. */
  'picture.create': {
    input: z.strictObject({ jobId, index: z.int().nonnegative(), locale: z.enum(locales) }),
    output: declare<Uint8Array>(),
  },
  /** Segments and events of ended analyses as one table (text/csv). */
  'csv.create': { input: z.strictObject({ jobIds: z.array(jobId) }), output: declare<string>() },
  'demo.create': {
    /** `file`: where the recording goes; absent = nowhere that lasts. */
    input: z.strictObject({ file: file.optional(), backend: z.enum(backendNames).optional(), locale: z.enum(locales) }),
    output: declare<{ readonly jobId: string }>(),
  },
  'job.cancel': { input: z.strictObject({ jobId }), output: declare<{ readonly isCancelled: boolean }>() },
  /** Forgets an ended job and frees what it holds. */
  'job.forget': { input: z.strictObject({ jobId }), output: declare<Record<string, never>>() },
  'model.list': { input: z.strictObject({}), output: declare<readonly ModelSummary[]>() },
  'model.show': { input: z.strictObject({ id: modelId }), output: declare<ModelCard>() },
  /** The check of a model that is installed. */
  'model.checkInstalled': { input: z.strictObject({ id: modelId }), output: declare<ModelCheck>() },
  'model.check': { input: z.strictObject({ file }), output: declare<ModelCheck>() },
  'spectrum.get': {
    input: z.strictObject({
      file,
      read: readOptions,
      channel: channel.optional(), // absent = every channel
      /** Envelope spectrum of this band instead of the plain spectrum; the kurtogram names bands from 0 on. */
      envelopeBandHz: z.tuple([z.number().nonnegative(), hertz]).optional(),
    }),
    output: declare<readonly SpectrumResult[]>(),
  },
  'baseline.start': {
    input: z.strictObject({
      files: z.array(file).min(1),
      out: file,
      read: readOptions,
      channel: channel.optional(),
      model: modelId.optional(),
      backend: z.enum(backendNames).optional(),
    }),
    output: declare<{ readonly jobId: string }>(),
  },
  'baseline.result': { input: z.strictObject({ jobId }), output: declare<BaselineSummary>() },
  'training.start': {
    input: z.strictObject({
      manifest: file,
      kind: z.enum(['1d', '2d']),
      out: file,
      holdOut: z.string().min(1).optional(),
      seed: z.int().nonnegative().optional(),
      backend: z.enum(backendNames).optional(),
    }),
    output: declare<{ readonly jobId: string }>(),
  },
  'training.result': { input: z.strictObject({ jobId }), output: declare<TrainingSummary>() },
  'evaluation.start': {
    input: z.strictObject({ manifest: file, model: modelId, backend: z.enum(backendNames).optional() }),
    output: declare<{ readonly jobId: string }>(),
  },
  'evaluation.result': { input: z.strictObject({ jobId }), output: declare<EvaluationSummary>() },
} as const

export interface AnalysisJobResult {
  readonly status: JobStatus
  readonly results: readonly AnalysisResult[]
  /** Pictures that `picture.create` can draw: one a channel, by index. */
  readonly pictureCount: number
}

export type RequestName = keyof typeof requests
export type RequestInput<Name extends RequestName> = z.infer<(typeof requests)[Name]['input']>
export type RequestOutput<Name extends RequestName> = z.infer<(typeof requests)[Name]['output']>

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name)
}
