import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useTimelineLayoutStore } from '../../../src/renderer/stores/use-timeline-layout-store'
import { firstTimelineLayout } from '../../../src/shared/app/timeline-layout'

describe('the layout of the timeline', () => {
  beforeEach(() => setActivePinia(createPinia()))
  const order = () => useTimelineLayoutStore().layout.tracks.map(({ id }) => id)

  it('moves a track past its next shown neighbour', () => {
    const store = useTimelineLayoutStore()
    store.setShown('probability', false)
    store.move('waveform', 1)
    expect(order()).toEqual(['probability', 'evidence', 'waveform', 'spectrogram', 'annotations'])
    store.move('annotations', 1)
    expect(order().at(-1)).toBe('annotations')
  })

  it('comes back as it was kept', () => {
    const store = useTimelineLayoutStore()
    store.setShown('evidence', false)
    store.change({ mapSide: 'fault', levelRangeDb: [-90, -20] })
    const kept: unknown = JSON.parse(JSON.stringify(store.layout))
    store.restore(firstTimelineLayout)
    store.restore(kept)
    expect(store.layout).toEqual(kept)
    expect(store.shownTracks).toHaveLength(4)
  })

  it('takes nothing that is no layout', () => {
    const store = useTimelineLayoutStore()
    const twice = firstTimelineLayout.tracks.map((track) => ({ ...track, id: 'waveform' }))
    expect(() => store.restore({ ...firstTimelineLayout, tracks: twice })).toThrow(/every track once/)
    expect(() => store.restore({ ...firstTimelineLayout, levelRangeDb: [0, -10] })).toThrow(/low below high/)
    expect(store.layout).toEqual(firstTimelineLayout)
  })
})
