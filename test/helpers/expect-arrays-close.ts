import { expect } from 'vitest'

/** Same length and every |actual − expected| ≤ tolerance, NaN where NaN is expected; the message names the worst place. */
export function expectArraysClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  let worst = 0
  let place = -1
  for (let i = 0; i < actual.length; i++) {
    if (Number.isNaN(actual[i]) && Number.isNaN(expected[i])) continue
    const difference = Math.abs(actual[i] - expected[i])
    if (!(difference <= worst)) {
      worst = difference
      place = i
    }
  }
  expect(
    worst,
    `worst difference at index ${place}: ${actual[place]} instead of ${expected[place]}`,
  ).toBeLessThanOrEqual(tolerance)
}
