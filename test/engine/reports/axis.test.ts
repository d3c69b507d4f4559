import { describe, expect, it } from 'vitest'
import { formatTick, niceTicks, prettyUnit, timeUnitOf } from '../../../src/engine/reports/axis'
import { spreadApart } from '../../../src/engine/reports/picture-series'
import { formatProbability, formatSignificant } from '../../../src/shared/number-words'

describe('ticks', () => {
  it.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [-3, 3, 3, [-2, 0, 2]],
    [0, 0.1, 5, [0, 0.02, 0.04, 0.06, 0.08, 0.1]],
    [5, 5, 4, [5]],
  ])('from %d to %d, about %d', (low, high, wanted, expected) => {
    const { values } = niceTicks(low, high, wanted)
    expect(values.map((value) => Number(value.toPrecision(12)))).toEqual(expected)
  })

  it('have the decimals of their step, and a true minus', () => {
    expect([formatTick(0.30000000000000004, 0.1), formatTick(-2, 2), formatTick(-1e-17, 0.2)]).toEqual([
      '0.3',
      '−2',
      '0.0',
    ])
  })
})

describe('numbers in words', () => {
  it.each([
    [null, '–'],
    [Number.NaN, '–'],
    [0, '0'],
    [1.2345, '1.23'],
    [-0.012345, '−0.0123'],
    [12345, '12345'],
    [1.5e-7, '1.50e−7'],
  ])('%s is %s', (value, words) => expect(formatSignificant(value)).toBe(words))

  it.each([
    [0.999, '> 0.99'],
    [0.0001, '< 0.01'],
    [0.5, '0.50'],
    [null, '–'],
  ])('a probability of %s claims no certainty: %s', (value, words) => expect(formatProbability(value)).toBe(words))

  it.each([
    ['m/s2', 'm/s²'],
    ['m/s^2', 'm/s²'],
    ['dB re 1 (m/s2)²/Hz', 'dB re 1 (m/s²)²/Hz'],
    ['dB re 1 (g)²/Hz', 'dB re 1 g²/Hz'],
    ['g', 'g'],
  ])('the unit %s is written %s', (unit, pretty) => expect(prettyUnit(unit)).toBe(pretty))

  it.each([
    [0.1, 'ms'],
    [10, 's'],
    [3600, 'min'],
    [86_400, 'h'],
  ])('%d s are shown in %s', (seconds, unit) => expect(timeUnitOf(seconds).unit).toBe(unit))
})

describe('labels', () => {
  it('keep their distance and stay inside', () => {
    expect(spreadApart([50, 52, 54], 20, 0, 100)).toEqual([50, 70, 90])
    expect(spreadApart([95, 96, 97], 20, 0, 100)).toEqual([60, 80, 100])
    expect(spreadApart([-10, 40], 20, 0, 100)).toEqual([0, 40])
  })
})
