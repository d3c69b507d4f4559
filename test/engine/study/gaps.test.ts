import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EvidenceSummary } from '../../../src/shared/app/study'
import type { TrackSpec } from '../../../src/shared/app/tracks'
import { createRandom } from '../../../src/shared/random'
import { startStudyEngine, type StudyEngine } from '../../helpers/study-engine'

const rateHz = 25_600
const gap = { start: 60_000, end: 70_000 }
const models = ['bearing-1d', 'bearing-2d'] as const
let study: StudyEngine
let recordingId: string
const evidence: Record<string, EvidenceSummary> = {}

beforeAll(async () => {
  study = await startStudyEngine()
  const random = createRandom('gaps')
  const samples = Float32Array.from({ length: 5 * rateHz }, (_, n) => random.normal() * (n % 256 < 20 ? 3 : 1))
  const file = await study.writeWav('gap.wav', samples.fill(Number.NaN, gap.start, gap.end), rateHz)
  recordingId = (await study.ask('recording.open', { file, read: {} })).recordingId
  for (const id of models) evidence[id] = await study.takeEvidence(recordingId, id)
}, 60_000)
afterAll(() => study.dispose())

/** Columns of a row that hold nothing, as the samples that they span: [first, end). */
async function emptyStretch(track: TrackSpec, level: number, row: number): Promise<readonly [number, number]> {
  const empty: number[] = []
  for (let index = 0; index * 256 * 2 ** level < 5 * rateHz; index++) {
    const { values, columns } = await study.ask('tile.get', { track, level, index })
    for (let column = 0; column < columns; column++) {
      const start = (index * 256 + column) * 2 ** level
      // the map begins and ends half a receptive field from the ends
      const isInside = start > 1000 && start < 5 * rateHz - 1000
      if (isInside && Number.isNaN(values[row * columns + column])) empty.push(start)
    }
  }
  return [empty[0], (empty.at(-1) ?? 0) + 2 ** level]
}

describe('a stretch that was not measured', () => {
  it.each([0, 3, 6, 8])('is NaN in the waveform, at level %i', async (level) => {
    const width = 2 ** level
    const track = { kind: 'waveform' as const, recordingId, channel: 0 }
    const [first, end] = await emptyStretch(track, level, 0)
    expect([first, end]).toEqual([Math.ceil(gap.start / width) * width, Math.floor(gap.end / width) * width])
  })

  it('is NaN in the spectrogram, and half a frame about it', async () => {
    const track = { kind: 'spectrogram' as const, recordingId, channel: 0, fftLength: 256 as const }
    const [first, end] = await emptyStretch(track, 4, 20)
    expect(Math.abs(first - (gap.start - 128))).toBeLessThanOrEqual(16)
    expect(Math.abs(end - (gap.end + 128))).toBeLessThanOrEqual(16)
  })

  it.each(models)('is NaN in the evidence of %s, and about half a receptive field about it', async (id) => {
    const { evidenceId, receptiveFieldSeconds, rows } = evidence[id]
    const track = { kind: 'evidence' as const, evidenceId, side: 'difference' as const }
    const [first, end] = await emptyStretch(track, 4, rows - 1)
    const half = (receptiveFieldSeconds * rateHz) / 2
    // the resampling filter reaches a little further than the receptive field
    expect(first).toBeGreaterThan(gap.start - half - 400)
    expect(first).toBeLessThan(gap.start)
    expect(end).toBeGreaterThan(gap.end)
    expect(end).toBeLessThan(gap.end + half + 400)
  })

  it.each(models)('is left out of the ledger of %s, which adds up all the same', async (id) => {
    const { evidenceId } = evidence[id]
    const view = await study.ask('segment.inspect', { evidenceId, startSeconds: 2, endSeconds: 3, columnLimit: 8192 })
    expect(view.measuredStepCount).toBeLessThan(view.stepCount)
    expect(view.measuredStepCount).toBeGreaterThan(0.4 * view.stepCount)
    expect(Math.abs(view.scores.logit - view.meanEvidence)).toBeLessThanOrEqual(1e-5)
    const isEmpty = [...view.rawEvidence.subarray(0, view.columns)].map(Number.isNaN)
    expect(isEmpty.filter(Boolean).length).toBe(view.stepCount - view.measuredStepCount)
    expect([...view.features[0].values.subarray(0, view.columns)].map(Number.isNaN)).toEqual(isEmpty)
    const whole = [...view.rawEvidence].filter((value) => !Number.isNaN(value))
    const mean = whole.reduce((sum, value) => sum + value, 0) / whole.length
    expect(mean).toBeCloseTo(view.scores.logit, 4)
  })

  it.each(models)('by itself has no verdict, of %s', async (id) => {
    const { evidenceId } = evidence[id]
    const inside = { startSeconds: gap.start / rateHz + 0.1, endSeconds: gap.end / rateHz - 0.1, columnLimit: 64 }
    const view = await study.ask('segment.inspect', { evidenceId, ...inside })
    expect(view).toMatchObject({ verdict: 'not-applicable', probability: null, measuredStepCount: 0 })
    expect(view.waveformLeast.every(Number.isNaN)).toBe(true)
    const score = await study.ask('score.get', { evidenceId, segmentSeconds: 0.1, locale: 'en' })
    const index = Math.round((gap.start / rateHz + 0.1) / score.strideSeconds)
    expect(Number.isNaN(score.logits[index])).toBe(true)
    expect(Number.isFinite(score.logits[0])).toBe(true)
  })
})
