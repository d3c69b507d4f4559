import { z } from 'zod'
import { diagnosisSchema } from './diagnosis/diagnosis'

/**
 * The JSON of an analysis, "vibralens.analysis/1": one object a channel and model. Scripts rely on it: fields are added
 * only with a new schema number. Exported to docs/analysis.schema.json by `npm run docs:schema`.
 * A number that could not be measured is null, never NaN or 0.
 */

const verdicts = ['fault', 'healthy', 'uncertain', 'not-applicable'] as const
export const backendNames = ['tensorflow', 'wasm', 'cpu'] as const

const measured = z.number().nullable()

const noticeSchema = z.strictObject({
  code: z.string().describe('stable code of the finding'),
  message: z.string(),
  startSeconds: z.number().optional(),
  endSeconds: z.number().optional(),
})

const thresholdsSchema = z
  .strictObject({ healthy: z.number(), fault: z.number(), sustainedEventSeconds: z.number().positive() })
  .describe(
    'probabilities: up to `healthy` is healthy, from `fault` on is fault, uncertain in between; an event of sustainedEventSeconds is a fault',
  )

const settingsSchema = z.strictObject({
  programVersion: z.string(),
  modelVersion: z.string(),
  segmentSeconds: z.number().positive(),
  segmentStrideSeconds: z.number().positive(),
  thresholds: thresholdsSchema,
  temperature: z.number().positive().describe('probability = 1 / (1 + exp(−logit / temperature))'),
  colourScaleLogit: z.number().positive().describe('the colours of maps end at ± this evidence'),
  conditioning: z.record(z.string(), z.json()).describe("as on the model's card"),
  spectrogram: z.record(z.string(), z.json()).nullable().describe("as on the model's card; null for 1d"),
  given: z
    .strictObject({
      sampleRateHz: z.number().positive().optional(),
      unit: z.string().optional(),
      shaftSpeedRpm: z.number().positive().optional(),
    })
    .describe('what the user said beside the file'),
  shaftSpeedRpm: z.number().positive().nullable().describe('from the file or the user; null = unknown'),
  baseline: z
    .strictObject({
      sha256: z.string().describe('of the baseline file, or of the healthy recordings together'),
      recordingCount: z.int().positive(),
      meanLogit: z.number(),
      spreadLogit: z.number(),
    })
    .nullable()
    .describe('healthy recordings of the same machine that the logit was judged against'),
})

export const analysisResultSchema = z.strictObject({
  schema: z.literal('vibralens.analysis/1'),
  file: z.strictObject({
    name: z.string(),
    sha256: z.string().describe('lower-case hex of the whole file'),
    format: z.string(),
    bytes: z.int().nonnegative(),
  }),
  channel: z.strictObject({
    name: z.string(),
    unit: z.string().nullable().describe('null = unknown'),
    sampleRateHz: z.number().positive(),
    sampleCount: z.int().nonnegative(),
    durationSeconds: z.number().nonnegative(),
  }),
  model: z.strictObject({ id: z.string(), kind: z.enum(['1d', '2d']), sha256: z.string() }),
  settings: settingsSchema,
  backend: z.enum(backendNames),
  verdict: z.enum(verdicts),
  label: z.union([z.literal(1), z.literal(-1), z.null()]).describe('1 fault, −1 healthy, null no label'),
  score: z
    .strictObject({ healthy: measured, fault: measured, logit: measured })
    .describe('confidence scores of both classes; logit = fault − healthy = mean of the evidence'),
  probability: measured.describe('calibrated probability of a bearing fault; null where not applicable'),
  reasons: z.array(z.string()).describe('why this verdict, in sentences'),
  segments: z.array(
    z.strictObject({
      startSeconds: z.number(),
      endSeconds: z.number(),
      logit: measured,
      probability: measured,
    }),
  ),
  events: z.array(
    z.strictObject({
      startSeconds: z.number(),
      endSeconds: z.number(),
      peakProbability: z.number(),
      evidence: z.number().describe('mean evidence of the event, logit'),
    }),
  ),
  indicators: z.strictObject({
    rms: measured,
    peak: measured,
    crestFactor: measured,
    kurtosis: measured,
    skewness: measured,
    velocityRmsMmS: measured.describe('10 Hz to 1 kHz, mm/s; null unless the unit is an acceleration or velocity'),
  }),
  diagnosis: diagnosisSchema
    .nullable()
    .describe(
      'which part of the bearing, by a second witness and the beat of the evidence; null where it was not asked',
    ),
  quality: z.array(noticeSchema),
  elapsedSeconds: z.number().nonnegative(),
})

export const analysisFileSchema = z.array(analysisResultSchema)

export type AnalysisResult = z.infer<typeof analysisResultSchema>
export type AnalysisSettings = AnalysisResult['settings']
export type Verdict = AnalysisResult['verdict']
export type BackendName = AnalysisResult['backend']
export type QualityNotice = AnalysisResult['quality'][number]
