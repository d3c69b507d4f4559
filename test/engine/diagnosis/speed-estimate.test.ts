import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { estimateSpeed } from '../../../src/engine/diagnosis/speed-estimate'
import { openRecordingFile } from '../../../src/engine/readers/open-recording'
import { drawMachine } from '../../../src/engine/training/synthetic/draw-machine'
import { makeRecording } from '../../../src/engine/training/synthetic/machine'
import { createRandom } from '../../../src/shared/random'

const sampleRateHz = 12_000
const search = { slowestRpm: 240, fastestRpm: 6000 }

function combOf(fundamentalHz: number, amplitudes: readonly number[], noise: number): Float32Array {
  const random = createRandom(`comb ${fundamentalHz}`)
  return Float32Array.from({ length: 8 * sampleRateHz }, (_, n) =>
    amplitudes.reduce(
      (sum, amplitude, i) => sum + amplitude * Math.sin((2 * Math.PI * (i + 1) * fundamentalHz * n) / sampleRateHz + i),
      noise * random.normal(),
    ),
  )
}

describe('an estimated speed', () => {
  it.each([
    ['all harmonics', 24.71, [1, 0.5, 0.4, 0.3, 0.2, 0.2, 0.1, 0.1]],
    ['a fundamental weaker than the 2nd', 29.9, [0.05, 1, 0.3, 0.5, 0.1, 0.2, 0.1, 0.1]],
    ['odd ones only', 49.37, [1, 0, 0.5, 0, 0.3, 0, 0.2, 0]],
    ['the 3rd and its multiples loudest', 16.2, [0.1, 0.1, 1, 0.1, 0.1, 0.8, 0.1, 0.1]],
  ])('with %s: within 0.02 %%', (_, shaftHz, amplitudes) => {
    const { shaftSpeedRpm, isEstimate, harmonics } = estimateSpeed(
      combOf(shaftHz, amplitudes, 0.3),
      sampleRateHz,
      search,
    )
    expect(Math.abs(shaftSpeedRpm / 60 / shaftHz - 1)).toBeLessThan(2e-4)
    expect(harmonics).toEqual(amplitudes.flatMap((amplitude, i) => (amplitude > 0 ? [i + 1] : [])))
    expect(isEstimate).toBe(true)
  })

  it('of noise is not believed', () => {
    expect(estimateSpeed(combOf(30, [], 1), sampleRateHz, search).confidence).toBeLessThan(0.5)
  })

  it('of 60 made healthy machines: right within 2 % in nine of ten that it is sure of, and sure of a third', () => {
    const estimates = Array.from({ length: 60 }, (_, i) => {
      const random = createRandom(`estimated machine ${i}`)
      const drawn = drawMachine({ sampleRateHz, sampleCount: 48_000, isFaulty: false }, random)
      const { samples } = makeRecording({ ...drawn, speedRatio: 1 }, random)
      const { confidence, shaftSpeedRpm } = estimateSpeed(samples, sampleRateHz, search)
      return { confidence, isRight: Math.abs(shaftSpeedRpm / 60 / drawn.shaftHz - 1) < 0.02 }
    })
    const sure = estimates.filter(({ confidence }) => confidence >= 0.9)
    expect(sure.length).toBeGreaterThanOrEqual(20)
    expect(sure.filter(({ isRight }) => isRight).length / sure.length).toBeGreaterThanOrEqual(0.9)
  })
})

const cwru = join(import.meta.dirname, '../../../../shared/data/cwru')
describe.skipIf(!existsSync(cwru))('of the CWRU recordings (shared data, skipped where it is not)', () => {
  it('is the 1796 rpm of the rig, within 0.5 %, on at least 12 of 13 drive-end channels', async () => {
    let rightCount = 0
    const files = readdirSync(cwru).filter((name) => name.endsWith('.mat'))
    for (const name of files) {
      const recording = await openRecordingFile(join(cwru, name), { sampleRateHz: 48_000 })
      const channel = recording.channels.find((each) => each.name.includes('DE'))
      const samples = await channel?.read({ start: 0, end: channel.sampleCount })
      await recording.close()
      if (samples === undefined || samples.length < 100_000) continue // IR014 holds 1.3 s
      const { shaftSpeedRpm } = estimateSpeed(samples, 48_000, { slowestRpm: 300, fastestRpm: 6000 })
      if (Math.abs(shaftSpeedRpm / 1796 - 1) < 0.005) rightCount += 1
    }
    expect(files.length).toBeGreaterThanOrEqual(13)
    expect(rightCount).toBeGreaterThanOrEqual(12)
  })
})

describe('refused in one sentence', () => {
  const samples = combOf(30, [1], 0.1)
  it.each([
    [{ slowestRpm: 0, fastestRpm: 6000 }, '0 rpm'],
    [{ slowestRpm: 6000, fastestRpm: 600 }, 'between 6000 and 600'],
    [{ slowestRpm: 300_000, fastestRpm: 500_000 }, 'below 180000 rpm'],
    [{ slowestRpm: 30, fastestRpm: 600 }, '4.0 turns at 30 rpm'],
  ])('a search of %j', (wrong, named) => {
    expect(() => estimateSpeed(samples, sampleRateHz, wrong)).toThrow(named)
  })

  it('a signal full of gaps', () => {
    expect(() =>
      estimateSpeed(
        samples.map(() => Number.NaN),
        sampleRateHz,
        search,
      ),
    ).toThrow('gaps')
  })
})
