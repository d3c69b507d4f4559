import { z } from 'zod'
import type { SampleRange } from '../sample-range'

/** What an analyst marks on a recording. Sample indices of the recording are the truth; seconds appear at the axis. */

export const annotationKinds = ['fault', 'healthy', 'doubtful', 'disturbance', 'note'] as const
export const annotationSeverities = ['slight', 'moderate', 'severe', 'critical'] as const
/** Those that have words in every language; others are kept as the analyst wrote them. */
export const knownFaultTypes = [
  'outer-race',
  'inner-race',
  'rolling-element',
  'cage',
  'lubrication',
  'imbalance',
  'misalignment',
  'looseness',
  'gear',
  'electrical',
] as const

export const entityId = z.string().regex(/^[\w-]{1,64}$/, 'letters, digits, - and _, at most 64')
const sample = z.int().nonnegative().max(Number.MAX_SAFE_INTEGER)
const frequencyHz = z.number().nonnegative().max(1e9)
const timestamp = z.iso.datetime()

export const regionSchema = z.discriminatedUnion('shape', [
  z
    .strictObject({ shape: z.literal('range'), startSample: sample, endSample: sample })
    .refine(({ startSample, endSample }) => endSample > startSample, 'the end must lie after the start'),
  z.strictObject({ shape: z.literal('point'), sample }),
  z
    .strictObject({
      shape: z.literal('box'),
      startSample: sample,
      endSample: sample,
      lowHz: frequencyHz,
      highHz: frequencyHz,
    })
    .refine(({ startSample, endSample }) => endSample > startSample, 'the end must lie after the start')
    .refine(({ lowHz, highHz }) => highHz > lowHz, 'highHz must lie above lowHz'),
])

/** The event of an analysis that an analyst confirmed or refuted, as it was then. */
export const answeredEventSchema = z.strictObject({
  answer: z.enum(['confirm', 'refute']),
  modelId: z.string().min(1).max(200),
  startSample: sample,
  endSample: sample,
  peakProbability: z.number(),
  evidence: z.number().describe('mean evidence, logit'),
})

/** Fields that a user edits. */
const editableFields = {
  channel: z.int().nonnegative().nullable().describe('index from 0; null = every channel'),
  region: regionSchema.describe('half-open ranges of sample indices'),
  kind: z.enum(annotationKinds),
  faultType: z.string().min(1).max(100).nullable(),
  severity: z.enum(annotationSeverities).nullable(),
  text: z.string().max(10_000),
}

export const annotationSchema = z.strictObject({
  id: entityId,
  recordingId: entityId,
  ...editableFields,
  author: z.string().max(200),
  createdAt: timestamp,
  changedAt: timestamp,
  event: answeredEventSchema.nullable().describe('null = marked by hand'),
})

export const annotationChangesSchema = z.strictObject({ ...editableFields, event: answeredEventSchema }).partial()

export type Annotation = z.infer<typeof annotationSchema>
export type AnnotationKind = Annotation['kind']
export type AnnotationChanges = z.infer<typeof annotationChangesSchema>
export type Region = z.infer<typeof regionSchema>
export type AnsweredEvent = z.infer<typeof answeredEventSchema>

/** A point is one sample long. */
export function regionRange(region: Region): SampleRange {
  if (region.shape === 'point') return { start: region.sample, end: region.sample + 1 }
  return { start: region.startSample, end: region.endSample }
}

/** Moved as a whole, kept inside [0, sampleCount): what is dragged against an end stays as long as it was. */
export function moveRegion(region: Region, bySamples: number, sampleCount: number): Region {
  const { start, end } = regionRange(region)
  const shift = Math.round(Math.min(Math.max(bySamples, -start), sampleCount - end))
  if (region.shape === 'point') return { ...region, sample: region.sample + shift }
  return { ...region, startSample: start + shift, endSample: end + shift }
}

/** One end put to `sample`, at least one sample from the other end; a point has no ends and moves. */
export function resizeRegion(region: Region, edge: 'start' | 'end', sample: number, sampleCount: number): Region {
  const { start, end } = regionRange(region)
  const at = Math.round(Math.min(Math.max(sample, 0), sampleCount))
  if (region.shape === 'point') return { ...region, sample: Math.min(at, sampleCount - 1) }
  if (edge === 'start') return { ...region, startSample: Math.min(at, end - 1) }
  return { ...region, endSample: Math.max(at, start + 1) }
}

/** By recording, then time, then id: one order whatever the order of edits. */
export function compareAnnotations(one: Annotation, other: Annotation): number {
  if (one.recordingId !== other.recordingId) return one.recordingId < other.recordingId ? -1 : 1
  const [a, b] = [regionRange(one.region), regionRange(other.region)]
  if (a.start !== b.start) return a.start - b.start
  if (a.end !== b.end) return a.end - b.end
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}
