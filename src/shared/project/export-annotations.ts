import { AnalyzerError } from '../errors'
import type { Annotation } from './annotation'
import { composeAudacity } from './annotation-audacity'
import { composeAnnotationCsv } from './annotation-csv'
import { composeAnnotationJson } from './annotation-json'
import type { AnnotationFormat } from './import-annotations'
import type { ProjectDocument, ProjectRecording } from './project-document'

export interface AnnotationExport {
  readonly text: string
  readonly count: number
}

/** Of one recording, or of all. @throws AnalyzerError bad-request: labels of Audacity hold one recording with a rate */
export function exportAnnotations(
  document: ProjectDocument,
  format: AnnotationFormat,
  recordingId: string | undefined,
): AnnotationExport {
  const recordingOf = (id: string): ProjectRecording => {
    const recording = document.recordings.find((each) => each.id === id)
    if (recording !== undefined) return recording
    throw new AnalyzerError('bad-request', `There is no recording "${id}" in the project.`)
  }
  const only = recordingId === undefined ? undefined : recordingOf(recordingId)
  const annotations = document.annotations.filter((each) => only === undefined || each.recordingId === only.id)
  const compose = { csv: composeAnnotationCsv, json: composeAnnotationJson, audacity: composeLabels }[format]
  return { text: compose(annotations, recordingOf), count: annotations.length }
}

function composeLabels(annotations: readonly Annotation[], recordingOf: (id: string) => ProjectRecording): string {
  const ids = [...new Set(annotations.map((each) => each.recordingId))]
  if (ids.length > 1) {
    throw new AnalyzerError(
      'bad-request',
      `A label track of Audacity belongs to one recording; these annotations belong to ${ids.length}. Choose one.`,
    )
  }
  return ids.map((id) => composeAudacity(annotations, recordingOf(id))).join('')
}
