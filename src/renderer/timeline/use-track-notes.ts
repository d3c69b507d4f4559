import { computed, type ComputedRef } from 'vue'
import type { EvidenceSummary } from '../../shared/app/study'
import type { TimelineTrackId } from '../../shared/app/timeline-layout'
import { useTranslate } from '../services/i18n'
import { useLibraryStore } from '../stores/use-library-store'
import { useStudyStore } from '../stores/use-study-store'
import { useTileStore } from '../stores/use-tile-store'
import type { TimelineFrame } from './timeline-painter'

/** A sentence in the place of a track's picture: why there is none. */
export function useTrackNotes(
  frame: ComputedRef<TimelineFrame | undefined>,
): ComputedRef<Partial<Record<TimelineTrackId, string>>> {
  const t = useTranslate()
  const library = useLibraryStore()
  const study = useStudyStore()
  const tiles = useTileStore()

  function waiting(): string {
    const state = library.active?.analysis.kind
    if (state === 'running' || state === 'waiting') return t('timeline.wait.running')
    return state === 'done' ? t('timeline.wait.model') : t('timeline.wait.score')
  }

  function probability(chosen: EvidenceSummary | undefined): string | undefined {
    if (chosen === undefined) return waiting()
    if (study.scoreMessage !== undefined) return t('timeline.failed', { message: study.scoreMessage })
    const [reason] = chosen.outOfDomainReasons
    return reason === undefined ? undefined : t('timeline.wait.out-of-domain', { reason: t(reason.key, reason.values) })
  }

  return computed(() => {
    // failures are in the cache, which says that it changed by its revision
    void tiles.revision
    const scene = frame.value?.scene
    if (scene === undefined) return {}
    const failure = (layer: (typeof scene)['ribbon']): string | undefined => {
      const message = layer === undefined ? undefined : tiles.cache.failureOf(layer.track)
      return message === undefined ? undefined : t('timeline.failed', { message })
    }
    return {
      waveform: scene.lanes.map(({ layer }) => failure(layer)).find((message) => message !== undefined),
      probability: probability(study.chosenEvidence),
      evidence: scene.ribbon === undefined ? t('timeline.wait.evidence') : failure(scene.ribbon),
      spectrogram:
        frame.value?.isRateKnown === false
          ? t('timeline.wait.rate')
          : (failure(scene.spectrogram) ?? failure(scene.map)),
    }
  })
}
