import { describe, expect, it } from 'vitest'
import { levelRangeOf } from '../../../src/renderer/timeline/level-range'
import { combSamples } from '../../../src/renderer/timeline/comb'
import { eventAt, stepEvent, viewAround } from '../../../src/renderer/timeline/event-steps'
import { probabilityAt, valueAtFrequency } from '../../../src/renderer/timeline/readout'
import { buildScene, levelOf, requestsOf } from '../../../src/renderer/timeline/scene'
import { coverTile } from '../../../src/renderer/timeline/tile-cover'
import { dragBorder, trackHeights } from '../../../src/renderer/timeline/track-heights'
import type { EvidenceSummary, ScoreView } from '../../../src/shared/app/study'
import { firstTimelineLayout } from '../../../src/shared/app/timeline-layout'
import { makeTile } from '../../builders/tile-builder'

const channel = (name: string, sampleRateHz: number, sampleCount: number) => ({
  name,
  unit: 'g',
  sampleRateHz,
  sampleCount,
  durationSeconds: sampleCount / sampleRateHz,
})
// of the summary a scene reads the id and the step alone
const evidence = (kind: '1d' | '2d', stepSeconds: number) =>
  ({ evidenceId: `e${kind}`, kind, stepSeconds }) as EvidenceSummary
const scene = (channels: 'chosen' | 'stacked') =>
  buildScene({
    recordingId: 'r',
    channel: 1,
    channels: [channel('a', 500, 50_000), channel('b', 1000, 100_000)],
    ribbon: evidence('1d', 0.008),
    map: evidence('2d', 0.016),
    layout: { channels, fftLength: 512, mapSide: 'difference' },
  })

describe('a scene', () => {
  it('stacks every channel, each on its own rate', () => {
    const { lanes } = scene('stacked')
    expect(lanes.map(({ layer }) => layer.factor)).toEqual([0.5, 1])
    expect(scene('chosen').lanes.map((lane) => lane.channel)).toEqual([1])
  })

  it('asks for no finer level than was measured', () => {
    const { ribbon, spectrogram, overview } = scene('chosen')
    const view = { start: 0, end: 100 }
    expect(levelOf(overview, view, 500)).toBe(0)
    expect(ribbon && levelOf(ribbon, view, 500)).toBe(3) // a step is 8 samples
    expect(levelOf(spectrogram, view, 500)).toBe(6) // an eighth of a frame
  })

  it('asks for what is in view first, then the whole, then what lies beside; for hidden tracks nothing', () => {
    const viewport = { view: { start: 40_000, end: 41_000 }, width: 500, isMapShown: true, isRateKnown: true }
    const all = requestsOf(scene('chosen'), { ...viewport, shown: ['waveform', 'evidence', 'spectrogram'] })
    expect(all[0]).toMatchObject({ track: { kind: 'waveform' }, level: 1 })
    expect(new Set(all.map(({ track }) => track.kind))).toEqual(new Set(['waveform', 'evidence', 'spectrogram']))
    const few = requestsOf(scene('chosen'), { ...viewport, shown: ['probability'] })
    expect(few.every(({ track }) => track.kind === 'waveform')).toBe(true)
    const withoutMap = requestsOf(scene('chosen'), { ...viewport, isMapShown: false, shown: ['spectrogram'] })
    const withoutRate = requestsOf(scene('chosen'), { ...viewport, isRateKnown: false, shown: ['spectrogram'] })
    expect(withoutRate.every(({ track }) => track.kind === 'waveform')).toBe(true)
    expect(withoutMap.some(({ track }) => track.kind === 'evidence')).toBe(false)
  })
})

describe('heights of tracks', () => {
  const { tracks } = firstTimelineLayout
  it('fill the room by weight', () => {
    const heights = trackHeights(tracks, 700, 1)
    const sum = [...heights.values()].reduce((total, height) => total + height, 0)
    expect(sum).toBeGreaterThan(700 - 25 - 5)
    expect(sum).toBeLessThanOrEqual(700 - 25)
  })

  it('are never below what can be read: then the tracks scroll', () => {
    const heights = trackHeights(tracks, 100, 4)
    expect(heights.get('spectrogram')).toBe(64)
    expect(heights.get('waveform')).toBe(120)
  })

  it('a dragged border gives one what it takes from the other, down to its least', () => {
    const heights = trackHeights(tracks, 700, 1)
    const dragged = dragBorder(heights, 'waveform', 'probability', 30, 1)
    expect(dragged.get('waveform')).toBe((heights.get('waveform') ?? 0) + 30)
    expect(dragged.get('probability')).toBe((heights.get('probability') ?? 0) - 30)
    expect(dragBorder(heights, 'waveform', 'probability', 3000, 1).get('probability')).toBe(36)
    expect(dragBorder(heights, 'waveform', 'probability', -3000, 1).get('waveform')).toBe(44)
  })
})

