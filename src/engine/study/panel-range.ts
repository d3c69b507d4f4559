import { AnalyzerError } from '../../shared/errors'
import type { SampleRange } from '../../shared/sample-range'
import type { Channel } from '../readers/recording'

/** The stretch of a channel that a panel is about, as a channel of its own. @throws AnalyzerError bad-request */
export function stretchOf(channel: Channel, { start, end }: SampleRange): Channel {
  const { name, unit, sampleRateHz, sampleCount } = channel
  if (start >= end || end > sampleCount) {
    throw new AnalyzerError(
      'bad-request',
      `Samples ${start} to ${end} of channel "${name}" were asked for; it has 0 to ${sampleCount}, and at least one is needed.`,
      { start, end, sampleCount },
    )
  }
  return {
    name,
    unit,
    sampleRateHz,
    sampleCount: end - start,
    read: (range) => channel.read({ start: start + range.start, end: Math.min(end, start + range.end) }),
  }
}

/** Ends the work of what reads the channel when the signal is aborted, where that knows no signals. */
export function untilAborted(channel: Channel, signal: AbortSignal): Channel {
  return {
    ...channel,
    read: (range) => {
      signal.throwIfAborted()
      return channel.read(range)
    },
  }
}
