import { computed, type ComputedRef } from 'vue'
import type { EvidenceSummary, ScoreView } from '../../shared/app/study'
import type { TimelineLayout } from '../../shared/app/timeline-layout'
import type { Translate } from '../../shared/locales/translate'
import { formatProbability, formatSignificant } from '../../shared/number-words'
import { formatSeconds } from '../services/format'
import { useTranslate } from '../services/i18n'
import { useAnnotationLaneStore } from '../stores/use-annotation-lane-store'
import { useLibraryStore } from '../stores/use-library-store'
import { useStudyStore } from '../stores/use-study-store'
import { useTimelineLayoutStore } from '../stores/use-timeline-layout-store'
import { useViewStore } from '../stores/use-view-store'
import { timeUnitOf } from './ticks'
import type { CanvasId } from './timeline-painter'
import { levelUnit, prettyUnit } from './track-words'

export interface TrackWords {
  readonly title: string
  /** Under the title. */
  readonly units: readonly string[]
  /** What a screen reader says of the picture. */
  readonly description: string
}

/** Titles, units and descriptions of the tracks, in the page's language. */
export function useTrackWords(): ComputedRef<Record<CanvasId, TrackWords>> {
  const t = useTranslate()
  const library = useLibraryStore()
  const study = useStudyStore()
  const layout = useTimelineLayoutStore()
  const annotations = useAnnotationLaneStore()
  const overview = useOverviewWords(t)
  const timeTitle = useTimeTitle(t)

  return computed(() => {
    const unit = library.activeChannel?.unit ?? null
    const unitText = unit === null ? t('timeline.unit-unknown') : prettyUnit(unit)
    const scale = formatSignificant(study.ribbonEvidence?.colourScaleLogit ?? null)
    const words = (id: Exclude<CanvasId, 'time'>, units: readonly string[], description: string): TrackWords => ({
      title: t(`timeline.track.${id}`),
      units,
      description,
    })
    return {
      overview: words('overview', [], overview.value),
      time: { title: timeTitle.value, units: [], description: '' },
      waveform: words('waveform', [unitText], t('timeline.describe.waveform', { unit: unitText })),
      probability: words('probability', [], describeProbability(study.score, t)),
      evidence: words('evidence', [t('legend.evidence')], t('timeline.describe.evidence', { scale })),
      spectrogram: words(
        'spectrogram',
        [t('unit.frequency'), levelUnit(unit, t), ...(study.mapEvidence === undefined ? [] : [t('legend.evidence')])],
        describeSpectrogram(unit, study.mapEvidence, layout.layout, t),
      ),
      annotations: words('annotations', [], t('timeline.describe.annotations', { count: annotations.marks.length })),
    }
  })
}

function useOverviewWords(t: Translate): ComputedRef<string> {
  const view = useViewStore()
  const time = (sample: number): string => formatSeconds(view.secondsOf(sample), t)
  return computed(() =>
    t('timeline.describe.overview', {
      duration: time(view.sampleCount),
      start: time(view.view.start),
      end: time(view.view.end),
    }),
  )
}

function useTimeTitle(t: Translate): ComputedRef<string> {
  const view = useViewStore()
  const library = useLibraryStore()
  return computed(() => {
    if (library.activeChannel?.sampleRateHz === null) return t('timeline.track.samples')
    const { start, end } = view.view
    const unit = timeUnitOf(view.secondsOf(end - start), view.secondsOf(end))
    return t('timeline.track.time', { unit: t(`timeline.time.${unit}`) })
  })
}

function describeProbability(score: ScoreView | undefined, t: Translate): string {
  if (score === undefined) return t('timeline.wait.score')
  return t('timeline.describe.probability', {
    fault: formatProbability(score.thresholds.fault),
    healthy: formatProbability(score.thresholds.healthy),
    count: score.events.length,
  })
}

function describeSpectrogram(
  unit: string | null,
  map: EvidenceSummary | undefined,
  { isMapShown, mapSide }: TimelineLayout,
  t: Translate,
): string {
  const level = levelUnit(unit, t)
  if (map === undefined || !isMapShown) return t('timeline.describe.spectrogram', { unit: level })
  return t('timeline.describe.spectrogram-map', {
    unit: level,
    side: t(`timeline.set.map-side.${mapSide}`),
    scale: formatSignificant(map.colourScaleLogit),
  })
}
