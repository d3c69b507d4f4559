import { resolve } from 'node:path'
import type { RequestOutput } from '../shared/contract/requests'
import { AnalyzerError } from '../shared/errors'
import type { MessageKey, Translate } from '../shared/locales/translate'
import { translator } from '../shared/locales/translate'
import type { AnnotationFormat } from '../shared/project/import-annotations'
import { annotationFormats } from '../shared/project/import-annotations'
import type { ProjectRecording } from '../shared/project/project-document'
import type { ProjectState } from '../shared/project/project-state'
import { formatSignificant } from '../shared/number-words'
import { printable } from './analysis-words'
import { exitCodes } from './exit-codes'
import type { ReadFlags } from './flag-values'
import { localeOf, readOptionsOf } from './flag-values'
import type { CliIo } from './io'

export interface ProjectFlags {
  readonly lang?: string
  readonly json?: boolean
}

export interface AnnotationFlags {
  readonly lang?: string
  readonly format?: string
  readonly recording?: string
  readonly out?: string
}

/** What is in the case, and what should be looked at before it is sent. Leaves no trace in it. */
export async function showProject(file: string, flags: ProjectFlags, io: CliIo): Promise<number> {
  const locale = localeOf(flags.lang)
  const client = await io.client()
  const state = await client.request('project.open', { file: resolve(io.workingFolder, file), how: 'read' }, io.signal)
  const { project } = state
  const checklist = await client.request('project.checklist', { project, locale }, io.signal)
  if (flags.json === true) {
    const { document, recordings, flags: said } = state
    io.out(`${JSON.stringify({ document, recordings, notices: said.notices, checklist }, null, 2)}\n`)
  } else io.out(projectWords(state, checklist, translator(locale)))
  return exitCodes.done
}

/** A project of these recordings; one that is there already is not touched. */
export async function createProject(
  out: string,
  files: readonly string[],
  flags: ReadFlags,
  io: CliIo,
): Promise<number> {
  const read = readOptionsOf(flags)
  const client = await io.client()
  const { project } = await client.request('project.create', {}, io.signal)
  try {
    const items = files.map((file) => ({ file: resolve(io.workingFolder, file), read }))
    await client.request('project.edit', { project, edit: { type: 'recording.add', items } }, io.signal)
    const target = resolve(io.workingFolder, out)
    await refuseExisting(target)
    await client.request('project.saveAs', { project, file: target }, io.signal)
  } finally {
    await client.request('project.close', { project, changes: 'discard' }, io.signal)
  }
  return exitCodes.done
}

async function refuseExisting(path: string): Promise<void> {
  const { existsSync } = await import('node:fs')
  if (existsSync(path)) throw new AnalyzerError('bad-request', `"${path}" is there already; name a new file.`, { path })
}

export async function exportAnnotationFile(file: string, flags: AnnotationFlags, io: CliIo): Promise<number> {
  const format = formatOf(flags.format) ?? 'csv'
  const client = await io.client()
  const state = await client.request('project.open', { file: resolve(io.workingFolder, file), how: 'read' }, io.signal)
  const recordingId = recordingOf(state, flags.recording)?.id
  const out = flags.out === undefined || flags.out === '-' ? undefined : resolve(io.workingFolder, flags.out)
  const input = { project: state.project, format, recordingId, file: out }
  const { text } = await client.request('annotation.export', input, io.signal)
  if (out === undefined) io.out(text)
  return exitCodes.done
}

/** Adds them and saves; a project that a window has open is left alone. */
export async function importAnnotationFile(
  file: string,
  from: string,
  flags: AnnotationFlags,
  io: CliIo,
): Promise<number> {
  const t = translator(localeOf(flags.lang))
  const format = formatOf(flags.format)
  const client = await io.client()
  const state = await client.request('project.open', { file: resolve(io.workingFolder, file) }, io.signal)
  const { project } = state
  try {
    const { readOnlyReason } = state.flags
    if (readOnlyReason !== undefined) throw new AnalyzerError('bad-request', readOnlyReason)
    const recordingId = recordingOf(state, flags.recording)?.id
    const input = { project, file: resolve(io.workingFolder, from), format, recordingId }
    const { addedCount, skippedCount } = await client.request('annotation.import', input, io.signal)
    await client.request('project.save', { project }, io.signal)
    io.err(`${t('project.imported', { added: addedCount, skipped: skippedCount })}\n`)
  } finally {
    await client.request('project.close', { project, changes: 'keep' }, io.signal)
  }
  return exitCodes.done
}

