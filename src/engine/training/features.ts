import { AnalyzerError } from '../../shared/errors'
import type { Architecture } from './architectures'
import type { JobContext } from '../jobs/job-context'
import type { Network } from '../inference/network'
import type { PreparedRecording } from './dataset'
import type { FeaturedRecording, RecordingRole } from './head-trainer'

/** Makes the network's input [steps × (bins) × values] of a conditioned channel. */
export type InputMaker = (samples: Float32Array) => { readonly input: Float32Array; readonly inputLength: number }

export const waveformInput: InputMaker = (samples) => ({ input: samples, inputLength: samples.length })

/** Pooled features of every channel: mean over all positions of the map, summed in float64. */
export async function computeFeatures(
  network: Network,
  makeInput: InputMaker,
  recordings: readonly PreparedRecording[],
  role: RecordingRole,
  job: JobContext,
): Promise<FeaturedRecording[]> {
  const featured: FeaturedRecording[] = []
  for (const [index, recording] of recordings.entries()) {
    job.signal.throwIfAborted()
    const features: Float64Array[] = []
    for (const { samples } of recording.channels) features.push(await pooledFeatures(network, makeInput, samples))
    featured.push({ recording, role, features })
    job.report('train', index + 1, recordings.length)
  }
  return featured
}

async function pooledFeatures(network: Network, makeInput: InputMaker, samples: Float32Array): Promise<Float64Array> {
  const { input, inputLength } = makeInput(samples)
  const { features, featureCount } = await network.runTrunk(input, inputLength)
  const positions = features.length / featureCount
  const means = new Float64Array(featureCount)
  for (let p = 0; p < positions; p++) {
    for (let k = 0; k < featureCount; k++) means[k] += features[p * featureCount + k] / positions
  }
  return means
}

/** The input that the design's network takes, made as an analysis makes it. */
export function inputMakerOf(architecture: Pick<Architecture, 'kind'>): InputMaker {
  if (architecture.kind === '1d') return waveformInput
  throw new AnalyzerError('internal', 'The 2D network has no input maker yet.')
}
