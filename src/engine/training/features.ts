import type { ConditionedSignal } from '../dsp/conditioned-signal'
import { clampRange } from '../../shared/sample-range'
import type { JobContext } from '../jobs/job-context'
import type { NetworkGeometry } from '../inference/geometry'
import type { Network } from '../inference/network'
import type { PowerFrames } from '../inference/network-input'
import { spectrogramInput, waveformInput } from '../inference/network-input'
import type { Architecture } from './architectures'
import type { PreparedRecording } from './dataset'
import type { FeaturedRecording, RecordingRole } from './head-trainer'

/** Makes the network's input [inputLength × bins × values] of a conditioned channel, as an analysis makes it. */
export type InputMaker = (
  samples: Float32Array,
) => Promise<{ readonly values: Float32Array; readonly inputLength: number }>

export function inputMakerOf(
  architecture: Pick<Architecture, 'sampleRateHz' | 'spectrogram'>,
  geometry: NetworkGeometry,
  powerFrames: PowerFrames,
): InputMaker {
  const { sampleRateHz, spectrogram } = architecture
  return async (samples) => {
    const signal = signalOf(samples, sampleRateHz)
    const input =
      spectrogram === null
        ? waveformInput(signal, geometry)
        : spectrogramInput(signal, geometry, spectrogram, powerFrames)
    if (input.stepCount === 0) return { values: new Float32Array(0), inputLength: 0 }
    return input.read(0, input.stepCount)
  }
}

/** A conditioned signal in memory. */
export function signalOf(samples: Float32Array, sampleRateHz: number): ConditionedSignal {
  return {
    sampleRateHz,
    sampleCount: samples.length,
    inputCount: 1,
    read: (range) => {
      const { start, end } = clampRange(range, samples.length)
      return Promise.resolve(samples.subarray(start, end))
    },
  }
}

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
  const { values, inputLength } = await makeInput(samples)
  const { features, featureCount } = await network.runTrunk(values, inputLength)
  const positions = features.length / featureCount
  const means = new Float64Array(featureCount)
  for (let p = 0; p < positions; p++) {
    for (let k = 0; k < featureCount; k++) means[k] += features[p * featureCount + k] / positions
  }
  return means
}
