import { applyEdit } from './apply-edit'
import type { ProjectEdit } from './edits'
import { isUndoable } from './edits'
import type { ProjectDocument } from './project-document'

/** What was done, as what would take it back; pure, so that a window can run ahead of the engine. */
export interface ProjectHistory {
  readonly document: ProjectDocument
  /** Inverses, the newest last. */
  readonly undo: readonly HistoryEntry[]
  readonly redo: readonly HistoryEntry[]
}

export interface HistoryEntry {
  readonly edit: ProjectEdit
  /** Edits with one key in a row (a drag, typing) are undone together. */
  readonly mergeKey?: string
}

/** How an edit came about: the journal and the windows repeat it by `repeatStep`. */
export interface HistoryStep {
  readonly as: 'edit' | 'undo' | 'redo'
  readonly edit: ProjectEdit
  readonly mergeKey?: string
}

const mostEntries = 1000

export function startHistory(document: ProjectDocument): ProjectHistory {
  return { document, undo: [], redo: [] }
}

/** @throws AnalyzerError bad-request for an edit that does not fit the document */
export function repeatStep(history: ProjectHistory, { as, edit, mergeKey }: HistoryStep): ProjectHistory {
  const { document, inverse } = applyEdit(history.document, edit)
  if (as === 'undo') {
    return { document, undo: history.undo.slice(0, -1), redo: [...history.redo, { edit: inverse, mergeKey }] }
  }
  if (as === 'redo') {
    return { document, undo: [...history.undo, { edit: inverse, mergeKey }], redo: history.redo.slice(0, -1) }
  }
  if (!isUndoable(edit)) return { ...history, document }
  const last = history.undo.at(-1)
  // the older inverse leads back behind the whole row
  const isMerged = mergeKey !== undefined && last?.mergeKey === mergeKey && history.redo.length === 0
  const undo = isMerged && isSameTarget(last.edit, edit) ? history.undo : [...history.undo, { edit: inverse, mergeKey }]
  return { document, undo: undo.slice(-mostEntries), redo: [] }
}

/** Undefined where there is nothing to undo. */
export function planUndo({ undo }: ProjectHistory): HistoryStep | undefined {
  const entry = undo.at(-1)
  return entry === undefined ? undefined : { as: 'undo', ...entry }
}

export function planRedo({ redo }: ProjectHistory): HistoryStep | undefined {
  const entry = redo.at(-1)
  return entry === undefined ? undefined : { as: 'redo', ...entry }
}

/** Changes of the same fields of the same thing: only then does the older inverse take both back. */
function isSameTarget(inverse: ProjectEdit, edit: ProjectEdit): boolean {
  if (!('changes' in inverse) || !('changes' in edit) || inverse.type !== edit.type) return false
  const target = (each: ProjectEdit): string =>
    each.type === 'annotation.change' ? each.id : each.type === 'properties.change' ? each.recordingId : ''
  const names = new Set(Object.keys(inverse.changes))
  return target(inverse) === target(edit) && Object.keys(edit.changes).every((name) => names.has(name))
}
