import { describe, expect, it } from 'vitest'
import { classActivationMap, confidenceScore, evidenceMap, globalAverages } from '../../../src/engine/explain/cam'
import { createRandom } from '../../../src/shared/random'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

/** W of the mission's worked examples (cam-principles.md): 2 classes × 3 channels. */
const weights = [
  [0.5, 1.0, -0.2],
  [-0.3, 0.8, 0.4],
]
/** f_1, f_2, f_3 of the mission's example, [2 × 2] each, here as [4 positions × 3 channels]. */
const f = [
  [1, 2, 3, 4],
  [2, 3, 4, 5],
  [0, 1, 2, 3],
]
const features = Float32Array.from({ length: 12 }, (_, i) => f[i % 3][Math.floor(i / 3)])

describe("the mission's worked examples", () => {
  it('scores 3.8 and 2.2 from GAP [2, 3, 1]', () => {
    expect(confidenceScore([2, 3, 1], weights[0], 0)).toBeCloseTo(3.8, 12)
    expect(confidenceScore([2, 3, 1], weights[1], 0)).toBeCloseTo(2.2, 12)
  })

  it('maps class 0 to [[2.5, 3.8], [5.1, 6.4]] = 0.5 · f1 + 1.0 · f2 − 0.2 · f3', () => {
    expectArraysClose(classActivationMap(features, weights[0]), [2.5, 3.8, 5.1, 6.4], 1e-6)
  })

  it('prints [[2.5, 4.8], [6.6, 8.4]], which is that formula with f1 weighted 1.0 in all cells but the first', () => {
    // An arithmetic slip of the document: its own definitions, S = mean(CAM), only hold for the map above.
    const printed = [2.5, 4.8, 6.6, 8.4]
    const slipped = classActivationMap(features, [1.0, 1.0, -0.2])
    expectArraysClose([2.5, ...slipped.slice(1)], printed, 1e-6)
    const score = confidenceScore(globalAverages(features, 3), weights[0], 0)
    expect(score).toBeCloseTo((2.5 + 3.8 + 5.1 + 6.4) / 4, 6)
    expect(Math.abs(score - printed.reduce((sum, value) => sum + value, 0) / 4)).toBeGreaterThan(1)
  })
})

describe('on random networks', () => {
  it.each([
    [1, 1],
    [7, 3],
    [500, 16],
    [60 * 24, 9],
  ])('mean(CAM) + b is the confidence score (%i positions, %i maps)', (positions, featureCount) => {
    const random = createRandom(`cam ${positions}`)
    const maps = Float32Array.from({ length: positions * featureCount }, () => random.normal())
    const rows = [0, 1].map(() => Float32Array.from({ length: featureCount }, () => random.normal()))
    const bias = [random.normal(), random.normal()]
    const pooled = globalAverages(maps, featureCount)
    const cams = rows.map((row) => classActivationMap(maps, row))
    const scores = rows.map((row, n) => confidenceScore(pooled, row, bias[n]))
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / positions
    expectArraysClose(
      cams.map((cam, n) => mean(cam) + bias[n]),
      scores,
      1e-5,
    )
    const evidence = evidenceMap({ map: cams[0], bias: bias[0] }, { map: cams[1], bias: bias[1] })
    expect(mean(evidence)).toBeCloseTo(scores[1] - scores[0], 5)
  })
})
