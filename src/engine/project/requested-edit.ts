import { randomBytes } from 'node:crypto'
import type { RequestedEdit } from '../../shared/contract/project-requests'
import { AnalyzerError } from '../../shared/errors'
import type { Annotation } from '../../shared/project/annotation'
import type { ProjectEdit } from '../../shared/project/edits'
import type { ProjectDocument, ProjectRecording } from '../../shared/project/project-document'
import type { RecordingRequest } from './describe-recording'

export interface EditWorld {
  readonly document: ProjectDocument
  readonly author: string
  readonly programVersion: string
  /** ISO 8601 */
  readonly now: string
  resolveFile(handle: string): string
  describe(request: RecordingRequest): Promise<ProjectRecording>
}

export interface PlannedEdit {
  /** Undefined = there is nothing to do. */
  readonly edit: ProjectEdit | undefined
  /** Of what was asked for, made now or there already. */
  readonly ids: readonly string[]
}

type Requested<Type extends RequestedEdit['type']> = Extract<RequestedEdit, { readonly type: Type }>

export function newId(kind: 'ann' | 'rec' | 'case'): string {
  return `${kind}-${randomBytes(9).toString('hex')}`
}

/** With everything that a user does not type: ids, author, times, hashes. @throws AnalyzerError of a reader */
export async function planEdit(requested: RequestedEdit, world: EditWorld): Promise<PlannedEdit> {
  const { now } = world
  switch (requested.type) {
    case 'annotation.add':
      return addAnnotations(requested, world)
    case 'annotation.change':
      return planned({ ...requested, changedAt: now }, [requested.id])
    case 'annotation.remove':
      return planned({ type: 'annotations.remove', ids: requested.ids }, requested.ids)
    case 'event.answer':
      return answerEvent(requested, world)
    case 'recording.add':
      return addRecordings(requested, world)
    case 'recording.remove':
      return planned({ type: 'recordings.remove', ids: requested.ids }, requested.ids)
    case 'results.set':
      return planned({ type: 'results.set', results: requested.results.map((each) => stamped(each, world)) }, [])
    default:
      return planned(requested, [])
  }
}

function planned(edit: ProjectEdit, ids: readonly string[]): PlannedEdit {
  return { edit, ids }
}

function addAnnotations({ annotations }: Requested<'annotation.add'>, { author, now }: EditWorld): PlannedEdit {
  const added = annotations.map((given): Annotation => ({
    id: newId('ann'),
    channel: null,
    faultType: null,
    severity: null,
    text: '',
    event: null,
    ...given,
    author,
    createdAt: now,
    changedAt: now,
  }))
  return planned(
    { type: 'annotations.add', annotations: added },
    added.map(({ id }) => id),
  )
}

function answerEvent(requested: Requested<'event.answer'>, world: EditWorld): PlannedEdit {
  const { recordingId, channel, event } = requested
  const kind = event.answer === 'confirm' ? 'fault' : 'healthy'
  const before = world.document.annotations.find(
    (each) =>
      each.recordingId === recordingId &&
      each.channel === channel &&
      each.event?.modelId === event.modelId &&
      each.event.startSample === event.startSample &&
      each.event.endSample === event.endSample,
  )
  if (before !== undefined) {
    const edit = { type: 'annotation.change', id: before.id, changes: { kind, event }, changedAt: world.now } as const
    return planned(edit, [before.id])
  }
  const { startSample, endSample } = event
  const region = { shape: 'range', startSample, endSample } as const
  return addAnnotations({ type: 'annotation.add', annotations: [{ recordingId, channel, region, kind, event }] }, world)
}

/** A file that is in the project already keeps its id. */
async function addRecordings({ items }: Requested<'recording.add'>, world: EditWorld): Promise<PlannedEdit> {
  const known = new Map(world.document.recordings.map(({ id, file }) => [file.path, id]))
  const entries: { readonly recording: ProjectRecording }[] = []
  const ids: string[] = []
  for (const { file, read = {}, properties = {} } of items) {
    const path = world.resolveFile(file)
    const id = known.get(path) ?? newId('rec')
    ids.push(id)
    if (known.has(path)) continue
    known.set(path, id)
    entries.push({ recording: await world.describe({ id, path, read, properties }) })
  }
  const edit: ProjectEdit = { type: 'recordings.add', entries, annotations: [], results: [] }
  return { edit: entries.length === 0 ? undefined : edit, ids }
}

type RequestedResult = Requested<'results.set'>['results'][number]

function stamped(result: RequestedResult, { document, programVersion, now }: EditWorld) {
  const recording = document.recordings.find(({ id }) => id === result.recordingId)
  if (recording === undefined) {
    throw new AnalyzerError('bad-request', `There is no recording "${result.recordingId}" in the project.`)
  }
  return { ...result, programVersion, analysedAt: now, recordingSha256: recording.file.sha256 }
}
