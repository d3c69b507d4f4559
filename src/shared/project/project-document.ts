import { z } from 'zod'
import { backendNames } from '../analysis'
import { readOptions } from '../contract/inputs'
import { annotationSchema, annotationSeverities, entityId } from './annotation'

/**
 * A case file, "vibralens.project/1": what the analyst knows and decided, without a single sample. Exported to
 * docs/project.schema.json by `npm run docs:schema`. Fields are added only with a new schema number and a migration.
 */
export const projectSchemaName = 'vibralens.project/1'

const words = z.string().max(200)
const timestamp = z.iso.datetime()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'lower-case hex of SHA-256')

function propertyOf<T extends z.ZodType>(value: T) {
  return z.strictObject({ value: value.nullable(), origin: z.enum(['file', 'user', 'unknown']) })
}

export const propertiesSchema = z.strictObject({
  sampleRateHz: propertyOf(z.number().positive().max(1e9)),
  unit: propertyOf(z.string().min(1).max(40)),
  sensitivity: propertyOf(z.number().positive()).describe('volts per unit'),
  shaftSpeedRpm: propertyOf(z.number().positive().max(1e7)),
  machine: propertyOf(words.min(1)),
  point: propertyOf(words.min(1)),
  direction: propertyOf(words.min(1)),
})

export const recordedFileSchema = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(4096)
    .describe("from the project's folder, with /; absolute only where there is no relative one (another drive)"),
  sha256,
  bytes: z.int().nonnegative(),
  modifiedAt: timestamp.describe('of the file when it was hashed: spares hashing it again'),
})

export const projectRecordingSchema = z.strictObject({
  id: entityId,
  name: z.string().min(1).max(1000),
  file: recordedFileSchema,
  format: z.string().max(40),
  channels: z
    .array(
      z.strictObject({
        name: z.string().max(1000),
        unit: z.string().max(40).nullable(),
        sampleRateHz: z.number().positive().nullable().describe('as the file says'),
        sampleCount: z.int().nonnegative(),
      }),
    )
    .max(10_000),
  properties: propertiesSchema.describe('each with where it came from'),
  read: readOptions.pick({ variables: true, text: true }).describe('how the file is to be read'),
})

const eventSchema = z.strictObject({
  startSample: z.int().nonnegative(),
  endSample: z.int().nonnegative(),
  peakProbability: z.number(),
  evidence: z.number(),
})

/** What an analysis said, and all that is needed to ask it again; segments and maps are computed, not kept. */
export const projectResultSchema = z.strictObject({
  recordingId: entityId,
  channel: z.int().nonnegative(),
  model: z.strictObject({ id: words.min(1), version: words, kind: z.enum(['1d', '2d']), sha256: words }),
  backend: z.enum(backendNames),
  programVersion: words,
  analysedAt: timestamp,
  recordingSha256: sha256,
  settings: z.record(z.string(), z.json()).describe('as in vibralens.analysis/1'),
  verdict: z.enum(['fault', 'healthy', 'uncertain', 'not-applicable']),
  probability: z.number().nullable(),
  logit: z.number().nullable(),
  reasons: z.array(z.string().max(2000)).max(100),
  events: z.array(eventSchema).max(100_000),
})

export const projectSettingsSchema = z.strictObject({
  models: z.array(words.min(1)).max(20).describe('the first one decides; empty = the default model'),
  segmentSeconds: z.number().positive().max(86_400).nullable().describe("null = the model's own"),
  faultThreshold: z.number().min(0).max(1).nullable().describe("null = the model's own"),
  backend: z.enum(backendNames).nullable(),
  bearing: words.nullable(),
})

/** The analyst's own words for page 1 of the report. */
export const reportWordsSchema = z.strictObject({
  title: words,
  conclusion: z.string().max(10_000),
  action: z.string().max(10_000),
  deadline: words,
  severity: z.enum(annotationSeverities).nullable(),
})

export const projectDocumentSchema = z.strictObject({
  schema: z.literal(projectSchemaName),
  projectId: entityId,
  createdAt: timestamp,
  savedAt: timestamp.nullable().describe('null = never saved'),
  programVersion: words.describe('that saved it'),
  revision: z.int().nonnegative().describe('one more at every save'),
  lastEdit: z.int().nonnegative().describe('number of the last edit in it; later ones are in the journal'),
  recordings: z.array(projectRecordingSchema).max(100_000),
  annotations: z.array(annotationSchema).max(1_000_000),
  results: z.array(projectResultSchema).max(1_000_000),
  settings: projectSettingsSchema,
  report: reportWordsSchema,
  layout: z.json().describe("the window's; null = none"),
})

export type ProjectDocument = z.infer<typeof projectDocumentSchema>
export type ProjectRecording = z.infer<typeof projectRecordingSchema>
export type RecordedFile = z.infer<typeof recordedFileSchema>
export type ProjectProperties = z.infer<typeof propertiesSchema>
export type ProjectResult = z.infer<typeof projectResultSchema>
export type ProjectSettings = z.infer<typeof projectSettingsSchema>
export type ReportWords = z.infer<typeof reportWordsSchema>

export function emptyProject(projectId: string, createdAt: string, programVersion: string): ProjectDocument {
  return {
    schema: projectSchemaName,
    projectId,
    createdAt,
    savedAt: null,
    programVersion,
    revision: 0,
    lastEdit: 0,
    recordings: [],
    annotations: [],
    results: [],
    settings: { models: [], segmentSeconds: null, faultThreshold: null, backend: null, bearing: null },
    report: { title: '', conclusion: '', action: '', deadline: '', severity: null },
    layout: null,
  }
}

/** The rate that turns the recording's samples into seconds; undefined = nobody said. */
export function sampleRateOfChannel(recording: ProjectRecording, channel: number | null): number | undefined {
  const given = recording.properties.sampleRateHz
  if (given.origin === 'user' && given.value !== null) return given.value
  const own = recording.channels[channel ?? 0]?.sampleRateHz
  return own ?? given.value ?? undefined
}

/** Samples of a channel, or of the longest one for `null`. */
export function sampleCountOfChannel(recording: ProjectRecording, channel: number | null): number {
  if (channel !== null) return recording.channels[channel]?.sampleCount ?? 0
  return recording.channels.reduce((most, each) => Math.max(most, each.sampleCount), 0)
}
