import type { ProjectEditType } from './edits'
import type { HistoryStep } from './history'
import type { ProjectDocument } from './project-document'

/** What a window is told of an open project. */

/** 'moved': found elsewhere by its hash. 'changed': a file is there, with another content. */
export const recordingStates = ['found', 'moved', 'changed', 'missing'] as const
export type RecordingState = (typeof recordingStates)[number]

export interface ProjectNotice {
  readonly code:
    | 'journal-recovered'
    | 'journal-damaged'
    | 'journal-elsewhere'
    | 'journal-failing'
    | 'autosave-failed'
    | 'recording-moved'
    | 'recording-changed'
    | 'recording-missing'
    | 'lock-stale'
    | 'lock-lost'
  readonly message: string
}

/** Small: goes with every change. */
export interface ProjectFlags {
  /** Of the last edit; changes that a window has not seen follow by number. */
  readonly lastEdit: number
  readonly revision: number
  readonly hasUnsavedChanges: boolean
  /** False while edits are in memory only (a full disk): a notice says so. */
  readonly isJournalSafe: boolean
  /** Undefined = may be edited; else why not. */
  readonly readOnlyReason?: string
  /** What the next undo takes back; undefined = nothing. */
  readonly undoes?: ProjectEditType
  readonly redoes?: ProjectEditType
  readonly notices: readonly ProjectNotice[]
}

export interface ProjectState {
  /** For further requests; lasts as long as the project is open. */
  readonly project: string
  /** Undefined = never saved under a name. */
  readonly file?: { readonly name: string; readonly handle: string }
  readonly flags: ProjectFlags
  /** With paths of recordings as they are stored: for display. */
  readonly document: ProjectDocument
  readonly recordings: readonly {
    readonly recordingId: string
    readonly state: RecordingState
    /** To be given as `file` to recording.open, analysis.start …; undefined = missing. */
    readonly handle?: string
  }[]
}

/** Sent at every change; `step` repeats it on a document that stands at `flags.lastEdit` − 1. Without: ask project.state. */
export interface ProjectChange {
  readonly project: string
  readonly flags: ProjectFlags
  readonly step?: HistoryStep
}
