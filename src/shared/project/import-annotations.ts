import { AnalyzerError } from '../errors'
import type { Annotation } from './annotation'
import { annotationSchema } from './annotation'
import { misfitOf } from './apply-edit'
import { parseAudacity } from './annotation-audacity'
import { parseAnnotationCsv } from './annotation-csv'
import { parseAnnotationJson } from './annotation-json'
import type { ImportedAnnotation } from './annotation-table'
import { lineError, scaleRegion } from './annotation-table'
import type { ProjectDocument, ProjectRecording } from './project-document'

export const annotationFormats = ['csv', 'json', 'audacity'] as const
export type AnnotationFormat = (typeof annotationFormats)[number]

export interface ImportRequest {
  readonly document: ProjectDocument
  /** Everything goes to this one; absent = to the one that the file names, or the only one there is. */
  readonly recordingId?: string
  /** Of the file, for sentences. */
  readonly name: string
  readonly author: string
  readonly now: string
  readonly newId: () => string
}

export interface ImportPlan {
  /** To be added in one edit. */
  readonly annotations: readonly Annotation[]
  /** There already, the same in everything. */
  readonly skippedCount: number
}

/** By content: JSON begins with a brace, a label begins with a number or is none at all. */
export function detectFormat(text: string): AnnotationFormat {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (start.startsWith('{')) return 'json'
  return /^-?\d+([.,]\d+)?\t/.test(start) ? 'audacity' : 'csv'
}

/** All or nothing. @throws AnalyzerError unreadable-file: one sentence with the line */
export function planImport(text: string, format: AnnotationFormat, request: ImportRequest): ImportPlan {
  const parse = { csv: parseAnnotationCsv, json: parseAnnotationJson, audacity: parseAudacity }[format]
  const known = new Map(request.document.annotations.map((each) => [each.id, each]))
  const annotations: Annotation[] = []
  let skippedCount = 0
  for (const imported of parse(text, request.name)) {
    const annotation = completed(imported, request)
    const namesake = known.get(annotation.id)
    if (namesake !== undefined && isSame(namesake, annotation)) skippedCount += 1
    else {
      const added = namesake === undefined ? annotation : { ...annotation, id: request.newId() }
      known.set(added.id, added)
      annotations.push(added)
    }
  }
  return { annotations, skippedCount }
}

function completed(imported: ImportedAnnotation, request: ImportRequest): Annotation {
  const { name, now } = request
  const { line, kind, faultType, severity, text, channel, event } = imported
  const recording = targetOf(imported, request)
  const createdAt = imported.createdAt ?? now
  const parsed = annotationSchema.safeParse({
    id: imported.id ?? request.newId(),
    recordingId: recording.id,
    channel,
    region: scaleRegion(imported, recording, name),
    kind,
    faultType,
    severity,
    text,
    author: imported.author ?? request.author,
    createdAt,
    changedAt: imported.changedAt ?? createdAt,
    event,
  })
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw lineError(name, line, `"${issue.path.join('.')}" is not as expected (${issue.message}).`)
  }
  const misfit = misfitOf(parsed.data, recording)
  if (misfit !== undefined) throw lineError(name, line, misfit)
  return parsed.data
}

function targetOf(imported: ImportedAnnotation, { document, recordingId, name }: ImportRequest): ProjectRecording {
  const { recordings } = document
  const { line, recordingName, recordingSha256 } = imported
  if (recordingId !== undefined) {
    const given = recordings.find(({ id }) => id === recordingId)
    if (given !== undefined) return given
    throw new AnalyzerError('bad-request', `There is no recording "${recordingId}" in the project.`)
  }
  const bySha = recordings.find(({ file }) => file.sha256 === recordingSha256)
  if (bySha !== undefined) return bySha
  if (recordingName === undefined && recordingSha256 === undefined) {
    if (recordings.length === 1) return recordings[0]
    throw lineError(name, line, `The file does not say which of the ${recordings.length} recordings it belongs to.`)
  }
  const namesakes = recordings.filter((each) => each.name === recordingName)
  if (namesakes.length === 1) return namesakes[0]
  const found = namesakes.length === 0 ? 'none' : `${namesakes.length}`
  throw lineError(
    name,
    line,
    `The recording "${recordingName ?? recordingSha256}" is expected once in the project; there is ${found}.`,
  )
}

/** Both went through one schema, so their fields stand in one order. */
function isSame(one: Annotation, other: Annotation): boolean {
  return JSON.stringify(annotationSchema.parse(one)) === JSON.stringify(other)
}
