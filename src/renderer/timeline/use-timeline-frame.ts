import { computed, type ComputedRef } from 'vue'
import { useTranslate } from '../services/i18n'
import { useAnnotationLaneStore } from '../stores/use-annotation-lane-store'
import { useLibraryStore } from '../stores/use-library-store'
import { useOverlayStore } from '../stores/use-overlay-store'
import { useSettingsStore } from '../stores/use-settings-store'
import { useStudyStore } from '../stores/use-study-store'
import { useTimelineLayoutStore } from '../stores/use-timeline-layout-store'
import { useViewStore } from '../stores/use-view-store'
import { buildScene } from './scene'
import type { TimelineFrame } from './timeline-painter'
import { levelUnit } from './track-words'
import { useGround } from './use-ground'

/** All that the picture is drawn from; undefined while no recording is open. */
export function useTimelineFrame(): ComputedRef<TimelineFrame | undefined> {
  const library = useLibraryStore()
  const study = useStudyStore()
  const settings = useSettingsStore()
  const view = useViewStore()
  const annotations = useAnnotationLaneStore()
  const overlay = useOverlayStore()
  const layoutStore = useTimelineLayoutStore()
  const ground = useGround()
  const t = useTranslate()

  const scene = computed(() => {
    const recording = library.activeRecording
    const channel = library.active?.channel ?? 0
    if (recording === undefined || recording.summary.channels[channel] === undefined) return undefined
    const { channels, fftLength, mapSide } = layoutStore.layout
    return buildScene({
      recordingId: recording.recordingId,
      channel,
      channels: recording.summary.channels,
      ribbon: study.ribbonEvidence,
      map: study.mapEvidence,
      layout: { channels, fftLength, mapSide },
    })
  })
  const words = computed(() => ({
    level: levelUnit(library.activeChannel?.unit ?? null, t),
    evidence: t('timeline.legend.evidence'),
  }))

  return computed(() => {
    if (scene.value === undefined || view.sampleCount === 0) return undefined
    return {
      scene: scene.value,
      view: view.view,
      sampleCount: view.sampleCount,
      sampleRateHz: view.sampleRateHz,
      isRateKnown: library.activeChannel?.sampleRateHz !== null,
      layout: layoutStore.layout,
      score: study.score,
      selectedEvent: view.selectedEvent,
      marks: annotations.marks,
      comb: overlay.comb,
      ribbonScaleLogit: study.ribbonEvidence?.colourScaleLogit ?? 1,
      mapScaleLogit: study.mapEvidence?.colourScaleLogit ?? 1,
      colours: {
        level: settings.settings.levelColourMap,
        evidence: settings.settings.evidenceColourMap,
        ground: ground.value,
      },
      words: words.value,
    }
  })
}
