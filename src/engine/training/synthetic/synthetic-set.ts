import { createRandom } from '../../../shared/random'
import { conditionChannel } from '../../dsp/condition'
import type { JobContext } from '../../jobs/job-context'
import { quietJob } from '../../jobs/job-context'
import type { CardConditioning } from '../../../shared/model-card'
import type { PreparedRecording } from '../dataset'
import { channelOf } from '../dataset'
import { drawMachine } from './draw-machine'
import { makeRecording } from './machine'

export interface SyntheticSetSettings {
  readonly recordingCount: number
  readonly seconds: number
  readonly sampleRateHz: number // the model's
  readonly conditioning: CardConditioning
  readonly seed: number
}

export const syntheticMachine = 'synthetic'

/** Made recordings, every other one faulty, conditioned as read ones are. Each is a bearing of its own. */
export async function makeSyntheticSet(settings: SyntheticSetSettings, job: JobContext): Promise<PreparedRecording[]> {
  const { recordingCount, seconds, sampleRateHz, conditioning, seed } = settings
  const random = createRandom(`${seed}/synthetic set`)
  const recordings: PreparedRecording[] = []
  for (let i = 0; i < recordingCount; i++) {
    job.signal.throwIfAborted()
    const own = random.fork(`machine ${i}`)
    const label = i % 2 === 0 ? 1 : -1
    const spec = drawMachine(
      { sampleRateHz, sampleCount: Math.round(seconds * sampleRateHz), isFaulty: label === 1 },
      own,
    )
    const { samples } = makeRecording(spec, own.fork('signal'))
    const request = {
      channel: channelOf(samples, sampleRateHz),
      sourceRateHz: sampleRateHz,
      modelRateHz: sampleRateHz,
      conditioning,
    }
    const signal = await conditionChannel(request, quietJob)
    const conditioned = await signal.read({ start: 0, end: signal.sampleCount })
    recordings.push({
      id: `synthetic ${seed}/${i}`,
      machine: syntheticMachine,
      bearing: `made ${i}`,
      label,
      operatingPoint: '',
      bearingFault: spec.fault?.kind ?? 'none',
      otherFault: 'none',
      sha256: '',
      piece: 0,
      channels: [{ samples: conditioned, kurtosis: Number.NaN, envelopePeak: Number.NaN }],
    })
  }
  return recordings
}
