import { describe, expect, it } from 'vitest'
import { spread, upsample } from '../../../src/engine/explain/upsample'
import { createRandom } from '../../../src/shared/random'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const flat = { stride: 1, field: 1, inputLength: 1 }

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

describe('upsample', () => {
  it('puts a map value at the centre of its receptive field and draws lines between', () => {
    const time = { stride: 4, field: 3, inputLength: 11 } // centres at 1, 5, 9
    const drawn = upsample(Float32Array.of(0, 4, 2), 1, 3, { time, bins: flat })
    expectArraysClose(drawn, [0, 0, 1, 2, 3, 4, 3.5, 3, 2.5, 2, 2], 1e-6)
  })

  it('is the map itself where every position is one sample', () => {
    const map = Float32Array.of(3, -1, 2)
    const time = { stride: 1, field: 1, inputLength: 3 }
    expect(upsample(map, 1, 3, { time, bins: flat })).toEqual(map)
  })

  it('draws a plane over rows and columns', () => {
    const time = { stride: 2, field: 1, inputLength: 5 }
    const bins = { stride: 2, field: 1, inputLength: 3 }
    const drawn = upsample(Float32Array.of(0, 2, 4, 10, 12, 14), 2, 3, { time, bins })
    expectArraysClose(drawn, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14], 1e-6)
  })

  it('keeps "nothing measured" to the stretches that touch it', () => {
    const time = { stride: 2, field: 1, inputLength: 7 }
    const drawn = upsample(Float32Array.of(1, 1, Number.NaN, 1), 1, 4, { time, bins: flat })
    expect(Array.from(drawn, Number.isNaN)).toEqual([false, false, false, true, true, true, false])
  })

  it('has nothing to draw for an empty map', () => {
    const time = { stride: 4, field: 9, inputLength: 5 }
    expect(upsample(new Float32Array(0), 1, 0, { time, bins: flat }).every(Number.isNaN)).toBe(true)
  })
})

describe('spread', () => {
  it.each([
    [1, 40],
    [5, 17],
  ])('keeps the mean: what is drawn has the logit of the segment (%i rows, %i columns)', (rows, columns) => {
    const random = createRandom('spread')
    const map = Float32Array.from({ length: rows * columns }, () => 2 + random.normal())
    const time = { stride: 8, field: 44, inputLength: (columns - 1) * 8 + 44 }
    const bins = { stride: 2, field: 3, inputLength: (rows - 1) * 2 + 3 }
    const drawn = spread(map, rows, columns, { time, bins })
    expect(drawn.length).toBe(bins.inputLength * time.inputLength)
    expect(mean(drawn)).toBeCloseTo(mean(map), 4)
    expect(Math.abs(mean(upsample(map, rows, columns, { time, bins })) - mean(map))).toBeGreaterThan(1e-4)
  })
})
