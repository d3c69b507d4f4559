import { describe, expect, it } from 'vitest'
import { createFft } from '../../../../src/engine/dsp/fft'
import { demoRecording } from '../../../../src/engine/training/synthetic/demo-recording'
import { drawMachine, ordersOf } from '../../../../src/engine/training/synthetic/draw-machine'
import { makeRecording } from '../../../../src/engine/training/synthetic/machine'
import type { FaultKind, MachineSpec } from '../../../../src/engine/training/synthetic/machine-spec'
import { impactOrder } from '../../../../src/engine/training/synthetic/impacts'
import { colouredNoise } from '../../../../src/engine/training/synthetic/coloured-noise'
import { createRandom } from '../../../../src/shared/random'

const orders = ordersOf(9, 7.94 / 39.04)
const quiet: MachineSpec = {
  sampleRateHz: 12_000,
  sampleCount: 24_000,
  shaftHz: 29.95,
  speedWander: 0,
  speedRatio: 1,
  shaftAmplitudes: [0.3, 0.1],
  gears: [],
  noiseRms: 1,
  noiseColour: 0,
  noiseThroughStructure: 0.3,
  structure: [{ frequencyHz: 900, dampingRatio: 0.05, gain: 1 }],
  knocks: { perSecond: 0, height: 0 },
  orders,
  fault: undefined,
}

function withFault(kind: FaultKind, snrDb: number): MachineSpec {
  const resonances = [{ frequencyHz: 3500, dampingRatio: 0.05, gain: 1 }]
  const shape = { slip: 0.001, modulationDepth: 0, heightSpread: 0.05, growth: undefined }
  return { ...quiet, fault: { kind, snrDb, resonances, ...shape } }
}

function powerOf(samples: Float32Array): number {
  return samples.reduce((sum, value) => sum + value * value, 0) / samples.length
}

/** Frequency of the highest line from `lowHz` on of the squared signal. */
function strongestEnvelopeHz(samples: Float32Array, sampleRateHz: number, lowHz: number): number {
  const real = Float64Array.from(samples, (value) => value * value)
  const mean = real.reduce((sum, value) => sum + value, 0) / real.length
  for (let i = 0; i < real.length; i++) real[i] -= mean
  const imaginary = new Float64Array(real.length)
  createFft(real.length).forward(real, imaginary)
  const binHz = sampleRateHz / real.length
  let best = 0
  for (let bin = Math.ceil(lowHz / binHz); bin * binHz < 600; bin++) {
    if (Math.hypot(real[bin], imaginary[bin]) > Math.hypot(real[best], imaginary[best])) best = bin
  }
  return best * binHz
}

