import { AnalyzerError } from '../errors'
import type { Annotation } from './annotation'
import { compareAnnotations, regionRange } from './annotation'
import type { ProjectEdit } from './edits'
import type { ProjectDocument, ProjectRecording, ProjectResult } from './project-document'
import { sampleCountOfChannel } from './project-document'

export interface AppliedEdit {
  readonly document: ProjectDocument
  /** Applied to `document` it gives back the one before. */
  readonly inverse: ProjectEdit
}

type EditOf<Type extends ProjectEdit['type']> = Extract<ProjectEdit, { readonly type: Type }>

/** Pure: the document given is not touched. @throws AnalyzerError bad-request for an edit that does not fit it */
export function applyEdit(document: ProjectDocument, edit: ProjectEdit): AppliedEdit {
  switch (edit.type) {
    case 'annotations.add':
      return addAnnotations(document, edit)
    case 'annotation.change':
      return changeAnnotation(document, edit)
    case 'annotations.remove':
      return removeAnnotations(document, edit)
    case 'recordings.add':
      return addRecordings(document, edit)
    case 'recordings.remove':
      return removeRecordings(document, edit)
    case 'properties.change':
      return changeProperties(document, edit)
    case 'settings.change':
      return {
        document: { ...document, settings: { ...document.settings, ...edit.changes } },
        inverse: { type: edit.type, changes: valuesBefore(document.settings, edit.changes) },
      }
    case 'report.change':
      return {
        document: { ...document, report: { ...document.report, ...edit.changes } },
        inverse: { type: edit.type, changes: valuesBefore(document.report, edit.changes) },
      }
    case 'layout.set':
      return {
        document: { ...document, layout: edit.layout },
        inverse: { type: edit.type, layout: document.layout },
      }
    case 'results.set':
      return setResults(document, edit)
    case 'recording.relocate':
      return relocateRecording(document, edit)
  }
}

/** The values that `changes` is about to replace. */
function valuesBefore<T extends object>(before: T, changes: Partial<T>): Partial<T> {
  const names = Object.keys(changes) as (keyof T)[] // checked by the schema of the edit
  return Object.fromEntries(names.map((name) => [name, before[name]])) as Partial<T>
}

function addAnnotations(document: ProjectDocument, { annotations }: EditOf<'annotations.add'>): AppliedEdit {
  const known = new Set(document.annotations.map(({ id }) => id))
  for (const annotation of annotations) {
    if (known.has(annotation.id)) throw refused(`There is already an annotation "${annotation.id}".`)
    known.add(annotation.id)
    checkFits(annotation, findRecording(document, annotation.recordingId))
  }
  return {
    document: { ...document, annotations: [...document.annotations, ...annotations].sort(compareAnnotations) },
    inverse: { type: 'annotations.remove', ids: annotations.map(({ id }) => id) },
  }
}

function changeAnnotation(document: ProjectDocument, edit: EditOf<'annotation.change'>): AppliedEdit {
  const { id, changes, changedAt } = edit
  const before = document.annotations.find((each) => each.id === id)
  if (before === undefined) throw refused(`There is no annotation "${id}".`)
  const after: Annotation = { ...before, ...changes, changedAt }
  checkFits(after, findRecording(document, after.recordingId))
  const annotations = document.annotations.map((each) => (each === before ? after : each)).sort(compareAnnotations)
  return {
    document: { ...document, annotations },
    inverse: { type: edit.type, id, changes: valuesBefore(before, changes), changedAt: before.changedAt },
  }
}

function removeAnnotations(document: ProjectDocument, { ids }: EditOf<'annotations.remove'>): AppliedEdit {
  const asked = new Set(ids)
  const removed = document.annotations.filter(({ id }) => asked.has(id))
  if (removed.length < asked.size) {
    const there = new Set(removed.map(({ id }) => id))
    throw refused(`There is no annotation "${ids.find((id) => !there.has(id))}".`)
  }
  return {
    document: { ...document, annotations: document.annotations.filter(({ id }) => !asked.has(id)) },
    inverse: { type: 'annotations.add', annotations: removed },
  }
}

