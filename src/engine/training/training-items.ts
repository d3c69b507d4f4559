import { createRandom } from '../../shared/random'
import { createNetwork } from '../inference/network'
import type { Network } from '../inference/network'
import { readGeometry } from '../inference/geometry'
import type { PowerFrames } from '../inference/network-input'
import type { JobContext } from '../jobs/job-context'
import type { PreparedDataset } from './dataset'
import { prepareDataset } from './dataset'
import type { Design } from './designs'
import { computeFeatures, inputMakerOf } from './features'
import type { FeaturedRecording } from './head-trainer'
import type { ManifestEntry } from './manifest'
import { makeSyntheticSet } from './synthetic/synthetic-set'
import { augmentAll, mixFaultsInto } from './variants'

export interface TrainingItems {
  readonly dataset: PreparedDataset
  readonly items: readonly FeaturedRecording[]
}

/** The design's network with an untrained head, on the current backend; the caller disposes it. */
export async function buildNetwork(design: Design): Promise<Network> {
  const { architecture } = design
  const model = architecture.build()
  return createNetwork(model, readGeometry(model.toJSON(null, false), architecture.camLayer), architecture.camLayer)
}

export interface ItemsRequest {
  readonly entries: readonly ManifestEntry[]
  readonly design: Design
  readonly network: Network
  readonly seed: number
  readonly cacheFolder: string | undefined
  readonly powerFrames: PowerFrames
}

/**
 * Everything that the head is trained on, through the fixed trunk once: the recordings, a varied copy of each, made
 * machines, and made faults in real healthy backgrounds, as far as the design asks for them.
 */
export async function makeTrainingItems(request: ItemsRequest, job: JobContext): Promise<TrainingItems> {
  const { entries, design, network, seed, cacheFolder } = request
  const { data, architecture } = design
  const { sampleRateHz, conditioning } = architecture
  const dataset = await prepareDataset(entries, { ...data, sampleRateHz, conditioning, cacheFolder }, job)
  const random = createRandom(seed)
  const makeInput = inputMakerOf(architecture, network.geometry, request.powerFrames)
  const items = await computeFeatures(network, makeInput, dataset.recordings, 'real', job)
  if (data.augmentation !== undefined) {
    const varied = augmentAll(dataset.recordings, data.augmentation, random.fork('augmentation'))
    items.push(...(await computeFeatures(network, makeInput, varied, 'augmented', job)))
  }
  if (data.mixedSnrDb !== undefined) {
    const healthy = dataset.recordings.filter((recording) => recording.label === -1)
    const mixed = mixFaultsInto(healthy, sampleRateHz, data.mixedSnrDb, random.fork('mixing'))
    items.push(...(await computeFeatures(network, makeInput, mixed, 'synthetic', job)))
  }
  if (data.syntheticCount > 0) {
    const { syntheticCount: recordingCount, syntheticSeconds: seconds } = data
    const made = await makeSyntheticSet({ recordingCount, seconds, sampleRateHz, conditioning, seed }, job)
    items.push(...(await computeFeatures(network, makeInput, made, 'synthetic', job)))
  }
  return { dataset, items }
}
