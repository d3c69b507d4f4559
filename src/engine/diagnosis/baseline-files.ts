import type { RequestContext } from '../../shared/contract/dispatch'
import type { RequestInput } from '../../shared/contract/requests'
import type { BaselineComparison } from '../../shared/diagnosis/views'
import { AnalyzerError } from '../../shared/errors'
import type { Channel, Recording } from '../readers/recording'
import type { Session } from '../session'
import { compareWithBaseline, type SignalPart } from './baseline-compare'
import { readSignal, signalSampleLimit, withSignal, type ReadSignal } from './read-signal'

/** All baseline recordings together hold no more than this in memory. */
const baselineSampleLimit = 4 * signalSampleLimit

/** Reads the recording and its healthy ones and compares them. */
export function compareFiles(
  session: Pick<Session, 'parts' | 'study'>,
  input: RequestInput<'baseline.compare'>,
  context: RequestContext,
): Promise<BaselineComparison> {
  const limit = Math.min(signalSampleLimit, Math.floor(baselineSampleLimit / input.baseline.length))
  return withSignal(session, input, context, signalSampleLimit, async (signal) => {
    const baseline: SignalPart[] = []
    for (const file of input.baseline) {
      context.signal.throwIfAborted()
      const recording = await session.parts.openRecording(
        context.resolveFile(file),
        input.baselineRead ?? input.read ?? {},
      )
      try {
        const channel = matchingChannel(recording, signal.channel)
        baseline.push(partOf(await readSignal(recording, channel, undefined, limit)))
      } finally {
        await recording.close()
      }
    }
    return compareWithBaseline(partOf(signal), baseline, input)
  })
}

function partOf({ channel, sampleRateHz, samples }: ReadSignal): SignalPart {
  return { name: channel.name, unit: channel.unit, sampleRateHz, samples }
}

function matchingChannel({ channels, name }: Recording, wanted: Channel): Channel {
  const found =
    channels.find((channel) => channel.name === wanted.name) ?? (channels.length === 1 ? channels[0] : undefined)
  if (found !== undefined) return found
  throw new AnalyzerError(
    'bad-request',
    `The baseline "${name}" has no channel "${wanted.name}"; it has ${channels.map((channel) => `"${channel.name}"`).join(', ')}.`,
  )
}
