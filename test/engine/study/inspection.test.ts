import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EvidenceSummary, SegmentInspectionView } from '../../../src/shared/app/study'
import { expectNoTensorLeak } from '../../helpers/expect-no-tensor-leak'
import { startStudyEngine, type StudyEngine } from '../../helpers/study-engine'

let study: StudyEngine
const evidence: Record<string, EvidenceSummary> = {}
const models = ['bearing-1d', 'bearing-2d'] as const

beforeAll(async () => {
  study = await startStudyEngine()
  const { recordingId } = await study.ask('demo.open', {})
  for (const id of models) evidence[id] = await study.takeEvidence(recordingId, id)
}, 60_000)
afterAll(() => study.dispose())

const inspect = (id: string, startSeconds: number, endSeconds: number, columnLimit = 8192) =>
  study.ask('segment.inspect', { evidenceId: evidence[id].evidenceId, startSeconds, endSeconds, columnLimit })

const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length

describe.each(models)('segment.inspect of %s', (id) => {
  it.each([
    ['a segment of healthy signal', 2, 2.5],
    ['a segment of faulty signal', 25, 25.5],
    ['the whole recording', 0, 30],
    ['less than one receptive field', 25, 25.001],
    ['the very end', 29.999, 31],
  ])('adds up for %s: scores, ledger and maps', async (_, start, end) => {
    const view = await inspect(id, start, end)
    const { scores, bias, channels } = view
    expect(Math.abs(scores.logit - view.meanEvidence)).toBeLessThanOrEqual(1e-5)
    const sum = (pick: (channel: (typeof channels)[number]) => number) =>
      channels.reduce((total, channel) => total + pick(channel), 0)
    expect(scores.healthy).toBeCloseTo(sum(({ weightHealthy, pooled }) => weightHealthy * pooled) + bias.healthy, 9)
    expect(scores.fault).toBeCloseTo(sum(({ weightFault, pooled }) => weightFault * pooled) + bias.fault, 9)
    expect(scores.logit).toBeCloseTo(sum(({ push }) => push) + bias.fault - bias.healthy, 9)
    expect(view.stepCount).toBe(view.measuredStepCount)
    if (view.stepsPerColumn > 1) return
    // float32 maps of up to 45,000 positions: their mean differs from the float64 score by rounding alone
    expect(meanOf(view.rawEvidence)).toBeCloseTo(scores.logit, 4)
    expect(meanOf(view.rawHealthy)).toBeCloseTo(scores.healthy, 4)
    expect(meanOf(view.rawFault)).toBeCloseTo(scores.fault, 4)
  })

  it('pools the very feature maps that it shows', async () => {
    const view = await inspect(id, 25, 25.5)
    expect(view.features.length).toBe(Math.min(10, view.channels.length))
    for (const { index, values } of view.features) {
      expect(values.length).toBe(view.rows * view.columns)
      const g = view.channels[index].pooled
      expect(Math.abs(meanOf(values) - g)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(g)))
    }
    const pushes = view.features.map(({ index }) => Math.abs(view.channels[index].push))
    expect(pushes).toEqual([...pushes].sort((a, b) => b - a))
  })

  it('is the segment that score.get shows: same span, same logit', async () => {
    const { evidenceId } = evidence[id]
    const score = await study.ask('score.get', { evidenceId, segmentSeconds: 0.5, locale: 'en' })
    for (const index of [0, 7, score.logits.length - 1]) {
      const start = score.startSeconds + index * score.strideSeconds
      const view = await inspect(id, start, start + score.segmentSeconds)
      expect(view.startSeconds).toBeCloseTo(start, 9)
      expect(view.endSeconds - view.startSeconds).toBeCloseTo(score.segmentSeconds, 9)
      expect(Math.abs(view.scores.logit - score.logits[index])).toBeLessThanOrEqual(1e-5)
      expect(view.probability).toBeCloseTo(score.probabilities[index], 4)
    }
  })

  it('averages columns where there are more steps than asked for, without changing the ledger', async () => {
    const fine = await inspect(id, 25, 26)
    const coarse = await inspect(id, 25, 26, 64)
    expect(coarse.columns).toBeLessThanOrEqual(64)
    expect(coarse.stepsPerColumn).toBe(Math.ceil(fine.stepCount / 64))
    expect(coarse.scores.logit).toBeCloseTo(fine.scores.logit, 10) // float64 sums in another order
    const first = Array.from({ length: coarse.stepsPerColumn }, (_, i) => fine.rawEvidence[i])
    expect(coarse.rawEvidence[0]).toBeCloseTo(meanOf(Float32Array.from(first)), 4)
    expect(coarse.upsampledColumns).toBe(64)
    expect(coarse.waveformLeast.length).toBe(64)
    expect(coarse.mapStartSeconds).toBe(fine.mapStartSeconds)
  })

  it('draws the map out to the size of the input, each value at its centre', async () => {
    const view = await inspect(id, 25, 25.2)
    expect(view.upsampledEvidence.length).toBe(view.upsampledRows * view.upsampledColumns)
    expect(Math.max(...view.upsampledEvidence)).toBeLessThanOrEqual(Math.max(...view.rawEvidence) + 1e-6)
    expect(Math.min(...view.upsampledEvidence)).toBeGreaterThanOrEqual(Math.min(...view.rawEvidence) - 1e-6)
    const secondsPerColumn = (view.endSeconds - view.startSeconds) / view.upsampledColumns
    const stepSeconds = (view.mapEndSeconds - view.mapStartSeconds) / view.columns
    const topRow = (view.rows - 1) * view.columns
    const step = Math.floor(view.columns / 2)
    const centre = view.mapStartSeconds + (step + 0.5) * stepSeconds - view.startSeconds
    const column = centre / secondsPerColumn - 0.5
    const at = (x: number): number => view.upsampledEvidence[(view.upsampledRows - 1) * view.upsampledColumns + x]
    const between = at(Math.floor(column)) + (at(Math.ceil(column)) - at(Math.floor(column))) * (column % 1)
    const spread = Math.max(...view.rawEvidence) - Math.min(...view.rawEvidence)
    expect(Math.abs(between - view.rawEvidence[topRow + step])).toBeLessThan(0.1 * spread)
  })
})

