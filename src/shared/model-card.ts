import { z } from 'zod'

/** Model card: every number about a model stands here and nowhere in the code (DESIGN.md §6). */

const conditioningSchema = z.strictObject({
  slowRmsSeconds: z.number().min(1), // centred window of the running mean and RMS
})

const spectrogramSchema = z.strictObject({
  /** Taken off before the frames are cut: shaft orders leak over every bin of a short frame. Odd count of taps. */
  highPass: z.strictObject({ cutoffHz: z.number().positive(), tapCount: z.int().positive() }).nullable(),
  frameLength: z.int().positive(),
  hopLength: z.int().positive(),
  fftLength: z.int().positive(),
  taper: z.literal('hann'),
  firstBin: z.int().nonnegative(),
  binCount: z.int().positive(),
  floor: z.number().positive(), // added to the power before the logarithm
})

const intervalSchema = z.strictObject({ value: z.number(), low: z.number(), high: z.number() })

const witnessSchema = z.strictObject({
  auroc: intervalSchema.nullable(),
  balancedAccuracy: z.number().nullable(),
  falseAlarms: z.number().nullable(), // share of healthy recordings called fault
})

const foldSchema = z.strictObject({
  name: z.string(),
  machine: z.string(),
  bearings: z.array(z.string()),
  healthyCount: z.int(),
  faultCount: z.int(),
  network: witnessSchema.extend({ ece: z.number().nullable(), uncertain: z.number().nullable() }),
  kurtosis: witnessSchema,
  envelope: witnessSchema,
  commissioned: witnessSchema.nullable(),
  byFault: z.record(z.string(), z.number()), // AUROC of one bearing fault against all healthy ones
  notes: z.array(z.string()),
})

const rangeSchema = z.strictObject({ low: z.number(), high: z.number() })

export const cardSchema = z.strictObject({
  schema: z.literal('vibralens.model-card/1'),
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string(),
  kind: z.enum(['1d', '2d']),
  summary: z.strictObject({ en: z.string(), 'zh-CN': z.string() }),
  sampleRateHz: z.number().positive(),
  conditioning: conditioningSchema,
  spectrogram: spectrogramSchema.nullable(), // null for 1d
  receptiveFieldSamples: z.int().positive(),
  totalStrideSamples: z.int().positive(),
  defaultSegmentSeconds: z.number().positive(),
  chunkSteps: z.int().positive(), // steps of the map computed at once
  classes: z.tuple([
    z.strictObject({ label: z.literal(-1), name: z.literal('healthy') }),
    z.strictObject({ label: z.literal(1), name: z.literal('fault') }),
  ]),
  camLayer: z.string(),
  colourScaleLogit: z.number().positive(), // the colours end at ± this evidence; fixed for all files and segments
  calibration: z.strictObject({
    temperature: z.number().positive(),
    /** Mean and standard deviation of the recording logits of healthy machines in training: where a baseline is moved to. */
    healthyLogit: z.number(),
    healthySpread: z.number().positive(),
  }),
  /** Probabilities: ≤ healthy is healthy, ≥ fault is fault, uncertain in between. */
  thresholds: z.strictObject({
    healthy: z.number(),
    fault: z.number(),
    /** An event this long is a fault whatever the rest of the recording is like. */
    sustainedEventSeconds: z.number().positive(),
  }),
  domain: z.strictObject({
    leastSourceRateHz: z.number().positive(),
    statistics: z.record(z.string(), rangeSchema), // signal statistics seen in training; outside = not applicable
  }),
  trainedOn: z.strictObject({
    machines: z.array(z.string()),
    bearings: z.array(z.string()),
    recordingCount: z.int(),
    synthetic: z.string(),
    manifestSha256: z.string(),
    seed: z.int(),
    backend: z.string(),
    command: z.string(),
    provenance: z.string(),
  }),
  evaluation: z.strictObject({ command: z.string(), folds: z.array(foldSchema), limits: z.array(z.string()) }),
  licence: z.string(),
  sha256: z.record(z.string(), z.string()), // file name → hash
})

export type ModelCard = z.infer<typeof cardSchema>
export type CardConditioning = ModelCard['conditioning']
export type CardSpectrogram = NonNullable<ModelCard['spectrogram']>
export type EvaluationFold = z.infer<typeof foldSchema>
