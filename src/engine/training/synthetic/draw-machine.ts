import type { Random } from '../../../shared/random'
import type { BearingFault, BearingOrders, GearMesh, MachineSpec, Resonance } from './machine-spec'
import { faultKinds } from './machine-spec'

export interface DrawOptions {
  readonly sampleRateHz: number
  readonly sampleCount: number
  readonly isFaulty: boolean
}

/**
 * A machine drawn at random, wider than any single plant: 8 to 60 Hz, smooth to rough, tonal to noisy, with modes
 * anywhere in the band. Healthy ones knock, mesh and wander as much as faulty ones do.
 */
export function drawMachine(options: DrawOptions, random: Random): MachineSpec {
  const { sampleRateHz, sampleCount, isFaulty } = options
  const noiseRms = 1
  const tonal = 10 ** random.between(-1.5, 0.7)
  const structure = drawResonances(1 + random.integer(5), sampleRateHz, random.fork('structure'))
  const knocksOften = random.uniform() < 0.5
  return {
    sampleRateHz,
    sampleCount,
    shaftHz: random.between(8, 60),
    speedWander: random.uniform() < 0.5 ? 0 : random.between(0, 0.01),
    speedRatio: random.uniform() < 0.9 ? 1 : random.between(0.8, 1.25),
    shaftAmplitudes: drawHarmonics(tonal, random.fork('harmonics')),
    gears: drawGears(tonal, random.fork('gears')),
    noiseRms,
    noiseColour: random.between(0, 1.6),
    noiseThroughStructure: random.uniform() < 0.2 ? 0 : random.between(0.1, 0.95),
    structure,
    knocks: knocksOften ? { perSecond: 10 ** random.between(-0.5, 1.3), height: random.between(0.5, 5) } : noKnocks,
    orders: drawOrders(random.fork('orders')),
    fault: isFaulty ? drawFault(sampleRateHz, random.fork('fault')) : undefined,
  }
}

const noKnocks = { perSecond: 0, height: 0 }

/** The exact kinematics of a ball bearing with n balls of diameter ratio d/D, no contact angle. */
export function ordersOf(ballCount: number, ballOverPitch: number): BearingOrders {
  return {
    bpfo: (ballCount / 2) * (1 - ballOverPitch),
    bpfi: (ballCount / 2) * (1 + ballOverPitch),
    bsf: (1 - ballOverPitch * ballOverPitch) / (2 * ballOverPitch),
    ftf: (1 - ballOverPitch) / 2,
  }
}

function drawOrders(random: Random): BearingOrders {
  return ordersOf(7 + random.integer(10), random.between(0.12, 0.3))
}

export function drawFault(sampleRateHz: number, random: Random): BearingFault {
  return {
    kind: faultKinds[random.uniform() < 0.05 ? 3 : random.integer(3)],
    snrDb: random.between(-18, 6),
    slip: random.between(0.002, 0.03),
    modulationDepth: random.uniform(),
    heightSpread: random.between(0.02, 0.5),
    resonances: drawResonances(1 + random.integer(4), sampleRateHz, random.fork('resonances')),
    growth: undefined,
  }
}

/** Modes between 6 % and 96 % of half the sample rate, evenly over log frequency. */
export function drawResonances(count: number, sampleRateHz: number, random: Random): Resonance[] {
  return Array.from({ length: count }, () => ({
    frequencyHz: (sampleRateHz / 2) * Math.exp(random.between(Math.log(0.06), Math.log(0.96))),
    dampingRatio: 10 ** random.between(-2, -0.8),
    gain: 10 ** random.between(-0.7, 0.3),
  }))
}

function drawHarmonics(tonal: number, random: Random): number[] {
  const count = 1 + random.integer(8)
  return Array.from({ length: count }, (_, i) => (tonal * random.uniform()) / (1 + i * random.between(0.1, 1)))
}

function drawGears(tonal: number, random: Random): GearMesh[] {
  const count = random.uniform() < 0.5 ? 0 : 1 + random.integer(2)
  return Array.from({ length: count }, () => ({
    toothCount: 15 + random.integer(50),
    amplitude: tonal * random.between(0.05, 0.8),
    modulationDepth: random.between(0, 0.8),
    harmonicCount: 1 + random.integer(3),
  }))
}