describe('tensors', () => {
  it('are all freed: by the inspector and by further evidence', async () => {
    await inspect('bearing-2d', 1, 3) // both networks are loaded
    const { recordingId } = evidence['bearing-1d']
    await expectNoTensorLeak(async () => {
      for (const id of models) {
        await inspect(id, 1, 3)
        await study.takeEvidence(recordingId, id)
      }
    })
    for (const id of models) evidence[id] = await study.takeEvidence(recordingId, id)
  })
})

describe('segment.inspect', () => {
  it('shows the feature maps asked for, in that order', async () => {
    const { evidenceId } = evidence['bearing-1d']
    const view: SegmentInspectionView = await study.ask('segment.inspect', {
      evidenceId,
      startSeconds: 1,
      endSeconds: 2,
      featureChannels: [2, 0],
      columnLimit: 100,
    })
    expect(view.features.map(({ index }) => index)).toEqual([2, 0])
  })

  it('shows the waveform in the unit of the channel', async () => {
    const view = await inspect('bearing-1d', 25, 25.5)
    expect(view.waveformLeast.length).toBe(view.waveformGreatest.length)
    for (const [i, least] of view.waveformLeast.entries()) expect(least).toBeLessThanOrEqual(view.waveformGreatest[i])
    expect(Math.max(...view.waveformGreatest)).toBeGreaterThan(0.1)
    expect(Math.max(...view.waveformGreatest)).toBeLessThan(10)
  })

  it.each([
    ['a stretch behind the end', { startSeconds: 40, endSeconds: 41 }, /Seconds 40 to 41 .* spans 0 to/],
    ['a stretch of no length', { startSeconds: 3, endSeconds: 3 }, /Seconds 3 to 3/],
    ['a stretch that runs backwards', { startSeconds: 3, endSeconds: 2 }, /Seconds 3 to 2/],
    ['NaN', { startSeconds: Number.NaN, endSeconds: 2 }, /startSeconds/],
    ['a feature map that is not there', { startSeconds: 1, endSeconds: 2, featureChannels: [60] }, /feature map 60/],
    ['an unknown id', { evidenceId: 'x', startSeconds: 1, endSeconds: 2 }, /no evidence "x"/],
  ])('refuses %s', async (_, input, words) => {
    const { evidenceId } = evidence['bearing-1d']
    const asked = study.ask('segment.inspect', { evidenceId, columnLimit: 100, ...input })
    await expect(asked).rejects.toMatchObject({ code: 'bad-request', message: expect.stringMatching(words) as string })
  })
})
