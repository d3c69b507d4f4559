import { describe, expect, it } from 'vitest'
import { exampleActivationMap, exampleScores } from '../../../src/renderer/inspector/worked-example'
import { scoreLedger } from '../../../src/renderer/inspector/strongest-channels'
import { segmentAt, tellingSegment } from '../../../src/renderer/inspector/inspected-range'

describe("the mission's worked example, as the page shows it", () => {
  it('scores 3.8 and 2.2', () => expect(exampleScores()).toEqual([3.8, 2.2]))

  it("maps by the mission's formula", () =>
    expect(exampleActivationMap()).toEqual([
      [2.5, 3.8],
      [5.1, 6.4],
    ]))
})

describe('the ledger of scores', () => {
  it('loses nothing: rows and others add up to Σ W·g', () => {
    const channels = Array.from({ length: 14 }, (_, index) => {
      const [pooled, weightHealthy, weightFault] = [index + 0.5, 0.1 * index - 0.7, 0.3 - 0.05 * index]
      return { index, pooled, weightHealthy, weightFault, push: (weightFault - weightHealthy) * pooled }
    })
    const { rows, others } = scoreLedger({ channels }, 10)
    const total = rows.reduce((sum, { faultTerm }) => sum + faultTerm, others.faultTerm)
    expect(total).toBeCloseTo(
      channels.reduce((sum, { weightFault, pooled }) => sum + weightFault * pooled, 0),
      12,
    )
    expect(others.count).toBe(4)
    expect(Math.abs(rows[0].push)).toBe(Math.max(...channels.map(({ push }) => Math.abs(push))))
  })
})

describe('the inspected segment', () => {
  const score = {
    startSeconds: 0.1,
    strideSeconds: 0.25,
    segmentSeconds: 0.5,
    logits: Float32Array.of(-1, Number.NaN, 3, 0),
    events: [],
    verdict: 'fault' as const,
  }
  it('is the one whose middle is nearest to the cursor', () => {
    const range = segmentAt(score, 0.62)
    expect(range?.startSeconds).toBeCloseTo(0.35, 12)
    expect(range?.endSeconds).toBeCloseTo(0.85, 12)
    expect(segmentAt(score, 1e6)?.startSeconds).toBeCloseTo(0.85, 12)
  })
  it('is the one that pushes most where nobody points, to the side of the verdict', () => {
    expect(tellingSegment(score)?.startSeconds).toBeCloseTo(0.6, 12)
    expect(tellingSegment({ ...score, verdict: 'healthy' })?.startSeconds).toBeCloseTo(0.1, 12)
    expect(tellingSegment({ ...score, logits: Float32Array.of(Number.NaN) })).toBeUndefined()
  })
})
