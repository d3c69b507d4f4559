import { z } from 'zod'
import { locales } from '../locales/translate'
import { annotationChangesSchema, annotationSchema, answeredEventSchema, entityId } from '../project/annotation'
import type { ChecklistItem } from '../project/checklist'
import { annotationFormats } from '../project/import-annotations'
import {
  projectResultSchema,
  projectSettingsSchema,
  propertiesSchema,
  reportWordsSchema,
} from '../project/project-document'
import type { ProjectFlags, ProjectState } from '../project/project-state'
import { file, readOptions } from './inputs'

const declare = <Output>() => z.custom<Output>()
/** As `project.create` and `project.open` answer it. */
const project = z.string().min(1).max(100)
const ids = z.array(entityId).min(1).max(100_000)

const newAnnotation = annotationSchema
  .omit({ id: true, author: true, createdAt: true, changedAt: true })
  .partial({ channel: true, faultType: true, severity: true, text: true, event: true })

/** What a user does; the engine adds ids, author, times and hashes. */
const editSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('annotation.add'), annotations: z.array(newAnnotation).min(1).max(10_000) }),
  z.strictObject({ type: z.literal('annotation.change'), id: entityId, changes: annotationChangesSchema }),
  z.strictObject({ type: z.literal('annotation.remove'), ids }),
  /** Confirm or refute an event: marks it as fault or healthy; answered again, the mark changes. */
  z.strictObject({
    type: z.literal('event.answer'),
    recordingId: entityId,
    channel: z.int().nonnegative(),
    event: answeredEventSchema,
  }),
  z.strictObject({
    type: z.literal('recording.add'),
    items: z
      .array(z.strictObject({ file, read: readOptions.optional(), properties: propertiesSchema.partial().optional() }))
      .min(1)
      .max(10_000),
  }),
  z.strictObject({ type: z.literal('recording.remove'), ids }),
  z.strictObject({ type: z.literal('properties.change'), recordingId: entityId, changes: propertiesSchema.partial() }),
  z.strictObject({ type: z.literal('settings.change'), changes: projectSettingsSchema.partial() }),
  z.strictObject({ type: z.literal('report.change'), changes: reportWordsSchema.partial() }),
  /** Not undone. */
  z.strictObject({ type: z.literal('layout.set'), layout: z.json() }),
  /** Not undone. One a recording, channel and model; a new one replaces it. */
  z.strictObject({
    type: z.literal('results.set'),
    results: z
      .array(projectResultSchema.omit({ programVersion: true, analysedAt: true, recordingSha256: true }))
      .min(1),
  }),
])
export type RequestedEdit = z.infer<typeof editSchema>

export interface EditReply {
  readonly flags: ProjectFlags
  /** Of annotations or recordings that the edit made, in its order; those there already keep theirs. */
  readonly ids: readonly string[]
}

export interface RecentProjects {
  readonly recent: readonly {
    readonly name: string
    readonly path: string
    readonly openedAt: string
    readonly handle: string
    readonly isMissing: boolean
  }[]
  /** Never saved under a name, left by a crash or kept at the end: open by `unsaved`. */
  readonly unsaved: readonly {
    readonly unsaved: string
    readonly changedAt: string
    readonly recordingCount: number
    readonly annotationCount: number
    /** Open in a program that runs. */
    readonly isOpen: boolean
  }[]
}

export const projectRequests = {
  /** Without a file; its journal is in the user's data folder from the first edit on. */
  'project.create': { input: z.strictObject({}), output: declare<ProjectState>() },
  /**
   * One that another window has open is read-only, and says so, unless it is taken over. To 'read' leaves no trace: no
   * lock, nothing among the recent ones.
   */
  'project.open': {
    input: z.union([
      z.strictObject({ file, how: z.enum(['edit', 'take-over', 'read']).optional() }), // absent = edit
      z.strictObject({ unsaved: z.string().regex(/^[\w-]{1,64}$/) }),
    ]),
    output: declare<ProjectState>(),
  },
  'project.takeOver': { input: z.strictObject({ project }), output: declare<ProjectState>() },
  'project.state': { input: z.strictObject({ project }), output: declare<ProjectState>() },
  /** Refused where the file was changed by another program since, unless `overwrite`. */
  'project.save': {
    input: z.strictObject({ project, overwrite: z.boolean().optional() }),
    output: declare<ProjectFlags>(),
  },
  'project.saveAs': { input: z.strictObject({ project, file }), output: declare<ProjectState>() },
  /** 'keep' saves what has a name and leaves the rest to be opened as unsaved; 'discard' goes back to the last save. */
  'project.close': {
    input: z.strictObject({ project, changes: z.enum(['keep', 'discard']) }),
    output: declare<Record<string, never>>(),
  },
  'project.edit': {
    /** Edits with one `mergeKey` in a row (a drag, typing) are undone together. */
    input: z.strictObject({ project, edit: editSchema, mergeKey: z.string().min(1).max(200).optional() }),
    output: declare<EditReply>(),
  },
  'project.undo': { input: z.strictObject({ project }), output: declare<ProjectFlags>() },
  'project.redo': { input: z.strictObject({ project }), output: declare<ProjectFlags>() },
  'project.recent': { input: z.strictObject({}), output: declare<RecentProjects>() },
  /**
   * A recording that is missing: the file; or, without `recordingId`, a folder (or any file in it) to look in for all that
   * are missing.
   */
  'project.relocate': {
    input: z.strictObject({
      project,
      recordingId: entityId.optional(),
      file,
      /** Take a file of another content; annotations stay and the recording is flagged as changed. */
      acceptChanged: z.boolean().optional(),
    }),
    output: declare<ProjectState>(),
  },
  /** `file`: written there as well. */
  'annotation.export': {
    input: z.strictObject({
      project,
      format: z.enum(annotationFormats),
      recordingId: entityId.optional(),
      file: file.optional(),
    }),
    output: declare<{ readonly text: string; readonly count: number }>(),
  },
  /** All or nothing, as one edit. */
  'annotation.import': {
    input: z.strictObject({
      project,
      file,
      /** Absent = by content. */
      format: z.enum(annotationFormats).optional(),
      recordingId: entityId.optional(),
    }),
    output: declare<{ readonly addedCount: number; readonly skippedCount: number; readonly flags: ProjectFlags }>(),
  },
  /** What should be looked at before a report is sent. */
  'project.checklist': {
    input: z.strictObject({ project, recordingIds: z.array(entityId).optional(), locale: z.enum(locales) }),
    output: declare<readonly ChecklistItem[]>(),
  },
} as const
