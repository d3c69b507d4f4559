import type { Component } from 'vue'
import type { MessageKey } from '../../shared/locales/translate'
import InspectorPanel from './InspectorPanel.vue'
import LibraryPanel from './LibraryPanel.vue'
import SpectrumPanel from './SpectrumPanel.vue'
import TimelinePanel from './TimelinePanel.vue'

export interface PanelEntry {
  readonly id: string
  readonly title: MessageKey
  readonly component: Component
  /** Where it stands in the first layout; tabs of one place stand in the order of this list. */
  readonly place: 'left' | 'centre' | 'right' | 'bottom'
}

/** Every panel of the window. A new one is a line here, a component in this folder and a title in the catalogues. */
export const panels: readonly PanelEntry[] = [
  { id: 'library', title: 'panel.library', component: LibraryPanel, place: 'left' },
  { id: 'timeline', title: 'panel.timeline', component: TimelinePanel, place: 'centre' },
  { id: 'inspector', title: 'panel.inspector', component: InspectorPanel, place: 'right' },
  { id: 'spectrum', title: 'panel.spectrum', component: SpectrumPanel, place: 'bottom' },
]
