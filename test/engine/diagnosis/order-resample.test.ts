import { describe, expect, it } from 'vitest'
import { computeOrderSpectrum, resampleByAngle } from '../../../src/engine/diagnosis/order-resample'
import { constantSpeedCurve, integrateSpeed, speedRangeOf } from '../../../src/engine/diagnosis/speed-curve'
import { readTacho } from '../../../src/engine/diagnosis/tacho'
import { averagedSpectrum } from '../../../src/engine/dsp/spectrum'
import { makeRecording } from '../../../src/engine/training/synthetic/machine'
import { drawMachine } from '../../../src/engine/training/synthetic/draw-machine'
import { shaftRevolutions } from '../../../src/engine/training/synthetic/shaft'
import { squaredEnvelopeSpectrum } from '../../../src/engine/dsp/squared-envelope'
import { createRandom } from '../../../src/shared/random'

const sampleRateHz = 10_000
/** 15 Hz to 45 Hz in 4 s */
const turned = (t: number): number => 15 * t + 3.75 * t * t
const times = Float64Array.from({ length: 401 }, (_, i) => i / 100)
const runUp = { timesSeconds: times, revolutions: times.map(turned) }

function chirp(order: number): Float32Array {
  return Float32Array.from({ length: 40_001 }, (_, i) => 3 * Math.sin(2 * Math.PI * order * turned(i / sampleRateHz)))
}

describe('order resampling of a run-up of 3 : 1', () => {
  const angular = resampleByAngle(chirp(7), sampleRateHz, runUp)

  it('turns a chirp into one line of its order and amplitude, 60 dB above what is three lines away', () => {
    const { power, binOrder } = computeOrderSpectrum(angular, 30)
    const bin = power.indexOf(Math.max(...power))
    expect(bin * binOrder).toBeCloseTo(7, 2)
    expect(power[bin] / 4.5).toBeCloseTo(1, 2)
    const far = power.filter((_, i) => Math.abs(i - bin) > 3)
    expect(Math.max(...far) / power[bin]).toBeLessThan(1e-6)
  })

  it('where the spectrum over Hz has smeared it over hundreds of bins', () => {
    const frame = {
      frameLength: 20_000,
      hopLength: 10_000,
      fftLength: 20_000,
      taper: 'hann',
      removesMean: true,
    } as const
    const { power } = averagedSpectrum(chirp(7), sampleRateHz, frame)
    expect(power.filter((value) => value > 0.1 * Math.max(...power)).length).toBeGreaterThan(100)
  })

  it('says up to which order nothing was lost, and folds nothing at the slowest speed', () => {
    expect(angular.highestOrder).toBeCloseTo(sampleRateHz / 2 / 45, 0)
    expect(angular.samplesPerRevolution).toBeGreaterThanOrEqual(sampleRateHz / 15.1)
  })
})

describe('the curve', () => {
  it('of a constant speed leaves a signal as it is, at the same places', () => {
    const samples = chirp(1)
    const { samples: same, samplesPerRevolution } = resampleByAngle(samples, sampleRateHz, constantSpeedCurve(600, 4))
    expect(samplesPerRevolution).toBe(1000)
    same.forEach((value, i) => expect(value).toBeCloseTo(samples[i], 4))
  })

  it('from speeds is their integral', () => {
    const { revolutions } = integrateSpeed([0, 1, 3], [60, 120, 120])
    expect([...revolutions]).toEqual([0, 1.5, 5.5])
    expect(speedRangeOf({ timesSeconds: Float64Array.of(0, 1, 3), revolutions })).toEqual({
      meanRpm: 110,
      leastRpm: 90,
      greatestRpm: 120,
    })
  })

  it.each([
    [[0, 1], [60], '2 times and 1'],
    [[0, 1, 2], [60, 0, 0], 'does not rise at 2 s'],
    [[0, 1, 1], [60, 60, 60], 'does not rise'],
  ])('refused: %j, %j', (timesSeconds, speeds, named) => {
    const curve = { timesSeconds: Float64Array.from(timesSeconds), revolutions: Float64Array.from(speeds) }
    if (speeds.length === timesSeconds.length) expect(() => integrateSpeed(timesSeconds, speeds)).toThrow(named)
    else expect(() => resampleByAngle(chirp(1), sampleRateHz, curve)).toThrow(named)
  })

  it('of fewer than three turns is refused', () => {
    expect(() => resampleByAngle(new Float32Array(1000), sampleRateHz, constantSpeedCurve(600, 0.1))).toThrow(
      '1.00 turns',
    )
  })
})

it('a bearing fault of the synthetic machine during a run-up: its order stands out of the envelope only by angle', () => {
  const motion = { sampleRateHz: 20_000, sampleCount: 160_000, shaftHz: 25, speedWander: 0, speedRatio: 1.8 }
  const drawn = drawMachine({ ...motion, isFaulty: true }, createRandom('order machine'))
  const resonances = [{ frequencyHz: 4000, dampingRatio: 0.02, gain: 1 }]
  const fault = {
    kind: 'outer',
    snrDb: 0,
    slip: 0.01,
    modulationDepth: 0,
    heightSpread: 0.1,
    resonances,
    growth: undefined,
  } as const
  const spec = { ...drawn, ...motion, fault, knocks: { perSecond: 0, height: 0 } }
  const random = createRandom('run-up')
  const { samples } = makeRecording(spec, random)
  // the same motion as inside the recording, as a tacho of one pulse a turn sees it
  const revolutions = shaftRevolutions(motion, random.fork('shaft'))
  const tacho = revolutions.map((turn) => (turn - Math.floor(turn) < 0.1 ? 5 : 0))
  const { curve } = readTacho(tacho, motion.sampleRateHz, { pulsesPerRevolution: 1 })
  const { samples: angular, samplesPerRevolution } = resampleByAngle(samples, motion.sampleRateHz, curve)
  const band = [3000 / 25, 5000 / 25] as const // orders at the mean speed
  const { power, binHz } = squaredEnvelopeSpectrum(angular, samplesPerRevolution, band, { frameSeconds: 40 })
  const low = Math.round(1.5 / binHz)
  const bin =
    low +
    power
      .slice(low, Math.round(1.5 * (drawn.orders.bpfo / binHz)))
      .reduce((best, value, i, part) => (value > part[best] ? i : best), 0)
  expect(Math.abs(bin * binHz - drawn.orders.bpfo) / drawn.orders.bpfo).toBeLessThan(0.02)
})
