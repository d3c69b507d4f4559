import type { AnalysisResult } from '../../shared/analysis'
import type { Band } from '../dsp/envelope'
import { velocityRmsMmS } from '../dsp/integrate'
import { createMoments } from '../dsp/statistics'
import type { JobContext } from '../jobs/job-context'
import type { Channel } from '../readers/recording'
import { measuredOrNull } from './judge-evidence'

const blockLength = 262_144
/** ISO 20816-1: broadband velocity of machines from 120 to 15,000 rpm is rated from 10 Hz to 1 kHz. */
const velocityBand = { lowHz: 10, highHz: 1000 }
/** Velocity needs some periods of its lowest frequency; longer channels are rated in stretches, averaged by power. */
const velocityStretchSeconds = 10

/** Of the whole channel in its own unit, offset removed where it says nothing about vibration. One pass, block by block;
 * without a rate there is no velocity. */
export async function computeIndicators(
  channel: Channel,
  sampleRateHz: number | undefined,
  job: JobContext,
): Promise<AnalysisResult['indicators']> {
  const moments = createMoments()
  for (let start = 0; start < channel.sampleCount; start += blockLength) {
    job.signal.throwIfAborted()
    moments.add(await channel.read({ start, end: Math.min(start + blockLength, channel.sampleCount) }))
  }
  const { rms, peak, crestFactor, kurtosis, skewness } = moments.result()
  return {
    rms: measuredOrNull(rms),
    peak: measuredOrNull(peak),
    crestFactor: measuredOrNull(crestFactor),
    kurtosis: measuredOrNull(kurtosis),
    skewness: measuredOrNull(skewness),
    velocityRmsMmS:
      sampleRateHz === undefined ? null : await computeVelocityRms(channel, sampleRateHz, velocityBand, job.signal),
  }
}

/** Of the whole channel, mm/s; null where unit or length say nothing about velocity. */
export async function computeVelocityRms(
  channel: Channel,
  sampleRateHz: number,
  band: Band,
  signal: AbortSignal,
): Promise<number | null> {
  const { unit, sampleCount } = channel
  const stretch = Math.round(velocityStretchSeconds * sampleRateHz)
  const count = Math.max(1, Math.round(sampleCount / stretch))
  let sumOfSquares = 0
  for (let i = 0; i < count; i++) {
    signal.throwIfAborted()
    const range = { start: Math.floor((i * sampleCount) / count), end: Math.floor(((i + 1) * sampleCount) / count) }
    const velocity = velocityRmsMmS(await channel.read(range), unit, sampleRateHz, band)
    if (velocity === undefined) return null
    sumOfSquares += velocity * velocity
  }
  return measuredOrNull(Math.sqrt(sumOfSquares / count))
}
