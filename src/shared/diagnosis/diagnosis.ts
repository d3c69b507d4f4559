import { z } from 'zod'

/**
 * What two witnesses say of a bearing: the training-free one in the envelope spectrum, and the beat of the network's
 * evidence. Plain data, part of the JSON of an analysis and of `diagnosis.get`. null = not measured or not known.
 */

export const bearingParts = ['outer-race', 'inner-race', 'rolling-element', 'cage'] as const
export const witnessVerdicts = [
  'fault-outer-race',
  'fault-inner-race',
  'fault-rolling-element',
  'fault-cage',
  'no-sign',
  'cannot-tell',
] as const
export const beatVerdicts = [
  'matches',
  'matches-shaft',
  'matches-none',
  'no-bearing',
  'no-beat',
  'cannot-tell',
] as const
export const agreements = ['agree', 'disagree', 'unknown'] as const

const hertz = z.number().nonnegative()
const measured = z.number().nullable()
const band = z.tuple([hertz, hertz])

export const bearingSummarySchema = z.strictObject({
  id: z.string(),
  designation: z.string(),
  maker: z.string(),
  source: z.string(),
  bpfoOrders: z.number(),
  bpfiOrders: z.number(),
  bsfOrders: measured.describe('a spall on a rolling element shows at twice this; null where it cannot be estimated'),
  ftfOrders: z.number(),
  isEstimate: z.boolean().describe('from the number of rolling elements alone'),
})

export const faultLineSchema = z.strictObject({
  label: z.string().describe('such as "2×BPFI − 1×shaft"'),
  harmonic: z.int().positive(),
  sideband: z.int().describe('0 = the harmonic itself'),
  expectedHz: hertz,
  lowHz: hertz,
  highHz: hertz,
  foundHz: hertz.nullable(),
  heightDb: measured.describe('over the local median level of noise'),
  state: z
    .enum(['found', 'absent', 'hidden', 'beyond'])
    .describe('hidden: a harmonic of the shaft is there too; beyond: the spectrum does not reach it'),
})

export const hypothesisSchema = z.strictObject({
  part: z.enum(bearingParts),
  orders: z.number().positive(),
  expectedHz: hertz,
  isJudged: z.boolean().describe('false: too many of its lines are hidden by the shaft or beyond the spectrum'),
  isIndicated: z.boolean(),
  bandHz: band.nullable().describe('the band in which it shows best'),
  foundHz: hertz.nullable(),
  offPercent: measured.describe('found against expected'),
  strengthDb: measured.describe('mean height of its lines over noise, each counted up to 26 dB'),
  depth: measured.describe(
    'modulation depth of its lines together: 1 = the envelope swings between 0 and twice its mean',
  ),
  quality: measured.describe('strength in nepers times depth: the hypotheses are ranked by it'),
  lines: z.array(faultLineSchema),
  evidenceFor: z.array(z.string()),
  evidenceAgainst: z.array(z.string()),
})

export const impactBeatSchema = z.strictObject({
  frequencyHz: hertz,
  orders: measured.describe('null = speed unknown; then it may be the shaft itself'),
  strengthDb: z.number(),
  depth: z.number(),
  bandHz: band,
})

export const witnessSchema = z.strictObject({
  verdict: z.enum(witnessVerdicts),
  sentence: z.string(),
  reasons: z.array(z.string()),
  hypotheses: z.array(hypothesisSchema).describe('the likeliest first; empty without speed or bearing'),
  impactBeat: impactBeatSchema
    .nullable()
    .describe('some regular beat of impacts that the shaft does not explain, whatever the bearing; null = none'),
  shaftHz: measured.describe('as refined within 1.5 % of what was said, by the harmonics of the shaft'),
  bandsHz: z.array(band),
  binHz: measured,
  stretchCount: z.int().nonnegative(),
  stretchSeconds: measured,
})

export const evidenceBeatSchema = z.strictObject({
  verdict: z.enum(beatVerdicts),
  sentence: z.string(),
  frequencyHz: hertz.nullable(),
  orders: measured,
  strengthLogit: measured.describe('RMS of the beat in the evidence'),
  decisiveLogit: z.number().describe('a beat below this moves no verdict: from the healthy to the fault threshold'),
  autocorrelation: measured.describe('of the evidence at the period of the beat'),
  pValue: measured.describe('against the evidence in blocks in random order'),
  part: z.enum(bearingParts).nullable(),
  offPercent: measured,
})

export const diagnosisSchema = z.strictObject({
  bearing: bearingSummarySchema.nullable(),
  shaftSpeedRpm: z.number().positive().nullable(),
  slipPercent: z.number().positive(),
  witness: witnessSchema,
  evidenceBeat: evidenceBeatSchema.nullable().describe('null for a model whose evidence is too coarse to beat'),
  agreement: z.enum(agreements),
  sentence: z.string().describe('both witnesses beside the verdict of the network; they are never averaged'),
})

export type BearingPart = (typeof bearingParts)[number]
export type WitnessVerdict = (typeof witnessVerdicts)[number]
export type BeatVerdict = (typeof beatVerdicts)[number]
export type Agreement = (typeof agreements)[number]
export type BearingSummary = z.infer<typeof bearingSummarySchema>
export type FaultLine = z.infer<typeof faultLineSchema>
export type Hypothesis = z.infer<typeof hypothesisSchema>
export type ImpactBeat = z.infer<typeof impactBeatSchema>
export type Witness = z.infer<typeof witnessSchema>
export type EvidenceBeat = z.infer<typeof evidenceBeatSchema>
export type Diagnosis = z.infer<typeof diagnosisSchema>
