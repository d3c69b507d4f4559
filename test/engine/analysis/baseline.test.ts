import { describe, expect, it } from 'vitest'
import { commissionLogit, createBaseline, parseBaseline } from '../../../src/engine/analysis/baseline'

const calibration = { healthyLogit: -4, healthySpread: 0.5 }
const recording = (logit: number) => ({ name: 'healthy.wav', sha256: 'ab', logit })

describe('baseline', () => {
  it('keeps mean and spread of the recordings', () => {
    const baseline = createBaseline({ id: 'm' }, 'cd', [recording(-3), recording(-1)])
    expect(baseline.meanLogit).toBe(-2)
    expect(baseline.spreadLogit).toBeCloseTo(Math.SQRT2, 12)
  })

  it('one recording is enough, and its spread is 0', () => {
    expect(createBaseline({ id: 'm' }, 'cd', [recording(-3)])).toMatchObject({ meanLogit: -3, spreadLogit: 0 })
  })

  it('refuses recordings that nothing was measured of', () => {
    expect(() => createBaseline({ id: 'm' }, 'cd', [recording(Number.NaN)])).toThrow(/None of the 1 baseline/)
  })

  it('puts the healthy machine at the healthy logit of training, and keeps distances', () => {
    const baseline = { meanLogit: -1, spreadLogit: 0.2 }
    expect(commissionLogit(-1, baseline, calibration)).toBe(-4)
    expect(commissionLogit(2, baseline, calibration)).toBe(-1)
  })

  it('counts the deviations of a machine that scatters four times as much a quarter', () => {
    expect(commissionLogit(3, { meanLogit: -1, spreadLogit: 2 }, calibration)).toBe(-3)
  })

  it('reads back what it wrote, for the same model only', () => {
    const text = JSON.stringify(createBaseline({ id: 'm' }, 'cd', [recording(-3)]))
    expect(parseBaseline(text, 'b.json', 'm', 'cd').meanLogit).toBe(-3)
    expect(() => parseBaseline(text, 'b.json', 'm', 'ef')).toThrow(/was made with model "m"/)
  })

  it.each([
    ['nonsense', /is not JSON/],
    ['{}', /is not as "vibralens baseline --out" writes it/],
  ])('refuses %s in one sentence', (text, sentence) => {
    expect(() => parseBaseline(text, 'b.json', 'm', 'cd')).toThrow(sentence)
  })
})
