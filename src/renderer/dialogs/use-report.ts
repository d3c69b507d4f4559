import { onScopeDispose, ref, shallowRef } from 'vue'
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

/** The analysis that a report of an entry is made of, its preview and the report; its jobs end with the dialog. */
export function useReport(entry: LibraryEntry) {
  const { client, host } = useServices()
  const study = useStudyStore()
  const state = ref<ReportState>({ kind: 'working', stage: 'read', share: 0 })
  const results = shallowRef<readonly AnalysisResult[]>([])
  const preview = ref<string | undefined>()
  const newestPreview = new LatestOnly()
  const quiet = (): AbortSignal => new AbortController().signal
  let analysisJob: string | undefined
  let runningJob: string | undefined

  const unsubscribe = client.subscribe((event) => {
    if (event.name !== 'job.progress' || event.data.jobId !== runningJob) return
    const { stage, done, total } = event.data
    state.value = { kind: 'working', stage, share: total > 0 ? done / total : 0 }
  })
  onScopeDispose(() => {
    unsubscribe()
    newestPreview.stop()
    void cancel()
    if (analysisJob !== undefined) void client.request('job.forget', { jobId: analysisJob }, quiet())
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

  async function analyse(): Promise<void> {
    const { locale, backend, segmentSeconds } = study
    const { file, channel } = entry
    const read = readOptionsOf(entry)
    await run(
      () =>
        file === undefined
          ? client.request('demo.create', { locale, backend }, quiet())
          : client.request(
              'analysis.start',
              { file: file.handle, read, channel, models: [], baseline: [], segmentSeconds, backend, locale },
              quiet(),
            ),
      async (jobId) => {
        const reply = await client.request('analysis.result', { jobId }, quiet())
        if (reply.status === 'cancelled') throw new AnalyzerError('cancelled', 'The analysis was cancelled.')
        results.value = reply.results
        analysisJob = jobId
      },
    )
  }

  async function showPreview(input: ReportInput): Promise<void> {
    const jobId = analysisJob
    if (jobId === undefined) return
    try {
      const page = await newestPreview.run((signal) =>
        client.request('report.preview', { ...input, jobIds: [jobId] }, signal),
      )
      if (page !== undefined) preview.value = page
    } catch (error) {
      state.value = { kind: 'stopped', message: messageOf(error) }
    }
  }

  /** Answers whether it was saved. */
  async function save(input: ReportInput, format: ReportFormat): Promise<boolean> {
    const jobId = analysisJob
    if (jobId === undefined) return false
    const saved = await run(
      () => client.request('report.create', { ...input, jobIds: [jobId], format }, quiet()),
      async (reportJob) => {
        const { bytes, mediaType } = await client.request('report.result', { jobId: reportJob }, quiet())
        await client.request('job.forget', { jobId: reportJob }, quiet())
        return host.save(
          `${entry.name.replace(/\.[^.]+$/, '').replace(/[\\/:*?"<>|]/g, '-')}.${format}`,
          bytes,
          mediaType,
        )
      },
    )
    return saved ?? false
  }

  async function cancel(): Promise<void> {
    if (runningJob !== undefined) await client.request('job.cancel', { jobId: runningJob }, quiet())
  }

  const isAnalysed = (): boolean => analysisJob !== undefined
  return { state, results, preview, analyse, isAnalysed, showPreview, save, cancel }
}
