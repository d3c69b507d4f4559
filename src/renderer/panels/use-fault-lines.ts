import { computed, type Ref } from 'vue'
import type { SpectrumView } from '../../shared/app/study'
import { cursorLines } from '../charts/spectrum-cursors'
import { useOverlayStore } from '../stores/use-overlay-store'

/** The multiples of the chosen fault's line inside a spectrum, and what they are of. */
export function useFaultLines(spectrum: Readonly<Ref<SpectrumView | undefined>>) {
  const overlay = useOverlayStore()
  const faultLines = computed(() => {
    const [view, comb] = [spectrum.value, overlay.faultComb]
    if (view === undefined || comb === undefined) return []
    const { frequencyHz } = comb
    return cursorLines({ kind: 'harmonic', frequencyHz, spacingHz: frequencyHz }, view.binHz * view.amplitude.length)
  })
  const faultWords = computed(() => overlay.faultComb?.label)
  return { faultLines, faultWords }
}
