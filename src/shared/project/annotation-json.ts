import { z } from 'zod'
import { AnalyzerError } from '../errors'
import type { Annotation } from './annotation'
import { annotationSchema, regionRange } from './annotation'
import type { ImportedAnnotation } from './annotation-table'
import type { ProjectRecording } from './project-document'

const schemaName = 'vibralens.annotations/1'

const fileSchema = z.strictObject({
  schema: z.literal(schemaName),
  recordings: z.array(z.strictObject({ id: z.string(), name: z.string(), sha256: z.string() })),
  annotations: z.array(annotationSchema),
})

/** Everything there is about annotations, and which recordings they belong to. */
export function composeAnnotationJson(
  annotations: readonly Annotation[],
  recordingOf: (id: string) => ProjectRecording,
): string {
  const ids = [...new Set(annotations.map(({ recordingId }) => recordingId))]
  const recordings = ids.map(recordingOf).map(({ id, name, file }) => ({ id, name, sha256: file.sha256 }))
  return `${JSON.stringify({ schema: schemaName, recordings, annotations }, null, 2)}\n`
}

/** @throws AnalyzerError unreadable-file, with the line */
export function parseAnnotationJson(text: string, name: string): ImportedAnnotation[] {
  const parsed = fileSchema.safeParse(parseJson(text, name))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const line = lineOfPath(text, issue.path)
    throw new AnalyzerError(
      'unreadable-file',
      `"${name}", line ${line}: "${issue.path.join('.')}" is not as expected (${issue.message}).`,
      { name, line },
    )
  }
  const recordings = new Map(parsed.data.recordings.map((each) => [each.id, each]))
  return parsed.data.annotations.map((annotation, index) => {
    const { recordingId, region, ...rest } = annotation
    const { start, end } = regionRange(region)
    const bandHz = region.shape === 'box' ? ([region.lowHz, region.highHz] as const) : undefined
    const source = recordings.get(recordingId)
    return {
      ...rest,
      line: lineOfPath(text, ['annotations', index]),
      recordingName: source?.name,
      recordingSha256: source?.sha256,
      region: { start, end: region.shape === 'point' ? start : end, in: 'samples', bandHz },
    }
  })
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    const position = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined
    const end = position === undefined ? text.length : Number(position)
    const line = text.slice(0, end).split('\n').length
    throw new AnalyzerError('unreadable-file', `"${name}", line ${line}: This is no JSON.`, { name, line }, { cause })
  }
}

/** The line of annotation `path[1]`, found as its `"id"`: other programs may have laid the file out differently. */
function lineOfPath(text: string, path: readonly PropertyKey[]): number {
  if (path[0] !== 'annotations' || typeof path[1] !== 'number') return 1
  let position = text.indexOf('"annotations"')
  for (let seen = 0; seen <= path[1] && position >= 0; seen++) position = text.indexOf('"recordingId"', position + 1)
  return text.slice(0, Math.max(0, position)).split('\n').length
}
