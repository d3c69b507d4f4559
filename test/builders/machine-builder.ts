import { ordersOf } from '../../src/engine/training/synthetic/draw-machine'
import { makeRecording } from '../../src/engine/training/synthetic/machine'
import type { FaultKind, MachineSpec } from '../../src/engine/training/synthetic/machine-spec'
import type { Channel } from '../../src/engine/readers/recording'
import { createRandom } from '../../src/shared/random'

/** The geometry of `ordersOf(9, 7.94 / 39.04)`. */
export const madeBearing = 'n=9,d=7.94,D=39.04,angle=0'
export const madeRpm = 1797

/** 4 s at 12 kHz of a steady machine with unbalance and a gear, and a fault of that power over all the rest. */
export function madeMachine(kind: FaultKind | undefined, snrDb: number, changes: Partial<MachineSpec> = {}): Channel {
  const spec: MachineSpec = {
    sampleRateHz: 12_000,
    sampleCount: 48_000,
    shaftHz: madeRpm / 60,
    speedWander: 0,
    speedRatio: 1,
    shaftAmplitudes: [0.3, 0.1, 0.05],
    gears: [{ toothCount: 23, amplitude: 0.2, modulationDepth: 0.3, harmonicCount: 2 }],
    noiseRms: 1,
    noiseColour: 0.4,
    noiseThroughStructure: 0.3,
    structure: [{ frequencyHz: 900, dampingRatio: 0.05, gain: 1 }],
    knocks: { perSecond: 0.5, height: 2 },
    orders: ordersOf(9, 7.94 / 39.04),
    fault: kind === undefined ? undefined : { kind, snrDb, ...faultShape },
    ...changes,
  }
  return channelOf(makeRecording(spec, createRandom(`${kind} ${snrDb}`)).samples, spec.sampleRateHz)
}

const faultShape = {
  slip: 0.005,
  modulationDepth: 0.6,
  heightSpread: 0.1,
  resonances: [{ frequencyHz: 3300, dampingRatio: 0.05, gain: 1 }],
  growth: undefined,
}

export function channelOf(samples: Float32Array, sampleRateHz: number): Channel {
  return {
    name: 'made',
    unit: 'g',
    sampleRateHz,
    sampleCount: samples.length,
    read: async ({ start, end }) => samples.slice(start, end),
  }
}
