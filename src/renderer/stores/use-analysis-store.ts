import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref } from 'vue'
import type { EvidenceSummary } from '../../shared/app/study'
import type { EngineEvent } from '../../shared/contract/events'
import { AnalyzerError } from '../../shared/errors'
import { translator } from '../../shared/locales/translate'
import { decidedBy } from '../services/decided-by'
import { useServices } from '../services/services'
import { messageOf, useLibraryStore, type LibraryEntry } from './use-library-store'
import { useStudyStore } from './use-study-store'
import { useViewStore } from './use-view-store'

/** Analyses entries one after the other: every model, the channel that is shown; the model that decides comes first. */
export const useAnalysisStore = defineStore('analysis', () => {
  const { client } = useServices()
  const library = useLibraryStore()
  const study = useStudyStore()
  const view = useViewStore()
  const queue = ref<readonly string[]>([])
  const runningId = ref<string | undefined>()
  const isRunning = computed(() => runningId.value !== undefined)

  onScopeDispose(client.subscribe(takeEvent))

  function takeEvent(event: EngineEvent): void {
    if (event.name !== 'job.progress') return
    const entry = library.entries.find(
      ({ analysis }) => analysis.kind === 'running' && analysis.jobId === event.data.jobId,
    )
    if (entry?.analysis.kind !== 'running') return
    const { jobId, stage, done, total } = event.data
    const startedAt = entry.analysis.stage === stage ? entry.analysis.startedAt : performance.now()
    library.setAnalysis(entry.id, { kind: 'running', jobId, stage, done, total, startedAt })
  }

  /** Puts entries at the end of the queue; those without a sample rate wait for the user to say it. */
  function enqueue(ids: readonly string[]): void {
    const wanted = ids.filter((id) => {
      const entry = library.entries.find((each) => each.id === id)
      return entry !== undefined && canAnalyse(entry) && !queue.value.includes(id) && runningId.value !== id
    })
    for (const id of wanted) library.setAnalysis(id, { kind: 'waiting' })
    queue.value = [...queue.value, ...wanted]
    if (!isRunning.value) void runQueue()
  }

  async function runQueue(): Promise<void> {
    for (let id = queue.value[0]; id !== undefined; id = queue.value[0]) {
      queue.value = queue.value.slice(1)
      const entry = library.entries.find((each) => each.id === id)
      if (entry === undefined) continue
      runningId.value = id
      try {
        await view.untilDrawn()
        await analyse(entry)
      } finally {
        runningId.value = undefined
      }
    }
  }

  async function analyse(entry: LibraryEntry): Promise<void> {
    if (entry.state.kind !== 'ready') return
    const { recordingId } = entry.state.recording
    const ordered = [...study.models].sort((a, b) => Number(b.isDefault) - Number(a.isDefault))
    try {
      for (const [index, { id: modelId }] of ordered.entries()) {
        const summary = await infer(entry.id, recordingId, entry.channel, modelId)
        study.keep(summary)
        if (index === 0) await badge(entry.id, summary)
      }
      const decided = badges.get(entry.id)
      if (decided !== undefined) library.setAnalysis(entry.id, decided)
    } catch (error) {
      const isCancelled = error instanceof AnalyzerError && error.code === 'cancelled'
      library.setAnalysis(entry.id, isCancelled ? { kind: 'cancelled' } : { kind: 'failed', message: messageOf(error) })
    }
  }

  const badges = new Map<string, Extract<LibraryEntry['analysis'], { kind: 'done' }>>()

  /** The verdict of the library's line: the deciding model at its own segment length and thresholds. */
  async function badge(id: string, { evidenceId, defaultSegmentSeconds }: EvidenceSummary): Promise<void> {
    const input = { evidenceId, segmentSeconds: defaultSegmentSeconds, locale: study.locale }
    const score = await client.request('score.get', input, new AbortController().signal)
    const { probability } = decidedBy(score, translator(study.locale))
    badges.set(id, { kind: 'done', verdict: score.verdict, probability })
  }

  async function infer(id: string, recordingId: string, channel: number, modelId: string): Promise<EvidenceSummary> {
    const { signal } = new AbortController()
    const input = { recordingId, channel, modelId, backend: study.backend }
    const { jobId } = await client.request('evidence.start', input, signal)
    library.setAnalysis(id, {
      kind: 'running',
      jobId,
      stage: 'read',
      done: 0,
      total: 1,
      startedAt: performance.now(),
    })
    return client.request('evidence.result', { jobId }, signal)
  }

  /** Cancels the entry's run, or takes it out of the queue; what was finished is kept. */
  async function cancel(id: string): Promise<void> {
    const analysis = library.entries.find((entry) => entry.id === id)?.analysis
    if (analysis?.kind === 'waiting') {
      queue.value = queue.value.filter((each) => each !== id)
      library.setAnalysis(id, { kind: 'cancelled' })
    }
    if (analysis?.kind !== 'running') return
    await client.request('job.cancel', { jobId: analysis.jobId }, new AbortController().signal)
  }

  return { queue, runningId, isRunning, enqueue, cancel }
})

function canAnalyse({ state, channel }: LibraryEntry): boolean {
  if (state.kind !== 'ready') return false
  return (state.recording.summary.channels[channel]?.sampleRateHz ?? null) !== null
}
