import { describeNeed, describeStatistics, type QualityNeed } from './quality-notices'
import { findIdenticalChannels } from './quality-pairs'
import { SignalScanner } from './quality-statistics'
import type { Channel, Notice, Recording } from './recording'

const blockLength = 65_536
const leastFlatSamples = 16
const leastFlatSeconds = 0.01
const leastGapSamples = 16
const leastGapSeconds = 0.001
const flatSamplesWithoutRate = 256 // 10 ms at the usual rates

/**
 * Clipping, flat lines, gaps, NaN, offset, length, rate, constant signal: one notice for each kind of finding, up to five
 * with places for flat lines and gaps. Reads the channel once, block by block.
 */
export async function checkChannelQuality(channel: Channel, need: QualityNeed): Promise<Notice[]> {
  const notices = [...describeNeed(channel, need)]
  if (channel.sampleCount === 0) return notices
  const scanner = new SignalScanner(runLimits(channel.sampleRateHz))
  for (let start = 0; start < channel.sampleCount; start += blockLength) {
    scanner.add(await channel.read({ start, end: Math.min(start + blockLength, channel.sampleCount) }))
  }
  return [...notices, ...describeStatistics(channel, scanner.finish())]
}

/** The checks of each channel, and channels that hold the same signal. What the reader noticed is not repeated. */
export async function checkRecordingQuality(recording: Recording, need: QualityNeed): Promise<Notice[]> {
  const notices: Notice[] = []
  for (const channel of recording.channels) notices.push(...(await checkChannelQuality(channel, need)))
  return [...notices, ...(await findIdenticalChannels(recording.channels))]
}

function runLimits(sampleRateHz: number | undefined): { readonly flatLength: number; readonly gapLength: number } {
  if (sampleRateHz === undefined) return { flatLength: flatSamplesWithoutRate, gapLength: leastGapSamples }
  return {
    flatLength: Math.max(leastFlatSamples, Math.ceil(leastFlatSeconds * sampleRateHz)),
    gapLength: Math.max(leastGapSamples, Math.ceil(leastGapSeconds * sampleRateHz)),
  }
}
