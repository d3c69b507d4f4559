import { describe, expect, it } from 'vitest'
import { bandOfEvidence } from '../../../src/engine/diagnosis/map-band'
import { StepMap } from '../../../src/engine/timeline/step-map'

const stepCount = 1000
const rows = 10

/** Rows of 500 Hz from 1000 Hz on; row 6 pushes to fault in the second half, in bursts that average to 0. */
function heldMap(isMeasured: boolean) {
  const map = new StepMap(stepCount, rows, Infinity)
  const fault = new Float32Array(rows * stepCount)
  for (let step = stepCount / 2; step < stepCount; step++) fault[step * rows + 6] = step % 10 === 0 ? 9 : -1
  const healthy = new Float32Array(rows * stepCount)
  map.keep(0, { stepCount, bins: rows, healthy, fault }, new Uint8Array(stepCount).fill(isMeasured ? 1 : 0))
  map.finish()
  const track = { startSample: 0, stepSamples: 12, stepCount }
  const card = { id: 'tiny-2d', sampleRateHz: 12_000 }
  return { sampleRateHz: 24_000, bandHz: { lowHz: 1000, highHz: 6000 }, card, track, map }
}

describe('the band that a 2D map sees the fault in', () => {
  it('is that of the hot row, also where its bursts average to nothing', () => {
    expect(bandOfEvidence(heldMap(true), { start: 0, end: 24_000 }, 500)).toEqual([4000, 4500])
    expect(bandOfEvidence(heldMap(true), { start: 0, end: 24_000 }, 1500)).toEqual([3500, 5000])
  })

  it('is none in the stretch before, nor where nothing was measured, nor for a waveform model', () => {
    expect(() => bandOfEvidence(heldMap(true), { start: 0, end: 11_000 }, 500)).toThrow('Nothing in the map')
    expect(() => bandOfEvidence(heldMap(false), { start: 0, end: 24_000 }, 500)).toThrow('Nothing in the map')
    const waveform = { ...heldMap(true), bandHz: null }
    expect(() => bandOfEvidence(waveform, { start: 0, end: 24_000 }, 500)).toThrow('looks at the waveform')
  })
})
