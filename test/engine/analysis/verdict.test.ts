import { describe, expect, it } from 'vitest'
import { decideVerdict, labelOf } from '../../../src/engine/analysis/verdict'

const thresholds = { healthy: 0.2, fault: 0.8, sustainedEventSeconds: 5 }
const clear = { thresholds, eventCount: 0, longestEventSeconds: 0, outOfDomain: [] }

describe('decideVerdict', () => {
  it.each([
    [0.8, 'fault', 1],
    [0.79, 'uncertain', null],
    [0.21, 'uncertain', null],
    [0.2, 'healthy', -1],
    [Number.NaN, 'not-applicable', null],
  ] as const)('probability %d → %s, label %s', (probability, verdict, label) => {
    expect(decideVerdict({ ...clear, probability })).toBe(verdict)
    expect(labelOf(decideVerdict({ ...clear, probability }))).toBe(label)
  })

  it('a healthy average with events of fault in it is uncertain', () => {
    expect(decideVerdict({ ...clear, probability: 0.05, eventCount: 1 })).toBe('uncertain')
  })

  it('a sustained event is a fault, however healthy the rest', () => {
    expect(decideVerdict({ ...clear, probability: 0.05, eventCount: 1, longestEventSeconds: 4.9 })).toBe('uncertain')
    expect(decideVerdict({ ...clear, probability: 0.05, eventCount: 1, longestEventSeconds: 5 })).toBe('fault')
  })

  it('has no verdict outside the domain of the model, however sure the number looks', () => {
    expect(decideVerdict({ ...clear, probability: 0.999, outOfDomain: ['too slow'] })).toBe('not-applicable')
  })
})