describe('the synthetic machine', () => {
  it.each(['outer', 'inner', 'ball', 'cage'] as const)('%s faults beat at their frequency', (kind) => {
    const { samples } = makeRecording(withFault(kind, 20), createRandom(kind))
    const wanted = impactOrder(kind, orders) * quiet.shaftHz
    const found = strongestEnvelopeHz(samples, 12_000, 0.6 * wanted)
    const harmonic = Math.max(1, Math.round(found / wanted))
    expect(Math.abs(found - harmonic * wanted)).toBeLessThan(0.02 * harmonic * wanted)
  })

  it('knows the orders of a 6205 (data/README.md)', () => {
    expect(orders.bpfo).toBeCloseTo(3.5848, 3)
    expect(orders.bpfi).toBeCloseTo(5.4152, 3)
    expect(2 * orders.bsf).toBeCloseTo(4.7135, 2)
    expect(orders.ftf).toBeCloseTo(0.39828, 3)
  })

  it.each([-12, 0, 6])('a fault at %i dB has that power over all the rest', (snrDb) => {
    const faulty = makeRecording(withFault('outer', snrDb), createRandom(1)).samples
    const healthy = makeRecording(quiet, createRandom(1)).samples
    const fault = faulty.map((value, i) => value - healthy[i])
    expect(10 * Math.log10(powerOf(fault) / powerOf(healthy))).toBeCloseTo(snrDb, 3)
  })

  it('says where the impacts are: the fault alone is silent before the first and loudest after them', () => {
    const { samples, truth } = makeRecording(withFault('outer', 10), createRandom(2))
    const healthy = makeRecording(quiet, createRandom(2)).samples
    const fault = samples.map((value, i) => Math.abs(value - healthy[i]))
    expect(Math.max(...fault.slice(0, truth.impactSamples[0]))).toBe(0)
    const isAfterImpact = new Uint8Array(fault.length)
    for (const sample of truth.impactSamples) isAfterImpact.fill(1, sample, sample + 30)
    const mean = (wanted: number) => {
      const chosen = fault.filter((_, i) => isAfterImpact[i] === wanted)
      return chosen.reduce((sum, value) => sum + value, 0) / chosen.length
    }
    expect(mean(1)).toBeGreaterThan(5 * mean(0))
    const perSecond = truth.impactSamples.length / 2
    expect(perSecond).toBeCloseTo(truth.lines.bpfo, -1)
  })

  it('slip makes the intervals vary as asked, and the mean interval stay', () => {
    const spec = withFault('outer', 0)
    const slipping = { ...spec, sampleCount: 120_000, fault: spec.fault && { ...spec.fault, slip: 0.05 } }
    const { impactSamples, lines } = makeRecording(slipping, createRandom(3)).truth
    const intervals = impactSamples.slice(1).map((sample, i) => sample - impactSamples[i])
    const mean = intervals.reduce((sum, value) => sum + value, 0) / intervals.length
    const deviation = Math.sqrt(intervals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / intervals.length)
    expect(Math.abs(mean / (12_000 / lines.bpfo) - 1)).toBeLessThan(0.01)
    expect(deviation / mean).toBeGreaterThan(0.045)
    expect(deviation / mean).toBeLessThan(0.055)
  })

  it('is the same for the same seed and another for another', () => {
    const spec = drawMachine({ sampleRateHz: 12_000, sampleCount: 2000, isFaulty: true }, createRandom(5))
    expect(makeRecording(spec, createRandom(6))).toEqual(makeRecording(spec, createRandom(6)))
    expect(makeRecording(spec, createRandom(7)).samples).not.toEqual(makeRecording(spec, createRandom(6)).samples)
  })

  it('drawn machines give finite signals, healthy and faulty', () => {
    for (let i = 0; i < 40; i++) {
      const spec = drawMachine({ sampleRateHz: 12_000, sampleCount: 3000, isFaulty: i % 2 === 0 }, createRandom(i))
      const { samples, truth } = makeRecording(spec, createRandom(i))
      expect(samples.every(Number.isFinite), `machine ${i}`).toBe(true)
      expect(truth.faultKind === undefined).toBe(i % 2 === 1)
    }
  })
})

it('coloured noise falls by its exponent: 1/f loses 10 dB a decade', () => {
  const noise = colouredNoise(1 << 16, 1, createRandom(8))
  const real = Float64Array.from(noise)
  const imaginary = new Float64Array(noise.length)
  createFft(noise.length).forward(real, imaginary)
  const bandDb = (start: number) => {
    let sum = 0
    for (let bin = start; bin < 2 * start; bin++) sum += (real[bin] ** 2 + imaginary[bin] ** 2) / start
    return 10 * Math.log10(sum)
  }
  expect(bandDb(200) - bandDb(2000)).toBeGreaterThan(8.5)
  expect(bandDb(200) - bandDb(2000)).toBeLessThan(11.5)
})

it('the demo says that it is made, and its fault grows from the middle on', () => {
  const demo = demoRecording()
  expect(demo.description).toContain('not measured')
  expect(demo.samples.length).toBe(30 * 25_600)
  expect(demo.truth.impactSamples[0] / 25_600).toBeGreaterThan(15)
  const rms = (from: number, to: number) => Math.sqrt(powerOf(demo.samples.slice(from * 25_600, to * 25_600)))
  expect(rms(27, 29)).toBeGreaterThan(1.5 * rms(2, 4))
})
