import type { Random } from '../../../shared/random'
import { colouredNoise } from './coloured-noise'
import { bearingImpacts, excitationOf, randomKnocks } from './impacts'
import type {
  BearingFault,
  BearingOrders,
  GearMesh,
  MachineSpec,
  MachineTruth,
  Resonance,
  SyntheticRecording,
} from './machine-spec'
import { meanSquareOf, respond, scaleToRms } from './resonators'
import { shaftRevolutions } from './shaft'

/**
 * A made recording with its truth. The parts draw from generators of their own: the same spec without the fault gives
 * exactly the same background.
 */
export function makeRecording(spec: MachineSpec, random: Random): SyntheticRecording {
  const revolutions = shaftRevolutions(spec, random.fork('shaft'))
  const sum = makeBackground(spec, revolutions, random)
  let impactSamples: number[] = []
  if (spec.fault !== undefined) {
    const made = makeFault(spec, spec.fault, revolutions, Math.sqrt(meanSquareOf(sum)), random)
    impactSamples = made.impactSamples
    for (let i = 0; i < sum.length; i++) sum[i] += made.signal[i]
  }
  return { samples: Float32Array.from(sum), sampleRateHz: spec.sampleRateHz, truth: truthOf(spec, impactSamples) }
}

function makeBackground(spec: MachineSpec, revolutions: Float64Array, random: Random): Float64Array {
  const sum = makeNoise(spec, random.fork('noise'))
  addShaft(sum, spec.shaftAmplitudes, revolutions, random.fork('harmonics'))
  for (const [index, gear] of spec.gears.entries()) addGear(sum, gear, revolutions, random.fork(`gear ${index}`))
  addKnocks(sum, spec, random.fork('knocks'))
  return sum
}

/** Part of the noise straight at the sensor, the rest through the structure; together noiseRms. */
function makeNoise(spec: MachineSpec, random: Random): Float64Array {
  const { sampleCount, noiseColour, noiseRms, noiseThroughStructure, structure, sampleRateHz } = spec
  const direct = scaleToRms(colouredNoise(sampleCount, noiseColour, random.fork('direct')), 1)
  if (structure.length === 0) return scaleToRms(direct, noiseRms)
  const source = colouredNoise(sampleCount, 0, random.fork('source'))
  const through = scaleToRms(respond(source, structure, sampleRateHz), 1)
  for (let i = 0; i < sampleCount; i++) {
    direct[i] = Math.sqrt(1 - noiseThroughStructure) * direct[i] + Math.sqrt(noiseThroughStructure) * through[i]
  }
  return scaleToRms(direct, noiseRms)
}

function addShaft(sum: Float64Array, amplitudes: readonly number[], revolutions: Float64Array, random: Random): void {
  for (const [index, amplitude] of amplitudes.entries()) {
    const phase = random.between(0, 2 * Math.PI)
    const turn = 2 * Math.PI * (index + 1)
    for (let i = 0; i < sum.length; i++) sum[i] += amplitude * Math.sin(turn * revolutions[i] + phase)
  }
}

/** Harmonics of the mesh, falling as 1/n, amplitude-modulated at shaft speed (which makes the sidebands). */
function addGear(sum: Float64Array, gear: GearMesh, revolutions: Float64Array, random: Random): void {
  const modulationPhase = random.between(0, 2 * Math.PI)
  for (let harmonic = 1; harmonic <= gear.harmonicCount; harmonic++) {
    const phase = random.between(0, 2 * Math.PI)
    const order = gear.toothCount * harmonic
    for (let i = 0; i < sum.length; i++) {
      const modulation = 1 + gear.modulationDepth * Math.cos(2 * Math.PI * revolutions[i] + modulationPhase)
      sum[i] += (gear.amplitude / harmonic) * modulation * Math.sin(2 * Math.PI * order * revolutions[i] + phase)
    }
  }
}

