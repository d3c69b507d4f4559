import type { LoadedModel } from '../../src/engine/analysis/model-shelf'
import { hearEnvelope } from '../../src/engine/diagnosis/diagnose'
import { quietJob } from '../../src/engine/jobs/job-context'
import type { Channel } from '../../src/engine/readers/recording'
import { drawFault, drawMachine } from '../../src/engine/training/synthetic/draw-machine'
import { makeRecording } from '../../src/engine/training/synthetic/machine'
import type { FaultKind, MachineSpec } from '../../src/engine/training/synthetic/machine-spec'
import type { BearingEntry } from '../../src/shared/diagnosis/bearing'
import type { BearingPart } from '../../src/shared/diagnosis/diagnosis'
import { createRandom } from '../../src/shared/random'
import { translator } from '../../src/shared/locales/translate'
import { computeBearingLines } from '../../src/engine/diagnosis/kinematics'
import { askBeat } from './beat-figures'
import { conditioned, evidenceOf } from './recordings'

export const snrsDb = [-21, -18, -15, -12, -9, -6, -3, 0, 3] as const
const sampleRateHz = 12_000
const seconds = 4
/** One bearing, many machines around it. */
const geometry = { rollingElementCount: 9, ballDiameterMm: 7.94, pitchDiameterMm: 39.04, contactAngleDegrees: 0 }
const bearing: BearingEntry = { id: 'made', designation: 'made', maker: '–', source: 'made', geometry }
const lines = computeBearingLines(geometry)
const t = translator('en')

const parts: Readonly<Record<FaultKind, BearingPart>> = {
  outer: 'outer-race',
  inner: 'inner-race',
  ball: 'rolling-element',
  cage: 'cage',
}

export interface Curve {
  readonly name: string
  /** Share found right, one value an SNR. */
  readonly shares: readonly number[]
}

export interface SnrFigures {
  readonly curves: readonly Curve[]
  readonly healthyCount: number
  readonly healthyNamed: number
  readonly machineCount: number
}

/** Machines drawn wider than any plant, each with the same bearing; the same machine at every SNR. */
export async function snrCurves(model: LoadedModel, machineCount: number): Promise<SnrFigures> {
  const kinds = ['outer', 'inner', 'ball', 'cage'] as const
  const curves: Curve[] = []
  for (const kind of kinds) {
    const envelope = snrsDb.map(() => 0)
    const beat = snrsDb.map(() => 0)
    for (let seed = 0; seed < machineCount; seed++) {
      for (const [i, snrDb] of snrsDb.entries()) {
        const made = makeMachine(`${kind} ${seed}`, kind, snrDb)
        if ((await named(made)) === `fault-${parts[kind]}`) envelope[i] += 1 / machineCount
        const signal = await conditioned(made.channel, sampleRateHz, model)
        const speed = { shaftSpeedRpm: made.shaftSpeedRpm, lines }
        if (askBeat(await evidenceOf(signal, model), speed, model).part === parts[kind]) beat[i] += 1 / machineCount
      }
    }
    curves.push({ name: `envelope, ${kind}`, shares: envelope }, { name: `beat, ${kind}`, shares: beat })
  }
  let healthyNamed = 0
  const healthyCount = 5 * machineCount
  for (let seed = 0; seed < healthyCount; seed++) {
    if ((await named(makeMachine(`healthy ${seed}`, undefined, 0))).startsWith('fault')) healthyNamed += 1
  }
  return { curves, healthyCount, healthyNamed, machineCount }
}

interface MadeMachine {
  readonly channel: Channel
  readonly shaftSpeedRpm: number
}

function makeMachine(seed: string, kind: FaultKind | undefined, snrDb: number): MadeMachine {
  const random = createRandom(`diagnosis curve ${seed}`)
  const sampleCount = seconds * sampleRateHz
  const drawn = drawMachine({ sampleRateHz, sampleCount, isFaulty: kind !== undefined }, random)
  const fault = kind === undefined ? undefined : { ...drawFault(sampleRateHz, random.fork('fault')), kind, snrDb }
  const { bpfo, bpfi, bsf, ftf } = lines
  const spec: MachineSpec = { ...drawn, speedRatio: 1, orders: { bpfo, bpfi, bsf, ftf }, fault }
  const { samples } = makeRecording(spec, createRandom(`diagnosis signal ${seed}`))
  const channel: Channel = {
    name: 'made',
    unit: undefined,
    sampleRateHz,
    sampleCount,
    read: async ({ start, end }) => samples.slice(start, end),
  }
  return { channel, shaftSpeedRpm: 60 * spec.shaftHz }
}

async function named({ channel, shaftSpeedRpm }: MadeMachine): Promise<string> {
  const settings = { shaftSpeedRpm, bearing, bandHz: undefined }
  return (await hearEnvelope(channel, sampleRateHz, settings, t, quietJob)).witness.verdict
}

export function curveTable({ curves, healthyCount, healthyNamed, machineCount }: SnrFigures): string[] {
  const header = `| found right, % of ${machineCount} machines | ${snrsDb.map((snr) => `${snr} dB`).join(' | ')} |`
  const rows = curves.map(
    ({ name, shares }) => `| ${name} | ${shares.map((share) => Math.round(100 * share)).join(' | ')} |`,
  )
  return [
    header,
    `| --- |${' --- |'.repeat(snrsDb.length)}`,
    ...rows,
    '',
    `Made machines without a fault, 12 kHz, 4 s: ${healthyNamed} of ${healthyCount} named by the envelope.`,
  ]
}
