import { describe, expect, it } from 'vitest'
import { bandOfEvidence } from '../../../src/engine/diagnosis/map-band'
import type { HeldEvidence } from '../../../src/engine/study/evidence-shelf'
import { StepMap } from '../../../src/engine/timeline/step-map'
import { tinyCard } from '../../builders/tiny-model'

const stepCount = 1000
const rows = 10

/** Rows of 500 Hz from 1000 Hz on; row 6 pushes to fault in the second half, in bursts that average to 0. */
function heldEvidence(isMeasured: boolean): HeldEvidence {
  const map = new StepMap(stepCount, rows, Infinity)
  const fault = new Float32Array(rows * stepCount)
  for (let step = stepCount / 2; step < stepCount; step++) fault[step * rows + 6] = step % 10 === 0 ? 9 : -1
  const healthy = new Float32Array(rows * stepCount)
  map.keep(0, { stepCount, bins: rows, healthy, fault }, new Uint8Array(stepCount).fill(isMeasured ? 1 : 0))
  map.finish()
  const row = new Float32Array(stepCount)
  const track = {
    startSample: 0,
    stepSamples: 12,
    receptiveFieldSamples: 44,
    stepCount,
    bins: rows,
    healthy: row,
    fault: row,
    evidence: row,
  }
  const signal = {
    sampleRateHz: 12_000,
    sampleCount: 0,
    inputCount: 1,
    read: async () => row,
    forgetSamples: () => undefined,
  }
  const card = { ...tinyCard('2d', {}), sampleRateHz: 12_000 }
  const source = { id: 'evidence-1', recordingId: 'recording-1', channelIndex: 0 }
  const recorded = { sampleRateHz: 24_000, sampleCount: 24_000, bandHz: { lowHz: 1000, highHz: 6000 } }
  return { ...source, ...recorded, card, backend: 'cpu', elapsedSeconds: 1, track, outside: [], map, signal }
}

describe('the band that a 2D map sees the fault in', () => {
  it('is that of the hot row, also where its bursts average to nothing', () => {
    expect(bandOfEvidence(heldEvidence(true), { start: 0, end: 24_000 }, 500)).toEqual([4000, 4500])
    expect(bandOfEvidence(heldEvidence(true), { start: 0, end: 24_000 }, 1500)).toEqual([3500, 5000])
  })

  it('is none in the stretch before, nor where nothing was measured, nor for a waveform model', () => {
    expect(() => bandOfEvidence(heldEvidence(true), { start: 0, end: 11_000 }, 500)).toThrow('Nothing in the map')
    expect(() => bandOfEvidence(heldEvidence(false), { start: 0, end: 24_000 }, 500)).toThrow('Nothing in the map')
    const waveform = { ...heldEvidence(true), bandHz: null }
    expect(() => bandOfEvidence(waveform, { start: 0, end: 24_000 }, 500)).toThrow('looks at the waveform')
  })
})
