import { extname, resolve } from 'node:path'
import type { EngineClient } from '../shared/contract/engine-client'
import type { RequestInput } from '../shared/contract/requests'
import { AnalyzerError } from '../shared/errors'
import { translator } from '../shared/locales/translate'
import { annotationsOfProject, analysisOfRecording, wordsOfProject } from '../shared/report/from-project'
import type { ProjectState } from '../shared/project/project-state'
import { printable } from './analysis-words'
import { exitCodes } from './exit-codes'
import { backendOf, localeOf } from './flag-values'
import type { CliIo } from './io'
import type { ReportFlags } from './report-flags'
import { reportOrderOf } from './report-flags'
import { writeReport } from './report-writing'
import { runJob } from './run-job'

export interface ProjectReportFlags extends ReportFlags {
  readonly format?: string
  readonly out?: string
  readonly lang?: string
  readonly backend?: string
}

/** Analyses every recording of a project as the project says, and writes the report with the analyst's words. */
export async function reportProject(file: string, flags: ProjectReportFlags, io: CliIo): Promise<number> {
  const locale = localeOf(flags.lang)
  const t = translator(locale)
  const stem = file.slice(0, file.length - extname(file).length)
  const order = await reportOrderOf(flags.out ?? `${stem}.${flags.format ?? 'pdf'}`, flags, locale, io)
  const backend = backendOf(flags.backend)
  const client = await io.client()
  const state = await client.request('project.open', { file: resolve(io.workingFolder, file) }, io.signal)
  try {
    const { document } = state
    const requests = requestsOf(state, io, t).map((request) => ({ ...request, backend, locale }))
    if (requests.length === 0) {
      throw new AnalyzerError('bad-request', `Project "${file}" has no recording that can be read.`)
    }
    const jobIds = await analyseAll(requests, io, t)
    if (jobIds === undefined) {
      io.err(`${t('cli.cancelled')}\n`)
      return exitCodes.cancelled
    }
    const words = { ...wordsOfProject(document, t), ...order.words }
    await writeReport({ ...order, words, annotations: annotationsOfProject(document) }, jobIds, io, t)
    return exitCodes.done
  } finally {
    await closeProject(client, state)
  }
}

type ProjectAnalysis = Omit<RequestInput<'analysis.start'>, 'backend' | 'locale'>

/** Recordings that are missing are named on stderr and left out. */
function requestsOf(state: ProjectState, io: CliIo, t: ReturnType<typeof translator>): ProjectAnalysis[] {
  const requests: ProjectAnalysis[] = []
  for (const recording of state.document.recordings) {
    const place = state.recordings.find(({ recordingId }) => recordingId === recording.id)
    if (place?.handle === undefined) {
      const message = t('checklist.recording-missing', { recording: printable(recording.name) })
      io.err(`vibralens: ${message}\n`)
    } else requests.push({ ...analysisOfRecording(recording, state.document.settings), file: place.handle })
  }
  return requests
}

/** Undefined = cancelled. */
async function analyseAll(
  requests: readonly RequestInput<'analysis.start'>[],
  io: CliIo,
  t: ReturnType<typeof translator>,
): Promise<string[] | undefined> {
  const jobIds: string[] = []
  for (const request of requests) {
    const { jobId, value } = await runJob(
      io,
      t,
      (client, signal) => client.request('analysis.start', request, signal),
      (client, id, signal) => client.request('analysis.result', { jobId: id }, signal),
    )
    if (value.status === 'cancelled') return undefined
    jobIds.push(jobId)
  }
  return jobIds
}

/** Nothing was edited; what another program may have left unsaved stays as it is. */
async function closeProject(client: EngineClient, { project }: ProjectState): Promise<void> {
  await client.request('project.close', { project, changes: 'keep' }, new AbortController().signal)
}
