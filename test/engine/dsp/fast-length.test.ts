import { expect, it } from 'vitest'
import { fastLengthUpTo } from '../../../src/engine/dsp/fast-length'

it.each([
  [0, 0],
  [1, 1],
  [7, 6],
  [12_000, 12_000],
  [4_194_303, 4_147_200],
  [244_739, 243_000],
])('up to %i: %i', (length, expected) => {
  expect(fastLengthUpTo(length)).toBe(expected)
})

it('holds no prime above 5, and is at most 7 % shorter, for lengths from 1000 to 100,000', () => {
  for (let length = 1000; length <= 100_000; length += 13) {
    const fast = fastLengthUpTo(length)
    let rest = fast
    for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime
    expect(rest).toBe(1)
    expect(fast).toBeLessThanOrEqual(length)
    expect(fast / length).toBeGreaterThan(0.93)
  }
})
