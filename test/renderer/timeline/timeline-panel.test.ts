// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import TimelinePanel from '../../../src/renderer/panels/TimelinePanel.vue'
import { useLibraryStore } from '../../../src/renderer/stores/use-library-store'
import { useStudyStore } from '../../../src/renderer/stores/use-study-store'
import { useTimelineLayoutStore } from '../../../src/renderer/stores/use-timeline-layout-store'
import { useViewStore } from '../../../src/renderer/stores/use-view-store'
import TrackBorder from '../../../src/renderer/timeline/TrackBorder.vue'
import type { Locale } from '../../../src/shared/locales/translate'
import { fakeServices } from '../../helpers/fake-services'
import { mountPanel } from '../../helpers/mount-panel'

const opened = {
  recordingId: 'r1',
  summary: {
    channels: [
      { name: 'drive end', unit: 'm/s2', sampleRateHz: 1000, sampleCount: 20_000, durationSeconds: 20 },
      { name: 'fan end', unit: 'm/s2', sampleRateHz: 1000, sampleCount: 20_000, durationSeconds: 20 },
    ],
  },
}
let panel: VueWrapper | undefined

async function openPanel(locale: Locale = 'en') {
  const { services, asked } = fakeServices({ 'recording.open': () => opened, 'settings.rememberSession': () => ({}) })
  panel = mountPanel(TimelinePanel, services, locale)
  useStudyStore() // puts the channel on the axis
  await useLibraryStore().open([{ handle: 'h', name: 'pump.wav', bytes: 1 }])
  await flushPromises()
  return { panel, asked }
}
const plots = (wrapper: VueWrapper) => wrapper.findAll('[data-plot]').map((plot) => plot.attributes('data-plot'))

describe('the timeline panel', () => {
  afterEach(() => panel?.unmount())

  it('says what to do while nothing is open', () => {
    panel = mountPanel(TimelinePanel, fakeServices({}).services)
    expect(panel.text()).toBe('Choose a recording to see it here.')
  })

  it('has a track for each thing to see, which can be focused and say what they are', async () => {
    const { panel: wrapper } = await openPanel()
    expect(plots(wrapper)).toEqual([
      'overview',
      'time',
      'waveform',
      'probability',
      'evidence',
      'spectrogram',
      'annotations',
    ])
    const spectrogram = wrapper.get('[data-plot=spectrogram]')
    expect(spectrogram.attributes('tabindex')).toBe('0')
    expect(spectrogram.attributes('aria-label')).toBe(
      'Spectrogram. Spectrogram, frequency in Hz against time, level in dB re 1 (m/s²)²/Hz.',
    )
    expect(wrapper.get('[data-plot=probability]').text()).toBe('Not analysed yet.')
  })

  it('speaks Chinese throughout', async () => {
    const { panel: wrapper } = await openPanel('zh-CN')
    expect(wrapper.get('[data-plot=waveform]').attributes('aria-label')).toMatch(/^波形/)
    expect(wrapper.text().replaceAll('logit', '')).not.toMatch(/[a-z]{5,}/) // the unit stays
  })

  it('hides and moves tracks', async () => {
    const { panel: wrapper } = await openPanel()
    const layout = useTimelineLayoutStore()
    layout.setShown('annotations', false)
    layout.move('waveform', 1)
    await flushPromises()
    expect(plots(wrapper).slice(2)).toEqual(['probability', 'waveform', 'evidence', 'spectrogram'])
  })

  it('moves a border by keys', async () => {
    const { panel: wrapper } = await openPanel()
    const border = wrapper.getComponent(TrackBorder)
    expect(border.attributes('aria-label')).toBe('Height of Waveform against Probability')
    await border.trigger('keydown', { key: 'ArrowDown' })
    await border.trigger('keydown', { key: 'ArrowUp' })
    expect(border.emitted('drag')).toEqual([[8], [-8]])
  })

  it('shows cursor and selection over all tracks, and their values below', async () => {
    const { panel: wrapper } = await openPanel()
    const view = useViewStore()
    expect(wrapper.text()).toContain('0.00 s to 20.00 s (20 s)')
    view.setCursor(5000)
    view.select({ start: 10_000, end: 15_000 })
    await flushPromises()
    expect(wrapper.get('[data-mark=cursor]').attributes('style')).toContain('25%')
    expect(wrapper.get('[data-mark=selection]').attributes('style')).toMatch(/left: 50%.*width: 25%/)
    expect(wrapper.text()).toContain('5.00 s')
    expect(wrapper.text()).toContain('10.000 s to 15.000 s (5 s)')
  })
})