function formatOf(format: string | undefined): AnnotationFormat | undefined {
  const known = annotationFormats.find((each) => each === format)
  if (format !== undefined && known === undefined) {
    throw new AnalyzerError('bad-request', `--format "${format}" is none of ${annotationFormats.join(', ')}.`)
  }
  return known
}

/** By name or id. */
function recordingOf({ document }: ProjectState, asked: string | undefined): ProjectRecording | undefined {
  if (asked === undefined) return undefined
  const found = document.recordings.filter(({ id, name }) => id === asked || name === asked)
  if (found.length === 1) return found[0]
  const names = document.recordings.map(({ name }) => name).join(', ')
  throw new AnalyzerError(
    'bad-request',
    `The project has ${found.length} recordings "${asked}"; one was expected. There are: ${names}.`,
  )
}

function projectWords(state: ProjectState, checklist: RequestOutput<'project.checklist'>, t: Translate): string {
  const { document, flags, recordings, file } = state
  const saved =
    document.savedAt === null
      ? t('project.never-saved')
      : t('project.revision', { revision: document.revision, time: document.savedAt })
  const lines = [`${printable(file?.name ?? '')}  ${saved}`, `  ${t('project.recordings')}:`]
  for (const recording of document.recordings) {
    const now = recordings.find(({ recordingId }) => recordingId === recording.id)?.state ?? 'found'
    lines.push(`    ${printable(recording.name)}  ${t(`project.state.${now}`)}`, `      ${propertyWords(recording, t)}`)
  }
  lines.push(`  ${t('project.annotations', { count: document.annotations.length })}`, ...kindLines(state, t))
  lines.push(`  ${t('project.results')}: ${document.results.length}`)
  for (const { recordingId, channel, model, verdict, probability } of document.results) {
    const recording = document.recordings.find(({ id }) => id === recordingId)
    const name = `${recording?.name} · ${recording?.channels[channel]?.name ?? channel + 1}`
    const value = probability === null ? '' : ` ${formatSignificant(probability)}`
    lines.push(printable(`    ${name}  ${t(`verdict.${verdict}`)}${value}  (${model.id} ${model.version})`))
  }
  lines.push(`  ${t('project.checklist')}:`)
  if (checklist.length === 0) lines.push(`    ${t('project.checklist-empty')}`)
  for (const { message } of checklist) lines.push(`    ${printable(message)}`)
  for (const { message } of flags.notices) lines.push(`  ! ${printable(message)}`)
  return `${lines.join('\n')}\n`
}

function kindLines({ document }: ProjectState, t: Translate): string[] {
  const counts = new Map<MessageKey, number>()
  for (const { kind } of document.annotations) {
    const key: MessageKey = `annotation.kind.${kind}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].map(([key, count]) => `    ${t(key)}: ${count}`)
}

function propertyWords({ properties }: ProjectRecording, t: Translate): string {
  const { sampleRateHz, unit, shaftSpeedRpm } = properties
  const words = (name: string, value: string | null, origin: 'file' | 'user' | 'unknown'): string =>
    value === null ? `${name}: ${t('project.origin.unknown')}` : `${name}: ${value} (${t(`project.origin.${origin}`)})`
  const number = (value: number | null, suffix: string): string | null => (value === null ? null : `${value} ${suffix}`)
  return printable(
    [
      words(t('inspect.rate'), number(sampleRateHz.value, 'Hz'), sampleRateHz.origin),
      words(t('project.unit'), unit.value, unit.origin),
      words(t('inspect.speed'), number(shaftSpeedRpm.value, 'rpm'), shaftSpeedRpm.origin),
    ].join(' · '),
  )
}