function addRecordings(document: ProjectDocument, edit: EditOf<'recordings.add'>): AppliedEdit {
  const recordings = [...document.recordings]
  for (const { recording, at } of edit.entries) {
    if (recordings.some(({ id }) => id === recording.id)) {
      throw refused(`There is already a recording "${recording.id}".`)
    }
    recordings.splice(at ?? recordings.length, 0, recording)
  }
  return {
    document: {
      ...document,
      recordings,
      annotations: [...document.annotations, ...edit.annotations].sort(compareAnnotations),
      results: [...document.results, ...edit.results].sort(compareResults),
    },
    inverse: { type: 'recordings.remove', ids: edit.entries.map(({ recording }) => recording.id) },
  }
}

function removeRecordings(document: ProjectDocument, { ids }: EditOf<'recordings.remove'>): AppliedEdit {
  const asked = new Set(ids)
  for (const id of asked) findRecording(document, id)
  const isAsked = ({ recordingId }: { readonly recordingId: string }): boolean => asked.has(recordingId)
  // in rising order, so that each one is put back where it was
  const entries = document.recordings
    .map((recording, at) => ({ recording, at }))
    .filter(({ recording }) => asked.has(recording.id))
  return {
    document: {
      ...document,
      recordings: document.recordings.filter(({ id }) => !asked.has(id)),
      annotations: document.annotations.filter((each) => !isAsked(each)),
      results: document.results.filter((each) => !isAsked(each)),
    },
    inverse: {
      type: 'recordings.add',
      entries,
      annotations: document.annotations.filter(isAsked),
      results: document.results.filter(isAsked),
    },
  }
}

function changeProperties(document: ProjectDocument, edit: EditOf<'properties.change'>): AppliedEdit {
  const { recordingId, changes } = edit
  const recording = findRecording(document, recordingId)
  const properties = { ...recording.properties, ...changes }
  return {
    document: replaceRecording(document, { ...recording, properties }),
    inverse: { type: edit.type, recordingId, changes: valuesBefore(recording.properties, changes) },
  }
}

function relocateRecording(document: ProjectDocument, edit: EditOf<'recording.relocate'>): AppliedEdit {
  const recording = findRecording(document, edit.recordingId)
  return {
    document: replaceRecording(document, { ...recording, file: edit.file }),
    inverse: { ...edit, file: recording.file },
  }
}

function replaceRecording(document: ProjectDocument, recording: ProjectRecording): ProjectDocument {
  return { ...document, recordings: document.recordings.map((each) => (each.id === recording.id ? recording : each)) }
}

/** One result a recording, channel and model; a new one replaces it. Its inverse is exact only where there was one. */
function setResults(document: ProjectDocument, edit: EditOf<'results.set'>): AppliedEdit {
  for (const { recordingId } of edit.results) findRecording(document, recordingId)
  const asked = new Set(edit.results.map(resultKey))
  const replaced = document.results.filter((each) => asked.has(resultKey(each)))
  const results = [...document.results.filter((each) => !asked.has(resultKey(each))), ...edit.results]
  return {
    document: { ...document, results: results.sort(compareResults) },
    inverse: { type: edit.type, results: replaced },
  }
}

function resultKey({ recordingId, channel, model }: ProjectResult): string {
  return `${recordingId} ${String(channel).padStart(5, '0')} ${model.id}`
}

function compareResults(one: ProjectResult, other: ProjectResult): number {
  const [a, b] = [resultKey(one), resultKey(other)]
  return a < b ? -1 : a > b ? 1 : 0
}

function findRecording(document: ProjectDocument, id: string): ProjectRecording {
  const recording = document.recordings.find((each) => each.id === id)
  if (recording === undefined) throw refused(`There is no recording "${id}" in the project.`)
  return recording
}

function checkFits(annotation: Annotation, recording: ProjectRecording): void {
  const misfit = misfitOf(annotation, recording)
  if (misfit !== undefined) throw refused(misfit)
}

/** Why an annotation cannot be of this recording, in a sentence; undefined = it can. */
export function misfitOf({ channel, region }: Annotation, recording: ProjectRecording): string | undefined {
  if (channel !== null && channel >= recording.channels.length) {
    return `"${recording.name}" has ${recording.channels.length} channels; there is no channel ${channel + 1}.`
  }
  const { end } = regionRange(region)
  const count = sampleCountOfChannel(recording, channel)
  return end <= count
    ? undefined
    : `The annotation ends at sample ${end}, but "${recording.name}" has only ${count} samples.`
}

function refused(sentence: string): AnalyzerError {
  return new AnalyzerError('bad-request', sentence)
}
