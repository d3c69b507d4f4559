import { describe, expect, it } from 'vitest'
import { meanColumns, minMaxColumns } from '../../../src/engine/analysis/columns'
import { quietJob } from '../../../src/engine/jobs/job-context'

describe('columns of a picture', () => {
  it('hold the least and greatest sample of their stretch, whatever the blocks', async () => {
    const samples = Float32Array.from({ length: 600_001 }, (_, i) => Math.sin(i / 1000) * (i === 299_999 ? 5 : 1))
    const read = async (range: { start: number; end: number }) => samples.subarray(range.start, range.end)
    const { min, max } = await minMaxColumns(read, samples.length, 7, quietJob.signal)
    for (let column = 0; column < 7; column++) {
      const part = samples.filter((_, i) => Math.floor((i * 7) / samples.length) === column)
      expect(min[column]).toBe(part.reduce((a, b) => Math.min(a, b)))
      expect(max[column]).toBe(part.reduce((a, b) => Math.max(a, b)))
    }
  })

  it('are NaN where nothing was measured', async () => {
    const samples = Float32Array.of(Number.NaN, Number.NaN, 1, 2)
    const { min, max } = await minMaxColumns(async (r) => samples.subarray(r.start, r.end), 4, 2, quietJob.signal)
    expect([...min]).toEqual([Number.NaN, 1])
    expect([...max]).toEqual([Number.NaN, 2])
  })

  it('average a track over rows of their own', () => {
    const track = Float32Array.of(1, 10, 3, 30, Number.NaN, 50, 7, 70)
    expect([...meanColumns(track, 2, 2)]).toEqual([2, 7, 20, 60])
  })

  it('repeat a step where there are more columns than steps', () => {
    expect([...meanColumns(Float32Array.of(1, 2), 1, 4)]).toEqual([1, 1, 2, 2])
  })
})
