import type { RequestContext } from '../../shared/contract/dispatch'
import type { RequestInput } from '../../shared/contract/requests'
import { AnalyzerError } from '../../shared/errors'
import type { SampleRange } from '../../shared/sample-range'
import { clampRange } from '../../shared/sample-range'
import { sampleRateOf } from '../analysis/given-rate'
import type { EngineParts } from '../engine-parts'
import { chooseChannels } from '../readers/choose-channels'
import type { Channel, Recording } from '../readers/recording'

export type SignalRequest = Pick<RequestInput<'kurtogram.get'>, 'file' | 'read' | 'channel' | 'range'>

/** A stretch of one channel, in memory. */
export interface ReadSignal {
  readonly recording: Recording
  readonly channel: Channel
  readonly sampleRateHz: number
  readonly usedRange: SampleRange
  readonly samples: Float32Array
}

/** 4 million samples: 160 s at 25.6 kHz. Finer lines than that gives are not asked for. */
export const signalSampleLimit = 2 ** 22

/** Opens the file, reads at most `limit` samples of the asked range, and closes it when `use` has ended. */
export async function withSignal<T>(
  parts: Pick<EngineParts, 'openRecording'>,
  request: SignalRequest,
  context: RequestContext,
  limit: number,
  use: (signal: ReadSignal) => Promise<T> | T,
): Promise<T> {
  const recording = await parts.openRecording(context.resolveFile(request.file), request.read)
  try {
    const [channel] = chooseChannels(recording, request.channel)
    return await use(await readSignal(recording, channel, request.range, limit))
  } finally {
    await recording.close()
  }
}

/** @throws AnalyzerError bad-request without a rate, or for a range outside the channel */
export async function readSignal(
  recording: Recording,
  channel: Channel,
  range: SampleRange | undefined,
  limit: number,
): Promise<ReadSignal> {
  const sampleRateHz = sampleRateOf(channel, recording.name)
  const asked = clampRange(range ?? { start: 0, end: channel.sampleCount }, channel.sampleCount)
  const usedRange = { start: asked.start, end: Math.min(asked.end, asked.start + limit) }
  if (usedRange.end <= usedRange.start) {
    throw new AnalyzerError(
      'bad-request',
      `Channel "${channel.name}" of "${recording.name}" has ${channel.sampleCount} samples; the range asked for holds none of them.`,
    )
  }
  return { recording, channel, sampleRateHz, usedRange, samples: await channel.read(usedRange) }
}
