import { computed, type ComputedRef, type Ref } from 'vue'
import { useTranslate } from '../services/i18n'
import { useLibraryStore } from '../stores/use-library-store'
import { useOverlayStore } from '../stores/use-overlay-store'
import { useTileStore } from '../stores/use-tile-store'
import { useViewStore } from '../stores/use-view-store'
import { cursorItems, sampleStretch, stretch, type ReadoutItem } from './readout-items'
import type { TimelineFrame } from './timeline-painter'

/** Values under the cursor; without one, what is in view and selected. */
export function useReadout(
  frame: ComputedRef<TimelineFrame | undefined>,
  plotWidth: Readonly<Ref<number>>,
): ComputedRef<readonly ReadoutItem[]> {
  const t = useTranslate()
  const view = useViewStore()
  const tiles = useTileStore()
  const library = useLibraryStore()
  const overlay = useOverlayStore()

  const between = ({ isRateKnown }: TimelineFrame, start: number, end: number): string =>
    isRateKnown ? stretch(view.secondsOf(start), view.secondsOf(end), t) : sampleStretch(start, end, t)

  function first(current: TimelineFrame): readonly ReadoutItem[] {
    const sample = view.cursorSample
    const { start, end } = current.view
    if (sample === undefined) {
      const value = between(current, start, end)
      return [{ label: t('timeline.read.view'), value }]
    }
    const source = {
      cache: tiles.cache,
      scene: current.scene,
      view: current.view,
      width: plotWidth.value,
      sampleRateHz: current.sampleRateHz,
      isRateKnown: current.isRateKnown,
      channel: library.active?.channel ?? 0,
      unit: library.activeChannel?.unit ?? null,
      score: current.score,
      isMapShown: current.layout.isMapShown,
    }
    return cursorItems(source, sample, view.cursorHz, t)
  }

  return computed(() => {
    void tiles.revision // the values come from tiles, which are not reactive
    const current = frame.value
    if (current === undefined) return []
    const items = [...first(current)]
    if (view.selection !== undefined) {
      const { start, end } = view.selection
      const value = between(current, start, end)
      items.push({ label: t('timeline.read.selection'), value })
    }
    if (overlay.comb !== undefined) {
      items.push({ label: '', value: t('timeline.read.comb', { label: overlay.comb.label }) })
    }
    return items
  })
}
