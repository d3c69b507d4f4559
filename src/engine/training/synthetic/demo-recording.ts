import { createRandom } from '../../../shared/random'
import { ordersOf } from './draw-machine'
import { makeRecording } from './machine'
import type { MachineSpec, SyntheticRecording } from './machine-spec'

export interface DemoRecording extends SyntheticRecording {
  readonly name: string
  readonly unit: 'g'
  readonly shaftSpeedRpm: number
  /** ball count, ball and pitch diameter in mm: a common 6205 */
  readonly bearing: { readonly ballCount: number; readonly ballMm: number; readonly pitchMm: number }
  /** the fault is absent before, growing after */
  readonly faultStartSeconds: number
  /** says that it is made */
  readonly description: string
}

/** In resources/bearings.json. */
export const demoBearingId = 'cwru-6205-2rs'

const bearing = { ballCount: 9, ballMm: 7.94, pitchMm: 39.04 }
const shaftSpeedRpm = 1797

/** 30 s of a made motor at 25.6 kHz: healthy, and from the middle on with an outer-race fault that grows. Always the same. */
export function demoRecording(): DemoRecording {
  const made = makeRecording(demoSpec(), createRandom('VibraLens demo'))
  return {
    ...made,
    name: 'demo-motor.wav',
    unit: 'g',
    shaftSpeedRpm,
    bearing,
    faultStartSeconds: 15,
    description:
      'Synthetic: made by VibraLens, not measured. A motor at 1797 rpm, 25.6 kHz, in g; an outer-race fault ' +
      '(BPFO 107 Hz) grows from second 15 on.',
  }
}

function demoSpec(): MachineSpec {
  const sampleRateHz = 25600
  return {
    sampleRateHz,
    sampleCount: 30 * sampleRateHz,
    shaftHz: shaftSpeedRpm / 60,
    speedWander: 0.001,
    speedRatio: 1,
    shaftAmplitudes: [0.05, 0.02, 0.01],
    gears: [{ toothCount: 27, amplitude: 0.02, modulationDepth: 0.3, harmonicCount: 2 }],
    noiseRms: 0.06,
    noiseColour: 0.6,
    noiseThroughStructure: 0.4,
    structure: [
      { frequencyHz: 820, dampingRatio: 0.05, gain: 1 },
      { frequencyHz: 2100, dampingRatio: 0.04, gain: 0.6 },
      { frequencyHz: 5200, dampingRatio: 0.05, gain: 0.4 },
    ],
    knocks: { perSecond: 0.3, height: 2.5 },
    orders: ordersOf(bearing.ballCount, bearing.ballMm / bearing.pitchMm),
    fault: {
      kind: 'outer',
      snrDb: 5,
      slip: 0.01,
      modulationDepth: 0.15,
      heightSpread: 0.15,
      resonances: [
        { frequencyHz: 3300, dampingRatio: 0.04, gain: 1 },
        { frequencyHz: 4700, dampingRatio: 0.05, gain: 0.5 },
      ],
      growth: { startSeconds: 15, endSeconds: 28 },
    },
  }
}