describe('events', () => {
  const event = (startSeconds: number, endSeconds: number) => ({
    startSeconds,
    endSeconds,
    peakProbability: 1,
    evidence: 3,
  })
  const events = [event(1, 2), event(5, 6), event(8, 9)]

  it('are found under the pointer', () => {
    expect(eventAt(events, 5500, 1000)).toBe(1)
    expect(eventAt(events, 6000, 1000)).toBeUndefined()
  })

  it('follow one another from the selected one, else from the middle of the view', () => {
    expect(stepEvent(events, 1, 0, 1)).toBe(2)
    expect(stepEvent(events, 2, 0, 1)).toBeUndefined()
    expect(stepEvent(events, undefined, 4, 1)).toBe(1)
    expect(stepEvent(events, undefined, 4, -1)).toBe(0)
    expect(stepEvent([], undefined, 4, 1)).toBeUndefined()
  })

  it('stand in the middle of their view, which grows for a long one', () => {
    expect(viewAround({ start: 1000, end: 2000 }, { start: 0, end: 4000 })).toEqual({ start: -500, end: 3500 })
    expect(viewAround({ start: 1000, end: 2000 }, { start: 0, end: 100 })).toEqual({ start: 750, end: 2250 })
  })
})

describe('values at the cursor', () => {
  it('are those of the row that the frequency falls in', () => {
    const tile = makeTile({ rows: 4, columns: 3, lowHz: 0, highHz: 100 }, (row, column) => 10 * row + column)
    expect(valueAtFrequency(tile, 2, 60)).toBe(22)
    expect(valueAtFrequency(tile, 2, 160)).toBeUndefined()
  })

  it('take the probability of the segment whose middle is nearest', () => {
    const score = {
      startSeconds: 1,
      strideSeconds: 0.5,
      segmentSeconds: 1,
      probabilities: Float32Array.of(0.25, 0.5, 0.75),
    } as ScoreView // of which the function reads these alone
    expect(probabilityAt(score, 1.1)).toBe(0.25)
    expect(probabilityAt(score, 2.1)).toBe(0.5)
    expect(probabilityAt(score, 2.9)).toBe(0.75)
    expect(probabilityAt(score, 3.1)).toBeUndefined()
    expect(probabilityAt(score, 0.9)).toBeUndefined()
  })
})

describe('colours of levels', () => {
  const pieces = (value: (column: number) => number) => {
    const tile = makeTile({ columns: 200 }, (_, column) => value(column))
    return coverTile(tile, () => tile)
  }
  it('span from the floor to the loudest, in steps of 5 dB', () => {
    expect(levelRangeOf(pieces((column) => -80 + column / 4))).toEqual([-70, -30])
  })
  it('are at least 20 and at most 90 dB wide, and none where nothing is measured', () => {
    expect(levelRangeOf(pieces(() => -50))).toEqual([-70, -50])
    expect(levelRangeOf(pieces((column) => (column < 100 ? -300 : 0)))).toEqual([-90, 0])
    expect(levelRangeOf(pieces(() => Number.NaN))).toBeUndefined()
  })
})

describe('a comb', () => {
  const comb = { label: 'BPFO', originSeconds: 0.25, periodSeconds: 0.1 }
  it('has a line at every period from its origin, before it too', () => {
    const samples = combSamples(comb, { view: { start: 0, end: 500 }, left: 0, width: 500 }, 1000, 1)
    expect(samples.map((sample) => Math.round(sample))).toEqual([50, 150, 250, 350, 450])
  })
  it('has none where lines would run together', () => {
    expect(combSamples(comb, { view: { start: 0, end: 50_000 }, left: 0, width: 500 }, 1000, 1)).toEqual([])
  })
})
