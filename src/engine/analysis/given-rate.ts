import { AnalyzerError } from '../../shared/errors'
import type { Channel } from '../readers/recording'

/** The channel's rate, or the sentence that says how to give it: a rate is never guessed. */
export function sampleRateOf(channel: Channel, fileName: string): number {
  const { sampleRateHz } = channel
  if (sampleRateHz === undefined) {
    throw new AnalyzerError(
      'bad-request',
      `"${fileName}" does not say at which rate channel "${channel.name}" was sampled; give it with --sample-rate HZ.`,
      { channel: channel.name },
    )
  }
  if (!(sampleRateHz > 0) || !Number.isFinite(sampleRateHz)) {
    throw new AnalyzerError(
      'bad-request',
      `Channel "${channel.name}" of "${fileName}" has a sample rate of ${sampleRateHz} Hz; a positive number is needed.`,
      { channel: channel.name, sampleRateHz },
    )
  }
  return sampleRateHz
}
