import { existsSync } from 'node:fs'
import { ModelShelf, type LoadedModel } from '../../src/engine/analysis/model-shelf'
import { conditionForModel, networkInputOf } from '../../src/engine/analysis/gather-evidence'
import { computeBearingLines } from '../../src/engine/diagnosis/kinematics'
import { findBearing } from '../../src/engine/diagnosis/bearing-catalogue'
import type { ConditionedSignal } from '../../src/engine/dsp/conditioned-signal'
import { waveformInput } from '../../src/engine/inference/network-input'
import { runOnePass } from '../../src/engine/inference/one-pass'
import type { Network } from '../../src/engine/inference/network'
import { quietJob } from '../../src/engine/jobs/job-context'
import { listModels } from '../../src/engine/models/registry'
import { openRecordingFile } from '../../src/engine/readers/open-recording'
import type { Channel } from '../../src/engine/readers/recording'
import { readManifest, type ManifestEntry } from '../../src/engine/training/manifest'
import type { BearingEntry, BearingLines } from '../../src/shared/diagnosis/bearing'
import type { BearingPart } from '../../src/shared/diagnosis/diagnosis'

export const manifestPath = '../shared/data/manifest.csv'

export interface BenchRecording {
  readonly entry: ManifestEntry
  readonly channels: readonly Channel[]
  readonly sampleRateHz: number
  readonly shaftSpeedRpm: number
  /** Undefined = no bearing fault. */
  readonly part: BearingPart | undefined
  readonly bearing: BearingEntry
  readonly lines: BearingLines
}

/** ADI does not state its bearing: its outer and inner lines fit an ER-12K. Used for figures beside the asked ones only. */
const bearingNames: Readonly<Record<string, string>> = {
  cwru: 'cwru-6205-2rs',
  femto: 'femto-pronostia',
  'adi-limerick': 'n=8,d=7.9375,D=33.4772,angle=0',
}

export function hasSharedData(): boolean {
  return existsSync(manifestPath)
}

/** Every recording of a machine in turn, open while it is used. */
export async function eachRecording(
  machine: string,
  isWanted: (entry: ManifestEntry) => boolean,
  use: (recording: BenchRecording) => Promise<void>,
): Promise<void> {
  const { entries } = await readManifest(manifestPath)
  const bearing = findBearing(bearingNames[machine])
  const lines = computeBearingLines(bearing.geometry)
  for (const entry of entries.filter((each) => each.machine === machine && isWanted(each))) {
    const { sampleRateHz = Number.NaN, shaftSpeedRpm = Number.NaN } = entry
    const recording = await openRecordingFile(entry.filePath, { sampleRateHz })
    const channels =
      machine === 'cwru' ? recording.channels.filter(({ name }) => name.includes('DE_time')) : recording.channels
    const part = entry.label === -1 ? undefined : partOf(entry.bearing)
    await use({ entry, channels, sampleRateHz, shaftSpeedRpm, part, bearing, lines })
    await recording.close()
  }
}

function partOf(bearing: string): BearingPart {
  if (/^OR|OR$/.test(bearing)) return 'outer-race'
  return /^IR|IR$/.test(bearing) ? 'inner-race' : 'rolling-element'
}

export const isHealthy = ({ label }: ManifestEntry): boolean => label === -1

/** The model that decides, on the backend that works everywhere. */
export async function loadDecidingModel(): Promise<{ readonly model: LoadedModel; readonly shelf: ModelShelf }> {
  const shelf = new ModelShelf()
  await shelf.useBackend('wasm')
  const { models } = await listModels(['resources/models'])
  const place = models.find(({ card }) => card.kind === '1d')
  if (place === undefined) throw new Error('There is no 1D model in resources/models.')
  return { model: await shelf.load(place), shelf }
}

export function conditioned(channel: Channel, sampleRateHz: number, { card }: LoadedModel): Promise<ConditionedSignal> {
  return conditionForModel(channel, sampleRateHz, card, quietJob)
}

export async function evidenceOf(signal: ConditionedSignal, model: LoadedModel): Promise<Float32Array> {
  const noFrames = () => new Float32Array(0) // a 1D network asks for none
  const input = networkInputOf(model, signal, noFrames)
  const { card, runner } = model
  const request = { input, runner, chunkSteps: card.chunkSteps, mapColumnLimit: 1 }
  return (await runOnePass(request, quietJob)).track.evidence
}

/** Evidence by another network of the same geometry. */
export async function evidenceByNetwork(signal: ConditionedSignal, network: Network): Promise<Float32Array> {
  const input = waveformInput(signal, network.geometry)
  const { values, inputLength } = await input.read(0, input.stepCount)
  const { fault, healthy } = await network.runEvidence(values, inputLength)
  return fault.map((value, step) => value - healthy[step])
}
