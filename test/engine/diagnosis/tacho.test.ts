import { describe, expect, it } from 'vitest'
import { readTacho } from '../../../src/engine/diagnosis/tacho'
import { createRandom } from '../../../src/shared/random'

const sampleRateHz = 10_000

interface TachoSpec {
  readonly pulsesPerRevolution: number
  /** revolutions at a time */
  readonly turned: (seconds: number) => number
  readonly seconds: number
  /** share of an interval that a pulse is high */
  readonly duty: number
  readonly noise: number
  readonly missing?: readonly number[]
}

/** A pulse that begins at every whole 1/pulsesPerRevolution; linear flanks of one sample. */
function tachoSignal(spec: TachoSpec): Float32Array {
  const { pulsesPerRevolution, turned, seconds, duty, noise, missing } = spec
  const random = createRandom('tacho')
  return Float32Array.from({ length: Math.round(seconds * sampleRateHz) }, (_, i) => {
    const pulses = turned(i / sampleRateHz) * pulsesPerRevolution
    const isHigh = pulses - Math.floor(pulses) < duty && missing?.includes(Math.floor(pulses)) !== true
    return (isHigh ? 5 : 0.2) + noise * random.normal()
  })
}

const steady: TachoSpec = { pulsesPerRevolution: 1, turned: (t) => 24.7 * t + 0.5, seconds: 4, duty: 0.5, noise: 0.05 }
const readOf = (spec: TachoSpec) => readTacho(tachoSignal(spec), sampleRateHz, spec)

describe('a tacho channel', () => {
  it.each([
    ['half of the time', 0.5],
    ['2 % of the time', 0.02],
    ['97 % of the time', 0.97],
  ])('of a steady shaft, high for %s, reads its speed within a sample a turn', (_, duty) => {
    const { speedsRpm, missingCount, extraCount } = readOf({ ...steady, duty })
    expect([missingCount, extraCount]).toEqual([0, 0])
    expect(speedsRpm.length).toBe(98)
    const tolerance = 1482 * (24.7 / sampleRateHz) * 1.05 // one sample in 405
    for (const rpm of speedsRpm) expect(Math.abs(rpm - 1482)).toBeLessThan(tolerance)
  })

  it('follows a run-up of 3 : 1', () => {
    const { timesSeconds, speedsRpm } = readOf({
      ...steady,
      pulsesPerRevolution: 8,
      turned: (t) => 10 * t + 2.5 * t * t,
    })
    timesSeconds.forEach((time, i) => expect(speedsRpm[i] / (60 * (10 + 5 * time))).toBeCloseTo(1, 1.9))
  })

  it('fills missing pulses: speed and turns are those of the whole tacho', () => {
    const whole = readOf(steady)
    const torn = readOf({ ...steady, missing: [10, 30, 31, 70] })
    expect(torn.missingCount).toBe(4)
    expect(torn.pulseCount).toBe(whole.pulseCount - 4)
    expect(torn.curve.timesSeconds.length).toBe(whole.curve.timesSeconds.length)
    torn.curve.timesSeconds.forEach((time, i) => expect(time).toBeCloseTo(whole.curve.timesSeconds[i], 3))
  })

  it('leaves out pulses that come twice', () => {
    const samples = tachoSignal(steady)
    for (const at of [5000, 5001, 5002, 20_300, 20_301]) samples[at] = samples[at] > 2 ? 0.2 : 5
    const { extraCount, speedsRpm } = readTacho(samples, sampleRateHz, steady)
    expect(extraCount).toBeGreaterThanOrEqual(2)
    for (const rpm of speedsRpm) expect(Math.abs(rpm / 1482 - 1)).toBeLessThan(0.01)
  })

  it('is not misled by single spikes ten times as high as the pulses', () => {
    const samples = tachoSignal({ ...steady, noise: 0.3 })
    for (const at of [700, 9000, 30_000]) samples[at] = 50
    const { threshold, speedsRpm } = readTacho(samples, sampleRateHz, steady)
    expect(threshold).toBeGreaterThan(2)
    expect(threshold).toBeLessThan(3.2)
    for (const rpm of speedsRpm) expect(Math.abs(rpm / 1482 - 1)).toBeLessThan(0.02)
  })
})

describe('refused in one sentence', () => {
  const random = createRandom('no tacho')
  it.each([
    ['noise', Float32Array.from({ length: 5000 }, () => random.normal()), 1, 'two levels'],
    ['a constant', new Float32Array(5000).fill(3), 1, 'two levels'],
    ['nothing', new Float32Array(0), 1, 'two levels'],
    ['two pulses', tachoSignal({ ...steady, seconds: 0.08 }), 1, 'has 2 pulses'],
    [
      'a tacho that fell out',
      tachoSignal({ ...steady, missing: Array.from({ length: 25 }, (_, i) => 40 + i) }),
      1,
      '26 intervals',
    ],
    ['half a pulse a turn', tachoSignal(steady), 0.5, '0.5 pulses a revolution'],
  ])('%s', (_, samples, pulsesPerRevolution, named) => {
    expect(() => readTacho(samples, sampleRateHz, { pulsesPerRevolution })).toThrow(named)
  })
})
