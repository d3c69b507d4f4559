import { describe, expect, it } from 'vitest'
import { loadKernels } from '../../../src/engine/dsp/kernels/load-kernels'
import { createPyramid, type MinMaxColumns, type Pyramid } from '../../../src/engine/timeline/pyramid'
import { AnalyzerError } from '../../../src/shared/errors'
import { createRandom } from '../../../src/shared/random'

const kernels = loadKernels()

function noise(length: number, seed: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length }, () => random.normal())
}

function pyramidOf(samples: Float32Array, chunkLength = samples.length): Pyramid {
  const pyramid = createPyramid(kernels, samples.length)
  for (let at = 0; at < samples.length; at += chunkLength) pyramid.append(samples.subarray(at, at + chunkLength))
  return pyramid
}

/** The definition, sample by sample. */
function bruteForce(
  samples: Float32Array,
  start: number,
  end: number,
  columnCount: number,
  block: number,
): MinMaxColumns {
  const least = new Float32Array(columnCount).fill(Number.NaN)
  const greatest = new Float32Array(columnCount).fill(Number.NaN)
  for (let column = 0; column < columnCount; column++) {
    const first = Math.floor(start + (column * (end - start)) / columnCount)
    const last = Math.min(end, Math.max(first + 1, Math.ceil(start + ((column + 1) * (end - start)) / columnCount)))
    if (first >= last) continue
    const from = block * Math.floor(first / block)
    const to = block * Math.ceil(last / block)
    const measured = samples.subarray(from, to).filter((value) => !Number.isNaN(value))
    if (measured.length === 0) continue
    least[column] = measured.reduce((a, b) => Math.min(a, b))
    greatest[column] = measured.reduce((a, b) => Math.max(a, b))
  }
  return { least, greatest }
}

describe('pyramid', () => {
  it.each([1, 63, 64, 65, 255, 256, 4096, 5000, 70_001, 300_000])('%i samples: as sample by sample', (sampleCount) => {
    const samples = noise(sampleCount, sampleCount)
    const pyramid = pyramidOf(samples)
    const random = createRandom(7)
    expect(pyramid.sampleCount).toBe(sampleCount)
    for (const columnCount of [1, 2, 7, 100]) {
      expect(pyramid.query({ start: 0, end: sampleCount }, columnCount)).toEqual(
        bruteForce(samples, 0, sampleCount, columnCount, pyramid.blockLength),
      )
      const [a, b] = [random.uniform(), random.uniform()].map((share) => Math.floor(share * sampleCount))
      const range = { start: Math.min(a, b), end: Math.max(a, b) + 1 }
      expect(pyramid.query(range, columnCount)).toEqual(
        bruteForce(samples, range.start, range.end, columnCount, pyramid.blockLength),
      )
    }
  })

  it.each([1, 10, 63, 64, 1000, 65_536, 65_537])('chunks of %i samples build the same', (chunkLength) => {
    const samples = noise(chunkLength === 1 ? 5000 : 200_100, 3)
    const range = { start: 5, end: samples.length }
    expect(pyramidOf(samples, chunkLength).query(range, 333)).toEqual(pyramidOf(samples).query(range, 333))
  })

  it('answers between chunks, up to the last sample', () => {
    const samples = noise(10_000, 4)
    const pyramid = createPyramid(kernels, 0) // an unknown length grows
    for (let at = 0; at < samples.length; at += 777) {
      pyramid.append(samples.subarray(at, at + 777))
      const range = { start: 0, end: pyramid.sampleCount }
      expect(pyramid.query(range, 5)).toEqual(bruteForce(samples.subarray(0, range.end), 0, range.end, 5, 64))
    }
  })

  it('passes over NaN in a mixed column, and a column of only NaN is NaN', () => {
    const samples = noise(64_000, 5)
    samples.fill(Number.NaN, 16_000, 32_100)
    for (let i = 40_000; i < 48_000; i += 3) samples[i] = Number.NaN
    const pyramid = pyramidOf(samples, 900)
    const columns = pyramid.query({ start: 0, end: 64_000 }, 8)
    expect(columns).toEqual(bruteForce(samples, 0, 64_000, 8, 64))
    expect([...columns.least].map(Number.isNaN)).toEqual([false, false, true, true, false, false, false, false])
    expect([...pyramidOf(new Float32Array(70).fill(Number.NaN)).query({ start: 0, end: 70 }, 1).greatest]).toEqual([
      Number.NaN,
    ])
  })

  it('keeps infinities, which were measured', () => {
    const samples = new Float32Array(256).fill(Number.POSITIVE_INFINITY)
    samples.fill(Number.NEGATIVE_INFINITY, 128)
    const { least, greatest } = pyramidOf(samples).query({ start: 0, end: 256 }, 2)
    expect([...least, ...greatest]).toEqual([Infinity, -Infinity, Infinity, -Infinity])
  })

  it('finds a single peak at every zoom', () => {
    const samples = new Float32Array(1_000_000)
    samples[765_432] = 9
    const pyramid = pyramidOf(samples, 65_536)
    for (const columnCount of [1, 10, 1000, 10_000]) {
      const { greatest } = pyramid.query({ start: 0, end: samples.length }, columnCount)
      expect(greatest[Math.floor((765_432 * columnCount) / samples.length)]).toBe(9)
      expect(greatest.filter((value) => value !== 0).length).toBeLessThanOrEqual(2) // a block may touch two columns
    }
  })

  it('of an empty range is NaN', () => {
    expect(createPyramid(kernels, 0).query({ start: 0, end: 0 }, 2).least).toEqual(new Float32Array(2).fill(Number.NaN))
  })

  it.each([
    [{ start: -1, end: 5 }, 1],
    [{ start: 6, end: 5 }, 1],
    [{ start: 0, end: 101 }, 1],
    [{ start: 0.5, end: 5 }, 1],
    [{ start: 0, end: 5 }, 0],
    [{ start: 0, end: 5 }, 1.5],
    [{ start: 0, end: Number.NaN }, 1],
  ])('refuses %o in %d columns', (range, columnCount) => {
    expect(() => pyramidOf(noise(100, 1)).query(range, columnCount)).toThrow(AnalyzerError)
  })
})
