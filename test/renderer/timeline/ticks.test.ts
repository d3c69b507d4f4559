import { describe, expect, it } from 'vitest'
import {
  logTicks,
  niceTicks,
  shortTickLabel,
  tickLabel,
  timeTickLabel,
  timeTicks,
  timeUnitOf,
} from '../../../src/renderer/timeline/ticks'

describe('round ticks', () => {
  it.each([
    [0, 10, 5, [0, 2, 4, 6, 8, 10]],
    [-0.62, 0.62, 3, [-0.5, 0, 0.5]],
    [1.02, 1.09, 4, [1.02, 1.04, 1.06, 1.08]],
  ])('%d to %d with room for about %d', (low, high, most, values) => {
    const found = niceTicks(low, high, most).values
    expect(found).toHaveLength(values.length)
    values.forEach((value, index) => expect(found[index]).toBeCloseTo(value, 9))
  })

  it('are never more than there is room for, but for the one at the end', () => {
    for (let span = 1; span < 5000; span = span * 1.37) {
      expect(niceTicks(-span / 3, span, 6).values.length).toBeLessThanOrEqual(7)
      expect(niceTicks(-span / 3, span, 6).values.length).toBeGreaterThanOrEqual(2)
    }
  })

  it('has none where there is no span', () => expect(niceTicks(3, 3, 5).values).toEqual([]))

  it('on a logarithmic axis are powers of ten, with 2 and 5 where there is room', () => {
    expect(logTicks(10, 10_000, 20)).toEqual([10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000])
    expect(logTicks(10, 10_000, 4)).toEqual([10, 100, 1000, 10_000])
  })
})

describe('labels of ticks', () => {
  it('have the digits of their step and a true minus', () => {
    expect(tickLabel(-0.5, 0.5)).toBe('−0.5')
    expect(tickLabel(1.02, 0.02)).toBe('1.02')
    expect(tickLabel(200, 100)).toBe('200')
    expect(tickLabel(0, 0.25)).toBe('0.0')
  })
  it('shorten thousands', () => {
    expect(shortTickLabel(12_500)).toBe('12.5k')
    expect(shortTickLabel(500)).toBe('500')
  })
})

describe('a time axis', () => {
  it.each([
    [0.2, 0.4, 'ms'],
    [0.2, 300, 's'],
    [30, 30, 's'],
    [3600, 3600, 'clock'],
    [60, 7200, 'clock'],
  ] as const)('of %d s that ends at %d s counts in %s', (view, end, unit) => expect(timeUnitOf(view, end)).toBe(unit))

  it('has steps of a clock from two minutes on', () => {
    const { values, step } = timeTicks(0, 3600, 8, 'clock')
    expect(step).toBe(600)
    expect(values.map((value) => timeTickLabel(value, step, 'clock'))).toEqual([
      '0:00',
      '10:00',
      '20:00',
      '30:00',
      '40:00',
      '50:00',
      '1:00:00',
    ])
  })

  it('says milliseconds as such', () => expect(timeTickLabel(0.0125, 0.0005, 'ms')).toBe('12.5'))
})
