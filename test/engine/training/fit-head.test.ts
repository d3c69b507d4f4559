import { describe, expect, it } from 'vitest'
import { fitHead } from '../../../src/engine/training/fit-head'
import golden from '../../golden/training-metrics.json'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const { head } = golden
const data = {
  features: Float64Array.from(head.features.flat()),
  featureCount: 4,
  labels: head.labels.map((label) => (label === 1 ? 1 : -1) as 1 | -1),
  weights: Float64Array.from(head.exampleWeights),
}

describe('logistic head', () => {
  it('is the minimum that SciPy finds', () => {
    const fitted = fitHead(data, { penalty: head.free.penalty, signs: undefined })
    expectArraysClose(fitted.weights, head.free.weights, 1e-4) // as close as L-BFGS-B comes
    expect(fitted.bias).toBeCloseTo(head.free.bias, 3)
  })

  it('keeps the signs that it is given, and is the bounded minimum that SciPy finds', () => {
    const fitted = fitHead(data, { penalty: head.bounded.penalty, signs: [1, -1, 1, 1] })
    expectArraysClose(fitted.weights, head.bounded.weights, 1e-4)
    expect(fitted.bias).toBeCloseTo(head.bounded.bias, 3)
    expect(fitted.weights[1]).toBeLessThanOrEqual(0)
  })

  it('does not depend on the scale of a feature', () => {
    const scaled = { ...data, features: data.features.map((value, i) => (i % 4 === 2 ? 1000 * value : value)) }
    const settings = { penalty: 0.05, signs: undefined }
    const fitted = fitHead(scaled, settings)
    expect(fitted.weights[2] * 1000).toBeCloseTo(fitHead(data, settings).weights[2], 6)
  })

  it('refuses one label only', () => {
    const one = { ...data, labels: data.labels.map(() => 1 as const) }
    expect(() => fitHead(one, { penalty: 0.1, signs: undefined })).toThrow('healthy and faulty')
  })
})