/** Knocks ring the structure; their height is set against the RMS of the background. */
function addKnocks(sum: Float64Array, spec: MachineSpec, random: Random): void {
  const { sampleRateHz, structure, knocks } = spec
  if (structure.length === 0) return
  const impacts = randomKnocks(sum.length, knocks.perSecond / sampleRateHz, random)
  if (impacts.length === 0) return
  const signal = respond(excitationOf(impacts, sum.length), structure, sampleRateHz)
  const peak = peakOfOneImpact(structure, sampleRateHz)
  const factor = peak === 0 ? 0 : (knocks.height * Math.sqrt(meanSquareOf(sum))) / peak
  for (let i = 0; i < sum.length; i++) sum[i] += factor * signal[i]
}

function peakOfOneImpact(resonances: readonly Resonance[], sampleRateHz: number): number {
  const impulse = new Float64Array(256)
  impulse[0] = 1
  return respond(impulse, resonances, sampleRateHz).reduce((peak, value) => Math.max(peak, Math.abs(value)), 0)
}

export interface FaultSignalSpec {
  readonly fault: BearingFault
  readonly orders: BearingOrders
  readonly shaftHz: number
  readonly sampleRateHz: number
  readonly sampleCount: number
}

/** The signal of a bearing fault alone, at constant speed and any level: to be mixed into a real background. */
export function makeFaultSignal(spec: FaultSignalSpec, random: Random): Float32Array {
  const { fault, orders, sampleRateHz, sampleCount } = spec
  const revolutions = shaftRevolutions({ ...spec, speedWander: 0, speedRatio: 1 }, random.fork('shaft'))
  const impacts = bearingImpacts(revolutions, fault, orders, sampleRateHz, random.fork('impacts'))
  return Float32Array.from(respond(excitationOf(impacts, sampleCount), fault.resonances, sampleRateHz))
}

/** The asked SNR is that of the fully grown fault, also where it grows only at the end or not at all here. */
function makeFault(
  spec: MachineSpec,
  fault: BearingFault,
  revolutions: Float64Array,
  backgroundRms: number,
  random: Random,
): { signal: Float64Array; impactSamples: number[] } {
  const { sampleRateHz, sampleCount, orders } = spec
  const responseTo = (part: BearingFault) => {
    const impacts = bearingImpacts(revolutions, part, orders, sampleRateHz, random.fork('impacts'))
    return { impacts, signal: respond(excitationOf(impacts, sampleCount), part.resonances, sampleRateHz) }
  }
  const grown = responseTo({ ...fault, growth: undefined })
  const grownRms = Math.sqrt(meanSquareOf(grown.signal))
  const factor = grownRms === 0 ? 0 : (backgroundRms * 10 ** (fault.snrDb / 20)) / grownRms
  const { impacts, signal } = fault.growth === undefined ? grown : responseTo(fault)
  for (let i = 0; i < sampleCount; i++) signal[i] *= factor
  const felt = impacts.filter((impact) => impact.height > 0)
  return { signal, impactSamples: felt.map((impact) => Math.floor(impact.position)) }
}

function truthOf(spec: MachineSpec, impactSamples: number[]): MachineTruth {
  const { orders, shaftHz, fault } = spec
  const strongest = fault?.resonances.reduce((best, next) => (next.gain > best.gain ? next : best))
  return {
    impactSamples,
    bandHz: strongest === undefined ? undefined : bandOf(strongest),
    faultKind: fault?.kind,
    shaftHz,
    snrDb: fault?.snrDb,
    lines: {
      bpfo: orders.bpfo * shaftHz,
      bpfi: orders.bpfi * shaftHz,
      bsf: orders.bsf * shaftHz,
      ftf: orders.ftf * shaftHz,
    },
  }
}

/** Half-power band of a lightly damped mode, twice as wide as its name says, to hold most of the ringing. */
function bandOf({ frequencyHz, dampingRatio }: Resonance): { low: number; high: number } {
  const halfWidth = 2 * dampingRatio * frequencyHz
  return { low: Math.max(0, frequencyHz - halfWidth), high: frequencyHz + halfWidth }
}
