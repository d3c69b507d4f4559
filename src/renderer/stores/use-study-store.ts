import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { BackendName } from '../../shared/analysis'
import type { EvidenceSummary, ScoreView } from '../../shared/app/study'
import type { ModelSummary } from '../../shared/contract/outputs'
import type { Locale } from '../../shared/locales/translate'
import { LatestOnly } from '../services/latest-only'
import { useServices } from '../services/services'
import { messageOf, useLibraryStore } from './use-library-store'
import { useViewStore } from './use-view-store'

type EvidenceKey = `${string}/${number}/${string}`
const keyOf = (recordingId: string, channel: number, modelId: string): EvidenceKey =>
  `${recordingId}/${channel}/${modelId}`

/**
 * The evidence in hand and what is read from it: both networks' maps of the active channel, and the scores of the
 * chosen one for the segment length and threshold of the sliders. Nothing is inferred again when a slider moves.
 */
export const useStudyStore = defineStore('study', () => {
  const { client } = useServices()
  const library = useLibraryStore()
  const view = useViewStore()

  const models = shallowRef<readonly ModelSummary[]>([])
  const modelId = ref<string | undefined>()
  const locale = ref<Locale>('en')
  /** Undefined = the engine chooses. */
  const backend = ref<BackendName | undefined>()
  /** Undefined = the card's own. */
  const segmentSeconds = ref<number | undefined>()
  const faultThreshold = ref<number | undefined>()
  const evidence = shallowRef<ReadonlyMap<EvidenceKey, EvidenceSummary>>(new Map())
  const score = shallowRef<ScoreView | undefined>()
  const scoreMessage = ref<string | undefined>()
  const newestScore = new LatestOnly()

  const evidenceOf = (kind: '1d' | '2d') =>
    computed(() => {
      const recordingId = library.activeRecording?.recordingId
      const channel = library.active?.channel
      return [...evidence.value.values()].find(
        (each) => each.recordingId === recordingId && each.channel === channel && each.kind === kind,
      )
    })
  /** Of the active channel: the ribbon and the map. */
  const ribbonEvidence = evidenceOf('1d')
  const mapEvidence = evidenceOf('2d')
  /** Of the model that is chosen, of the active channel: what is scored and inspected. */
  const chosenEvidence = computed(() => {
    const recording = library.activeRecording
    if (recording === undefined || modelId.value === undefined) return undefined
    return evidence.value.get(keyOf(recording.recordingId, library.active?.channel ?? 0, modelId.value))
  })

  async function loadModels(): Promise<void> {
    models.value = await client.request('model.list', {}, new AbortController().signal)
    modelId.value ??= (models.value.find(({ isDefault }) => isDefault) ?? models.value[0])?.id
  }

  function keep(summary: EvidenceSummary): void {
    const { recordingId, channel, modelId: model } = summary
    evidence.value = new Map(evidence.value).set(keyOf(recordingId, channel, model), summary)
  }

  /** The recording was closed or read differently: its evidence is gone in the engine, too. */
  function dropEvidence(recordingId: string): void {
    evidence.value = new Map([...evidence.value].filter(([, each]) => each.recordingId !== recordingId))
  }

  async function refreshScore(): Promise<void> {
    const chosen = chosenEvidence.value
    if (chosen === undefined) {
      newestScore.stop()
      score.value = undefined
      return
    }
    const input = {
      evidenceId: chosen.evidenceId,
      segmentSeconds: segmentSeconds.value ?? chosen.defaultSegmentSeconds,
      faultThreshold: faultThreshold.value,
      locale: locale.value,
    }
    try {
      const answer = await newestScore.run((signal) => client.request('score.get', input, signal))
      if (answer === undefined) return
      score.value = answer
      scoreMessage.value = undefined
    } catch (error) {
      scoreMessage.value = messageOf(error)
    }
  }

  watch([chosenEvidence, segmentSeconds, faultThreshold, locale], refreshScore)
  watch(
    () => [library.activeId, library.activeChannel] as const,
    () => {
      const channel = library.activeChannel
      view.setAxis(channel?.sampleCount ?? 0, channel?.sampleRateHz ?? 1)
    },
  )

  return {
    models,
    modelId,
    locale,
    backend,
    segmentSeconds,
    faultThreshold,
    evidence,
    score,
    scoreMessage,
    ribbonEvidence,
    mapEvidence,
    chosenEvidence,
    loadModels,
    keep,
    dropEvidence,
    refreshScore,
  }
})
