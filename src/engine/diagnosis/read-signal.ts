import type { RequestContext } from '../../shared/contract/dispatch'
import type { RequestInput } from '../../shared/contract/requests'
import { AnalyzerError } from '../../shared/errors'
import type { SampleRange } from '../../shared/sample-range'
import { clampRange } from '../../shared/sample-range'
import { sampleRateOf } from '../analysis/given-rate'
import { chooseChannels } from '../readers/choose-channels'
import type { Channel, Recording } from '../readers/recording'
import type { Session } from '../session'

type SignalRequest = Pick<RequestInput<'kurtogram.get'>, 'file' | 'read' | 'recordingId' | 'channel' | 'range'>

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

/** The channel of a file that is opened for it, or of a recording that is open in the app and stays so. */
export async function withChannel<T>(
  { parts, study }: Pick<Session, 'parts' | 'study'>,
  { file, read, recordingId, channel }: Omit<SignalRequest, 'range'>,
  context: RequestContext,
  use: (channel: Channel, recording: Recording) => Promise<T> | T,
): Promise<T> {
  if ((file === undefined) === (recordingId === undefined)) {
    throw new AnalyzerError('bad-request', 'Give the file, or the id of an open recording; one of the two is needed.')
  }
  if (recordingId !== undefined) {
    const { recording } = study.recordings.get(recordingId)
    const [chosen] = chooseChannels(recording, channel)
    return use(chosen, recording)
  }
  const recording = await parts.openRecording(context.resolveFile(file ?? ''), read ?? {})
  try {
    const [chosen] = chooseChannels(recording, channel)
    return await use(chosen, recording)
  } finally {
    await recording.close()
  }
}

/** The same with at most `limit` samples of the asked range in memory. */
export function withSignal<T>(
  session: Pick<Session, 'parts' | 'study'>,
  request: SignalRequest,
  context: RequestContext,
  limit: number,
  use: (signal: ReadSignal) => Promise<T> | T,
): Promise<T> {
  return withChannel(session, request, context, async (channel, recording) =>
    use(await readSignal(recording, channel, request.range, limit)),
  )
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
