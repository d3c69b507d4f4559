import { conditionChannel } from '../dsp/condition'
import { networkInputOf } from './gather-evidence'
import { runOnePass } from '../inference/one-pass'
import type { PowerFrames } from '../inference/network-input'
import type { JobContext } from '../jobs/job-context'
import type { Channel, Recording } from '../readers/recording'
import { meanOf } from '../timeline/score-series'
import { sampleRateOf } from './given-rate'
import type { LoadedModel } from './model-shelf'

export interface RecordingLogitRequest {
  readonly recording: Recording
  readonly channels: readonly Channel[]
  readonly model: LoadedModel
  readonly powerFrames: PowerFrames
}

/** The score of a recording: mean of its channels' logits, as in the evaluation. NaN where nothing was measured. */
export async function meanLogitOf(request: RecordingLogitRequest, job: JobContext): Promise<number> {
  const { recording, channels, model, powerFrames } = request
  const { card, runner } = model
  let sum = 0
  let count = 0
  for (const channel of channels) {
    const sourceRateHz = sampleRateOf(channel, recording.name)
    const { sampleRateHz: modelRateHz, conditioning } = card
    const signal = await conditionChannel({ channel, sourceRateHz, modelRateHz, conditioning }, job)
    const input = networkInputOf(model, signal, powerFrames)
    const { track } = await runOnePass({ input, runner, chunkSteps: card.chunkSteps, mapColumnLimit: 1 }, job)
    const logit = meanOf(track.evidence, 0, track.stepCount)
    if (Number.isNaN(logit)) continue
    sum += logit
    count += 1
  }
  return count === 0 ? Number.NaN : sum / count
}
