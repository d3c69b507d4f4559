import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnalysisResult } from '../../../src/shared/analysis'
import type { EvidenceSummary } from '../../../src/shared/app/study'
import { startStudyEngine, type StudyEngine } from '../../helpers/study-engine'

let study: StudyEngine
let recordingId: string
let analysed: readonly AnalysisResult[]
const evidence: Record<string, EvidenceSummary> = {}
const models = ['bearing-1d', 'bearing-2d'] as const

beforeAll(async () => {
  study = await startStudyEngine()
  const { jobId } = await study.ask('demo.create', { locale: 'en' })
  analysed = (await study.ask('analysis.result', { jobId })).results
  recordingId = (await study.ask('demo.open', {})).recordingId
  for (const id of models) evidence[id] = await study.takeEvidence(recordingId, id)
}, 60_000)
afterAll(() => study.dispose())

const resultOf = (id: string): AnalysisResult => {
  const found = analysed.find(({ model }) => model.id === id)
  if (found === undefined) throw new Error(`no result of ${id}`)
  return found
}

describe('score.get', () => {
  it.each(models)('says of %s what analyze says, number for number', async (id) => {
    const expected = resultOf(id)
    const { evidenceId, defaultSegmentSeconds } = evidence[id]
    const view = await study.ask('score.get', { evidenceId, segmentSeconds: defaultSegmentSeconds, locale: 'en' })
    const { verdict, label, probability, score, reasons, events } = view
    const { segments, ...rest } = expected
    expect({ verdict, label, probability, score, reasons, events }).toEqual({
      verdict: rest.verdict,
      label: rest.label,
      probability: rest.probability,
      score: rest.score,
      reasons: rest.reasons,
      events: rest.events,
    })
    expect(view.strideSeconds).toBe(expected.settings.segmentStrideSeconds)
    expect([...view.logits]).toEqual(segments.map(({ logit }) => logit))
    expect([...view.probabilities]).toEqual(segments.map((segment) => segment.probability))
    const last = segments[segments.length - 1]
    const lastStart = view.startSeconds + (segments.length - 1) * view.strideSeconds
    expect(lastStart).toBeCloseTo(last.startSeconds, 9)
    expect(lastStart + view.segmentSeconds).toBeCloseTo(last.endSeconds, 9)
  })

  it('follows the threshold: lower finds more of a fault, the healthy one never above it', async () => {
    const { evidenceId } = evidence['bearing-1d']
    const ask = (faultThreshold: number) =>
      study.ask('score.get', { evidenceId, segmentSeconds: 0.5, faultThreshold, locale: 'en' })
    const strict = await ask(0.999999)
    const lax = await ask(0.05)
    const secondsOf = ({ events }: typeof strict) =>
      events.reduce((sum, event) => sum + event.endSeconds - event.startSeconds, 0)
    expect(secondsOf(lax)).toBeGreaterThan(secondsOf(strict))
    expect(lax.thresholds).toEqual({ healthy: 0.05, fault: 0.05 })
    expect(lax.verdict).toBe('fault')
    expect(lax.logits).toEqual(strict.logits)
  })

  it('tells at most 20,000 segments, and finds events and verdict in all', async () => {
    const { evidenceId, receptiveFieldSeconds } = evidence['bearing-1d']
    const view = await study.ask('score.get', { evidenceId, segmentSeconds: 1e-6, locale: 'en' })
    expect(view.segmentSeconds).toBeCloseTo(receptiveFieldSeconds, 9)
    expect(view.logits.length).toBeLessThanOrEqual(20_000)
    expect(view.logits.length).toBeGreaterThan(10_000)
    expect(view.score).toEqual(resultOf('bearing-1d').score)
  })

  it('says its reasons in the language asked for', async () => {
    const { evidenceId } = evidence['bearing-1d']
    const view = await study.ask('score.get', { evidenceId, segmentSeconds: 0.5, locale: 'zh-CN' })
    expect(view.reasons[0]).toMatch(/\p{Script=Han}/u)
  })

  it.each([
    ['an unknown id', { evidenceId: 'evidence-99', segmentSeconds: 1 }, /There is no evidence "evidence-99"/],
    ['a segment of no length', { segmentSeconds: 0 }, /segmentSeconds/],
    ['a segment that is no number', { segmentSeconds: Number.NaN }, /segmentSeconds/],
    ['a threshold above 1', { segmentSeconds: 1, faultThreshold: 1.5 }, /faultThreshold/],
  ])('refuses %s in one sentence', async (_, input, words) => {
    const { evidenceId } = evidence['bearing-1d']
    const asked = study.ask('score.get', { evidenceId, locale: 'en', ...input })
    await expect(asked).rejects.toMatchObject({ code: 'bad-request', message: expect.stringMatching(words) as string })
  })
})
