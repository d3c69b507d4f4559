import { onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import type { AnalysisResult } from '../../shared/analysis'
import type { RequestInput } from '../../shared/contract/requests'
import { AnalyzerError } from '../../shared/errors'
import { LatestOnly } from '../services/latest-only'
import { useServices } from '../services/services'
import { messageOf, type LibraryEntry } from '../stores/use-library-store'
import { useStudyStore } from '../stores/use-study-store'
import { readOptionsOf } from './report-form'

export type ReportInput = Omit<RequestInput<'report.preview'>, 'jobIds'>
export type ReportFormat = 'pdf' | 'docx' | 'html'

export type ReportState =
  | { readonly kind: 'working'; readonly stage: string; readonly share: number }
  | { readonly kind: 'ready' }
  /** Without a message: the user cancelled. */
  | { readonly kind: 'stopped'; readonly message?: string }

const quiet = (): AbortSignal => new AbortController().signal

/** One job at a time, with its progress; it is cancelled when the dialog goes. */
function useRunningJob() {
  const { client } = useServices()
  const state = ref<ReportState>({ kind: 'working', stage: 'read', share: 0 })
  let runningJob: string | undefined

  const unsubscribe = client.subscribe((event) => {
    if (event.name !== 'job.progress' || event.data.jobId !== runningJob) return
    const { stage, done, total } = event.data
    state.value = { kind: 'working', stage, share: total > 0 ? done / total : 0 }
  })
  onScopeDispose(() => {
    unsubscribe()
    void cancel()
  })

  /** Runs a job to its end; what goes wrong is the state. */
  async function run<T>(start: () => Promise<{ readonly jobId: string }>, end: (jobId: string) => Promise<T>) {
    state.value = { kind: 'working', stage: 'read', share: 0 }
    try {
      const { jobId } = await start()
      runningJob = jobId
      const value = await end(jobId)
      state.value = { kind: 'ready' }
      return value
    } catch (error) {
      const isCancelled = error instanceof AnalyzerError && error.code === 'cancelled'
      state.value = isCancelled ? { kind: 'stopped' } : { kind: 'stopped', message: messageOf(error) }
      return undefined
    } finally {
      runningJob = undefined
    }
  }

  async function cancel(): Promise<void> {
    if (runningJob !== undefined) await client.request('job.cancel', { jobId: runningJob }, quiet())
  }
  return { state, run, cancel }
}

/** The analysis that a report of an entry is made of; its preview and the report itself are asked by its job. */
export function useReport(entry: LibraryEntry) {
  const { client, host } = useServices()
  const study = useStudyStore()
  const { state, run, cancel } = useRunningJob()
  const results = shallowRef<readonly AnalysisResult[]>([])
  const analysisJob = ref<string | undefined>()
  onScopeDispose(() => {
    if (analysisJob.value !== undefined) void client.request('job.forget', { jobId: analysisJob.value }, quiet())
  })

  function start(): Promise<{ readonly jobId: string }> {
    const { locale, backend, segmentSeconds } = study
    const { file, channel } = entry
    if (file === undefined) return client.request('demo.create', { locale, backend }, quiet())
    const read = readOptionsOf(entry)
    const input = { file: file.handle, read, channel, models: [], baseline: [], segmentSeconds, backend, locale }
    return client.request('analysis.start', input, quiet())
  }

  const analyse = () =>
    run(start, async (jobId) => {
      const reply = await client.request('analysis.result', { jobId }, quiet())
      if (reply.status === 'cancelled') throw new AnalyzerError('cancelled', 'The analysis was cancelled.')
      results.value = reply.results
      analysisJob.value = jobId
    })

  /** Answers whether it was saved. */
  async function save(input: ReportInput, format: ReportFormat): Promise<boolean> {
    const jobId = analysisJob.value
    if (jobId === undefined) return false
    const saved = await run(
      () => client.request('report.create', { ...input, jobIds: [jobId], format }, quiet()),
      async (reportJob) => {
        const { bytes, mediaType } = await client.request('report.result', { jobId: reportJob }, quiet())
        await client.request('job.forget', { jobId: reportJob }, quiet())
        return host.save(fileNameOf(entry.name, format), bytes, mediaType)
      },
    )
    return saved ?? false
  }

  return { state, results, analysisJob, analyse, save, cancel }
}

function fileNameOf(name: string, format: ReportFormat): string {
  return `${name.replace(/\.[^.]+$/, '').replace(/[\\/:*?"<>|]/g, '-')}.${format}`
}

/** The page of the report as it would be; the newest words win. */
export function useReportPreview(analysisJob: Readonly<Ref<string | undefined>>) {
  const { client } = useServices()
  const preview = ref<string | undefined>()
  const message = ref<string | undefined>()
  const newest = new LatestOnly()
  onScopeDispose(() => newest.stop())

  async function showPreview(input: ReportInput): Promise<void> {
    const jobId = analysisJob.value
    if (jobId === undefined) return
    try {
      const page = await newest.run((signal) => client.request('report.preview', { ...input, jobIds: [jobId] }, signal))
      if (page === undefined) return
      preview.value = page
      message.value = undefined
    } catch (error) {
      message.value = messageOf(error)
    }
  }
  return { preview, message, showPreview }
}
