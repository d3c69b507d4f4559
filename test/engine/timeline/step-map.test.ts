import { describe, expect, it } from 'vitest'
import { StepMap } from '../../../src/engine/timeline/step-map'
import { createRandom } from '../../../src/shared/random'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const rows = 3
const stepCount = 1000

/** A map kept in chunks that come out of order, with a hole; and the same as plain numbers. */
function randomMap(byteLimit = Infinity) {
  const random = createRandom('step map')
  const values = {
    healthy: Float32Array.from({ length: stepCount * rows }, () => 3 + random.normal()),
    fault: Float32Array.from({ length: stepCount * rows }, () => -1 + random.normal()),
  }
  const isMeasured = Uint8Array.from({ length: stepCount }, (_, step) => (step >= 400 && step < 470 ? 0 : 1))
  const map = new StepMap(stepCount, rows, byteLimit)
  for (const [first, end] of [
    [300, 1000],
    [0, 37],
    [37, 300],
  ]) {
    const part = {
      stepCount: end - first,
      bins: rows,
      healthy: values.healthy.subarray(first * rows, end * rows),
      fault: values.fault.subarray(first * rows, end * rows),
    }
    map.keep(first, part, isMeasured.subarray(first, end))
  }
  map.finish()
  return { map, values, isMeasured }
}

/** The mean by its definition: each step by the share of it that lies between the edges. */
function directMean(values: Float32Array, isMeasured: Uint8Array, row: number, from: number, to: number): number {
  let [sum, weight] = [0, 0]
  for (let step = 0; step < isMeasured.length; step++) {
    const share = Math.min(to, step + 1) - Math.max(from, step)
    if (share <= 0 || isMeasured[step] === 0) continue
    sum += share * values[step * rows + row]
    weight += share
  }
  return weight === 0 ? Number.NaN : sum / weight
}

const edgesOf = (count: number, from: number, to: number): Float64Array =>
  Float64Array.from({ length: count + 1 }, (_, i) => from + (i * (to - from)) / count)

describe('StepMap', () => {
  const { map, values, isMeasured } = randomMap()

  it.each([
    ['whole steps', edgesOf(1000, 0, 1000)],
    ['fractions of a step', edgesOf(97, 3.25, 8.75)],
    ['many steps each', edgesOf(13, 0, 1000)],
    ['beyond both ends', edgesOf(31, -50.5, 1060)],
    ['the hole', edgesOf(9, 395.3, 475.9)],
    ['everything', edgesOf(1, 0, 1000)],
  ])('means over %s are those of the definition', (_, edges) => {
    const width = edges.length - 1
    for (const side of ['healthy', 'fault'] as const) {
      const means = map.means(edges, side)
      const direct = Float32Array.from({ length: rows * width }, (_, i) =>
        directMean(values[side], isMeasured, Math.floor(i / width), edges[i % width], edges[(i % width) + 1]),
      )
      expectArraysClose(means, direct, 2e-6)
    }
  })

  it('difference is fault − healthy', () => {
    const edges = edgesOf(50, 0, 900)
    const [fault, healthy] = [map.means(edges, 'fault'), map.means(edges, 'healthy')]
    expectArraysClose(
      map.means(edges, 'difference'),
      fault.map((value, i) => value - healthy[i]),
      2e-6,
    )
  })

  it('is NaN where nothing was measured, and before and behind the map', () => {
    const means = map.means(Float64Array.of(-3, -1, 410, 420, 1000, 1004), 'fault')
    for (let row = 0; row < rows; row++) {
      expect([...means.subarray(row * 5, row * 5 + 5)].map(Number.isNaN)).toEqual([true, false, true, false, true])
    }
  })

  it.each([
    ['from the start', () => randomMap(2 * 4 * rows * 260).map],
    [
      'later on',
      () => {
        const later = randomMap().map
        later.coarsen()
        later.coarsen()
        return later
      },
    ],
  ])('keeps means of whole columns when it is made coarse %s', (_, make) => {
    const coarse = make()
    expect(coarse.stepsPerColumn).toBe(4)
    expect(coarse.byteLength).toBe((2 * 4 * rows + 4) * 250)
    const edges = edgesOf(25, 0, 1000) // 40 steps each: ten columns
    for (const side of ['healthy', 'fault', 'difference'] as const) {
      expectArraysClose(coarse.means(edges, side), map.means(edges, side), 2e-5)
    }
  })

  it('of no steps has no mean', () => {
    const empty = new StepMap(0, 2, 1000)
    empty.finish()
    expect([...empty.means(Float64Array.of(0, 1, 2), 'difference')].every(Number.isNaN)).toBe(true)
  })
})
