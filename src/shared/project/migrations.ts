import { z } from 'zod'
import { AnalyzerError } from '../errors'
import type { ProjectDocument, ProjectProperties } from './project-document'
import { emptyProject, projectDocumentSchema, projectSchemaName } from './project-document'

/**
 * Older schemas, one step each; a document goes through all steps from its own number on. A step is never changed once
 * it is released: files that it must read are out there.
 */
type Raw = Readonly<Record<string, unknown>>
type Migration = (raw: Raw) => Raw

const migrations: readonly Migration[] = [fromDraft]
const currentNumber = migrations.length

/** @throws AnalyzerError unreadable-file: no project, damaged, or of a newer program */
export function readProject(raw: unknown, name: string): ProjectDocument {
  const number = schemaNumberOf(raw)
  if (number === undefined || !isObject(raw)) {
    throw new AnalyzerError('unreadable-file', `"${name}" is no VibraLens project; "schema" is missing in it.`, {
      name,
    })
  }
  if (number > currentNumber) {
    throw new AnalyzerError(
      'unreadable-file',
      `"${name}" was saved by a newer VibraLens (project schema ${number}); this one knows them up to ${currentNumber}.`,
      { name, number },
    )
  }
  let migrated: Raw = raw
  for (const migrate of migrations.slice(number)) migrated = migrate(migrated)
  const parsed = projectDocumentSchema.safeParse(migrated)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AnalyzerError(
    'unreadable-file',
    `"${name}" is damaged: "${issue.path.join('.')}" is not as expected (${issue.message}).`,
    { name },
  )
}

function schemaNumberOf(raw: unknown): number | undefined {
  const schema = isObject(raw) ? raw['schema'] : undefined
  const found = typeof schema === 'string' ? /^vibralens\.project\/(\d{1,6})$/.exec(schema) : null
  return found === null ? undefined : Number(found[1])
}

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const draftSchema = z.object({
  id: z.string(),
  created: z.string(),
  recordings: z.array(
    z.object({
      id: z.string(),
      path: z.string(),
      sha256: z.string(),
      bytes: z.number(),
      channels: z.array(z.object({ name: z.string(), sampleCount: z.number() })),
      sampleRateHz: z.number().optional(),
      unit: z.string().optional(),
      shaftSpeedRpm: z.number().optional(),
    }),
  ),
  annotations: z.array(
    z.object({
      id: z.string(),
      recording: z.string(),
      start: z.number(),
      end: z.number(),
      kind: z.string(),
      text: z.string(),
      created: z.string(),
    }),
  ),
})

/**
 * 0 → 1. The draft of the schema: properties without origin (all were typed in by the user), annotations as sample
 * ranges over every channel, no author, no results.
 */
function fromDraft(raw: Raw): Raw {
  const parsed = draftSchema.safeParse(raw)
  if (!parsed.success) return { ...raw, schema: projectSchemaName } // the check that follows says what is wrong
  const draft = parsed.data
  return {
    ...emptyProject(draft.id, draft.created, ''),
    recordings: draft.recordings.map((each) => ({
      id: each.id,
      name: each.path.slice(each.path.lastIndexOf('/') + 1),
      file: { path: each.path, sha256: each.sha256, bytes: each.bytes, modifiedAt: draft.created },
      format: '',
      channels: each.channels.map((channel) => ({ ...channel, unit: null, sampleRateHz: null })),
      properties: draftProperties(each),
      read: {},
    })),
    annotations: draft.annotations.map(({ id, recording, start, end, kind, text, created }) => ({
      id,
      recordingId: recording,
      channel: null,
      region: { shape: 'range', startSample: start, endSample: end },
      kind,
      faultType: null,
      severity: null,
      text,
      author: '',
      createdAt: created,
      changedAt: created,
      event: null,
    })),
  }
}

function draftProperties(draft: {
  readonly sampleRateHz?: number
  readonly unit?: string
  readonly shaftSpeedRpm?: number
}): ProjectProperties {
  const unknown = { value: null, origin: 'unknown' } as const
  const byUser = <T>(value: T | undefined) => (value === undefined ? unknown : ({ value, origin: 'user' } as const))
  return {
    sampleRateHz: byUser(draft.sampleRateHz),
    unit: byUser(draft.unit),
    sensitivity: unknown,
    shaftSpeedRpm: byUser(draft.shaftSpeedRpm),
    machine: unknown,
    point: unknown,
    direction: unknown,
  }
}
