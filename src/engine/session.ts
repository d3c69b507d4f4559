import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BaselineSummary, EvaluationSummary, TrainingSummary } from '../shared/contract/outputs'
import type { EngineEventListener } from '../shared/contract/events'
import type { AnalysisJobResult } from '../shared/contract/requests'
import type { EvidenceSummary } from '../shared/app/study'
import type { ReportResult } from '../shared/contract/report-requests'
import { AnalyzerError } from '../shared/errors'
import type { AnalysisOrigin, Verification } from '../shared/report/block'
import type { OpenAnalysis } from './analysis/outcome'
import type { EngineParts } from './engine-parts'
import type { JobContext } from './jobs/job-context'
import { JobTable, unlessAborted } from './jobs/job-table'
import { FileGrants } from './files/file-grants'
import { realDisk } from './files/disk'
import { readProgramVersion } from './package-root'
import { ProjectShelf } from './project/project-shelf'
import { Study } from './study/study'
import { SettingsStore } from './settings/settings-store'

export type EndedAnalysis = OpenAnalysis & {
  readonly status: AnalysisJobResult['status']
  /** How to do it again. */
  readonly origin: AnalysisOrigin
}

/** What outlives a request: jobs, their results, files made for the session. One a shell. */
export class Session {
  readonly parts: EngineParts
  readonly jobs: JobTable
  readonly settings: SettingsStore
  readonly grants = new FileGrants()
  readonly projects: ProjectShelf
  readonly analyses = new ResultTable<EndedAnalysis>()
  readonly baselines = new ResultTable<BaselineSummary>()
  readonly trainings = new ResultTable<TrainingSummary>()
  readonly evaluations = new ResultTable<EvaluationSummary>()
  readonly evidences = new ResultTable<EvidenceSummary>()
  readonly study: Study
  readonly reports = new ResultTable<ReportResult>()
  readonly verifications = new ResultTable<Verification>()
  readonly #folders: string[] = []

  constructor(parts: EngineParts, emit: EngineEventListener) {
    this.parts = parts
    this.jobs = new JobTable(emit)
    this.study = new Study(parts)
    this.settings = new SettingsStore(parts.userFolders.config, (settings) =>
      emit({ name: 'settings.changed', data: { settings } }),
    )
    this.projects = new ProjectShelf({
      disk: realDisk,
      data: parts.userFolders.data,
      programVersion: readProgramVersion,
      now: () => new Date().toISOString(),
      openRecording: parts.openRecording,
      grants: this.grants,
      settings: async () => (await this.settings.get()).settings,
      remember: (path) => this.settings.rememberProject(path),
      changed: (change) => emit({ name: 'project.changed', data: change }),
    })
  }

  /** A cancelled analysis is not an error: it answers what was finished. */
  startAnalysis(origin: AnalysisOrigin, run: (job: JobContext) => Promise<OpenAnalysis>): string {
    const { jobId, ended } = this.jobs.start(async (job): Promise<EndedAnalysis> => {
      try {
        const outcome = await run(job)
        return { ...outcome, origin, status: job.signal.aborted ? 'cancelled' : 'done' }
      } catch (error) {
        if (!job.signal.aborted) throw error
        return { results: [], charts: [], origin, status: 'cancelled', close: async () => undefined }
      }
    })
    this.analyses.keep(jobId, ended)
    return jobId
  }

  async forget(jobId: string): Promise<void> {
    const { baselines, trainings, evaluations, evidences, reports, verifications } = this
    for (const table of [baselines, trainings, evaluations, evidences, reports, verifications]) table.take(jobId)
    await closeAnalysis(this.analyses.take(jobId))
  }

  /** A folder that goes when the session does. */
  async makeFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'vibralens-'))
    this.#folders.push(folder)
    return folder
  }

  async dispose(): Promise<void> {
    this.jobs.cancelAll()
    await this.projects.dispose()
    for (const ended of this.analyses.takeAll()) await closeAnalysis(ended)
    await Promise.allSettled(this.evidences.takeAll())
    await this.study.dispose()
    await this.parts.dispose()
    for (const folder of this.#folders.splice(0)) await rm(folder, { recursive: true, force: true })
  }
}

/** Results by job id, of one kind. */
class ResultTable<T> {
  readonly #results = new Map<string, Promise<T>>()

  keep(jobId: string, ended: Promise<T>): void {
    this.#results.set(jobId, ended)
  }

  async get(jobId: string, signal: AbortSignal): Promise<T> {
    const ended = this.#results.get(jobId)
    if (ended === undefined) {
      throw new AnalyzerError('bad-request', `There is no job "${jobId}" of this kind; it may have been forgotten.`)
    }
    return unlessAborted(ended, signal)
  }

  take(jobId: string): Promise<T> | undefined {
    const ended = this.#results.get(jobId)
    this.#results.delete(jobId)
    return ended
  }

  takeAll(): Promise<T>[] {
    const all = [...this.#results.values()]
    this.#results.clear()
    return all
  }
}

async function closeAnalysis(ended: Promise<EndedAnalysis> | undefined): Promise<void> {
  // a failed analysis closed its recording itself, and told whoever asked for its result
  const analysis = await ended?.catch(() => undefined)
  await analysis?.close()
}
