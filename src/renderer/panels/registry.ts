import type { Component } from 'vue'
import type { MessageKey } from '../../shared/locales/translate'
import AnnotationsPanel from './AnnotationsPanel.vue'
import BaselinePanel from './BaselinePanel.vue'
import DiagnosisPanel from './DiagnosisPanel.vue'
import EnvelopePanel from './EnvelopePanel.vue'
import IndicatorsPanel from './IndicatorsPanel.vue'
import InspectorPanel from './InspectorPanel.vue'
import LibraryPanel from './LibraryPanel.vue'
import QualityPanel from './QualityPanel.vue'
import SeverityPanel from './SeverityPanel.vue'
import SpectrumPanel from './SpectrumPanel.vue'
import TimelinePanel from './TimelinePanel.vue'
import WaveformPanel from './WaveformPanel.vue'

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
  { id: 'envelope', title: 'panel.envelope', component: EnvelopePanel, place: 'bottom' },
  { id: 'diagnosis', title: 'panel.diagnosis', component: DiagnosisPanel, place: 'bottom' },
  { id: 'annotations', title: 'panel.annotations', component: AnnotationsPanel, place: 'bottom' },
  { id: 'waveform', title: 'panel.waveform', component: WaveformPanel, place: 'bottom' },
  { id: 'indicators', title: 'panel.indicators', component: IndicatorsPanel, place: 'bottom' },
  { id: 'quality', title: 'panel.quality', component: QualityPanel, place: 'bottom' },
  { id: 'severity', title: 'panel.severity', component: SeverityPanel, place: 'bottom' },
  { id: 'baseline', title: 'panel.baseline', component: BaselinePanel, place: 'bottom' },
]
