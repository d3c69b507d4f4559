// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { spectrumOption } from '../../../src/renderer/charts/spectrum-option'
import { faultCombOf } from '../../../src/renderer/diagnosis/fault-comb'
import { useOverlayStore } from '../../../src/renderer/stores/use-overlay-store'
import type { Hypothesis } from '../../../src/shared/diagnosis/diagnosis'
import { translate, type Translate } from '../../../src/shared/locales/translate'

const t: Translate = (key, values) => translate('en', key, values ?? {})
const outer: Hypothesis = {
  part: 'outer-race',
  orders: 3.585,
  expectedHz: 107.3,
  isJudged: true,
  isIndicated: true,
  bandHz: [2000, 4000],
  foundHz: 107,
  offPercent: -0.3,
  strengthDb: 20,
  depth: 0.5,
  quality: 1,
  lines: [],
  evidenceFor: [],
  evidenceAgainst: [],
}

describe('the comb of a fault in the spectra', () => {
  it('stands where the fault was found, or else where it is expected', () => {
    expect(faultCombOf(outer, undefined, t)).toEqual({
      label: 'outer race: found at 107 Hz, and its multiples',
      frequencyHz: 107,
    })
    const unfound = { ...outer, foundHz: null, isIndicated: false }
    expect(faultCombOf(unfound, 'outer-race', t)?.frequencyHz).toBe(107.3)
  })

  it('is not drawn for a fault that is neither indicated nor chosen', () => {
    const noSign = { ...outer, isIndicated: false }
    expect(faultCombOf(noSign, undefined, t)).toBeUndefined()
    expect(faultCombOf(noSign, 'inner-race', t)).toBeUndefined()
    expect(faultCombOf(undefined, 'inner-race', t)).toBeUndefined()
  })

  it('is kept by the store beside the comb over the timeline', () => {
    setActivePinia(createPinia())
    const overlay = useOverlayStore()
    overlay.setFaultComb({ label: 'outer race', frequencyHz: 107 })
    expect(overlay.faultComb).toEqual({ label: 'outer race', frequencyHz: 107 })
    expect(overlay.comb).toBeUndefined()
  })

  it('has a colour of its own beside the cursor, at the place on the axis of the unit', () => {
    const colours = {
      ink: 'ink',
      muted: 'muted',
      line: 'line',
      panel: 'panel',
      accent: 'accent',
      fault: 'fault',
      healthy: 'healthy',
      uncertain: 'uncertain',
    }
    const { series } = spectrumOption({
      spectrum: {
        kind: 'spectrum',
        amplitude: Float32Array.of(0, 1, 0, 0),
        binHz: 100,
        bandwidthHz: 150,
        unit: 'g',
        averageCount: 1,
        frameLength: 8,
        bandHz: null,
        peaks: [],
      },
      scale: { unit: 'cpm', factor: 60 },
      isDb: false,
      cursors: [{ label: '', frequencyHz: 100 }],
      faultLines: [{ label: '2×', frequencyHz: 214 }],
      colours,
      t,
    })
    expect(series[0].markLine.data).toEqual([
      {
        name: '2×',
        xAxis: 12_840,
        lineStyle: { color: 'uncertain', type: 'solid', width: 1 },
        label: { color: 'uncertain' },
      },
      { name: '', xAxis: 6000, lineStyle: { color: 'fault', type: 'dashed', width: 1 }, label: { color: 'fault' } },
    ])
  })
})
