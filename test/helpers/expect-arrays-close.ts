import { expect } from 'vitest'

/** Same length and every |actual − expected| ≤ tolerance; the message names the first worst place. */
export function expectArraysClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  let worst = 0
  let place = -1
  for (let i = 0; i < actual.length; i++) {
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
