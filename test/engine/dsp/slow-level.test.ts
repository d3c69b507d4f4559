import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/shared/random'
import { createSlowLevel } from '../../../src/engine/dsp/slow-level'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const options = { blockLength: 120, windowLength: 12_000 }

function noise(sampleCount: number, scale: number, offset: number): Float32Array {
  const random = createRandom(7)
  return Float32Array.from({ length: sampleCount }, () => offset + scale * random.normal())
}

function normalized(samples: Float32Array, chunkLength: number): Float32Array {
  const level = createSlowLevel(options)
  for (let i = 0; i < samples.length; i += chunkLength) level.add(samples.subarray(i, i + chunkLength))
  level.finish()
  return level.normalize(samples, 0)
}

describe('slow level', () => {
  it('a recording shorter than the window is divided by the RMS of its whole length, about its mean', () => {
    const samples = noise(1200, 0.02, 0.9)
    const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length
    const rms = Math.sqrt(samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples.length)
    // float32 samples around 0.9 carry 6e-8; divided by 0.02 that is 3e-6
    expectArraysClose(
      normalized(samples, 500),
      samples.map((value) => (value - mean) / rms),
      1e-5,
    )
  })

  it.each([1, 119, 120, 977, 100_000])('is the same however the signal is cut (chunks of %i)', (chunkLength) => {
    const samples = noise(30_000, 3, -1)
    expectArraysClose(normalized(samples, chunkLength), normalized(samples, 30_000), 0)
  })

  it('does not depend on gain or offset, and polarity only changes its sign', () => {
    const samples = noise(30_000, 1, 0)
    expectArraysClose(
      normalized(
        samples.map((x) => 7 - 40 * x),
        4096,
      ),
      normalized(samples, 4096).map((x) => -x),
      1e-4,
    )
  })

  it('follows a slow change of level: both halves come out at RMS 1', () => {
    const samples = noise(120_000, 1, 0).map((value, i) => (i < 60_000 ? value : 10 * value))
    const result = normalized(samples, 65_536)
    for (const [start, end] of [
      [0, 50_000],
      [70_000, 120_000],
    ]) {
      const part = result.subarray(start, end)
      // 50,000 independent samples: the RMS is known to 0.3 %
      expect(Math.sqrt(part.reduce((sum, x) => sum + x * x, 0) / part.length)).toBeCloseTo(1, 1.5)
    }
  })

  it('reads any range with the same numbers', () => {
    const samples = noise(40_000, 1, 0)
    const level = createSlowLevel(options)
    level.add(samples)
    level.finish()
    expectArraysClose(
      level.normalize(samples.subarray(12_345, 20_000), 12_345),
      level.normalize(samples, 0).subarray(12_345, 20_000),
      0,
    )
  })

  it('says "not measured" for a flat line and for NaN, and goes on beside them', () => {
    const flat = normalized(new Float32Array(5000).fill(0.3), 1000)
    expect(flat.every((value) => Number.isNaN(value))).toBe(true)
    const samples = noise(5000, 1, 0)
    samples.fill(Number.NaN, 100, 200)
    const result = normalized(samples, 1000)
    expect([99, 150, 200].map((i) => Number.isNaN(result[i]))).toEqual([false, true, false])
  })
})
