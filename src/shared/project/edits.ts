import { z } from 'zod'
import { annotationChangesSchema, annotationSchema, entityId } from './annotation'
import {
  projectRecordingSchema,
  projectResultSchema,
  projectSettingsSchema,
  propertiesSchema,
  recordedFileSchema,
  reportWordsSchema,
} from './project-document'

/**
 * Every change of a project, as data: applied, written to the journal, sent to windows, reversed. An edit carries all it
 * needs (ids, times), so that it does the same wherever it is applied.
 */
const timestamp = z.iso.datetime()
const ids = z.array(entityId).min(1).max(1_000_000)

export const projectEditSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('annotations.add'), annotations: z.array(annotationSchema).min(1) }),
  z.strictObject({
    type: z.literal('annotation.change'),
    id: entityId,
    changes: annotationChangesSchema.extend({ event: annotationSchema.shape.event.optional() }),
    changedAt: timestamp,
  }),
  z.strictObject({ type: z.literal('annotations.remove'), ids }),
  z.strictObject({
    type: z.literal('recordings.add'),
    entries: z
      .array(z.strictObject({ recording: projectRecordingSchema, at: z.int().nonnegative().optional() }))
      .min(1),
    /** What was removed with them, on the way back. */
    annotations: z.array(annotationSchema),
    results: z.array(projectResultSchema),
  }),
  z.strictObject({ type: z.literal('recordings.remove'), ids }),
  z.strictObject({
    type: z.literal('properties.change'),
    recordingId: entityId,
    changes: propertiesSchema.partial(),
  }),
  z.strictObject({ type: z.literal('settings.change'), changes: projectSettingsSchema.partial() }),
  z.strictObject({ type: z.literal('report.change'), changes: reportWordsSchema.partial() }),
  z.strictObject({ type: z.literal('layout.set'), layout: z.json() }),
  z.strictObject({ type: z.literal('results.set'), results: z.array(projectResultSchema).min(1) }),
  z.strictObject({ type: z.literal('recording.relocate'), recordingId: entityId, file: recordedFileSchema }),
])

export type ProjectEdit = z.infer<typeof projectEditSchema>
export type ProjectEditType = ProjectEdit['type']

/** What a user did is undone; where windows stand, what was computed and where files lie is not. */
export function isUndoable(edit: ProjectEdit): boolean {
  return edit.type !== 'layout.set' && edit.type !== 'results.set' && edit.type !== 'recording.relocate'
}
