import { domainStatistics } from '../analysis/domain'
import type { PowerFrames } from '../inference/network-input'
import type { ModelCard } from '../../shared/model-card'
import type { PreparedRecording } from './dataset'
import { signalOf } from './features'

/** How far beyond what training saw a statistic may lie: about what another mounting of a sensor changes. */
const marginDb = 3

/** The ranges of the domain's statistics over all channels of training, widened by `marginDb` on either side. */
export async function domainRanges(
  recordings: readonly PreparedRecording[],
  sampleRateHz: number,
  powerFrames: PowerFrames,
): Promise<ModelCard['domain']['statistics']> {
  const ranges: Record<string, { low: number; high: number }> = {}
  for (const { channels } of recordings) {
    for (const { samples } of channels) {
      const statistics = await domainStatistics(signalOf(samples, sampleRateHz), powerFrames)
      for (const [name, value] of Object.entries(statistics ?? {}) as [string, number][]) {
        if (!Number.isFinite(value)) continue
        const range = (ranges[name] ??= { low: value - marginDb, high: value + marginDb })
        range.low = Math.min(range.low, value - marginDb)
        range.high = Math.max(range.high, value + marginDb)
      }
    }
  }
  const digits = (value: number) => Math.round(value * 100) / 100
  return Object.fromEntries(
    Object.entries(ranges).map(([name, { low, high }]) => [name, { low: digits(low), high: digits(high) }]),
  )
}
