import type { EnvelopePreparation } from '../../shared/diagnosis/views'
import { AnalyzerError } from '../../shared/errors'
import { whitenByCepstrum } from '../dsp/cepstrum-whitening'
import { separateDiscrete } from '../dsp/discrete-random'
import { bestBand, fastKurtogram, kurtogramLevelCount, type Kurtogram, type KurtogramBand } from '../dsp/kurtogram'

/** Blocks of the separation: 0.35 s tell tones 6 Hz apart from what wanders; shorter signals take shorter ones. */
const separationSeconds = 0.35
const shortestSeparationBlock = 1024

/**
 * The signal that the envelope is taken of.
 * @throws AnalyzerError bad-request for gaps, or a signal too short for the separation
 */
export function prepareForEnvelope(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  preparation: EnvelopePreparation,
): Float32Array | Float64Array {
  if (preparation === 'none') return samples
  if (preparation === 'cepstrum-whitening') return whitenByCepstrum(samples)
  let blockLength = 2 ** Math.round(Math.log2(separationSeconds * sampleRateHz))
  // eight half-overlapping blocks after the delay
  while (blockLength > shortestSeparationBlock && samples.length < 8 * blockLength) blockLength /= 2
  return separateDiscrete(samples, { blockLength, delayLength: blockLength >> 1 }).random
}

/** The kurtogram looks at no more than this: 20 s at 25.6 kHz, about a second of work. */
export const kurtogramSampleLimit = 2 ** 19

/** As fine as bands of this width ask for, and so many levels finer; coarser where the signal is short. */
export function kurtogramDownTo(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  leastBandwidthHz: number,
  finerLevels: number,
): Kurtogram {
  // of level L + 0.58 there is a row only where level L + 1 is made
  const wanted = Math.floor(Math.log2(sampleRateHz / 2 / leastBandwidthHz)) + 1 + finerLevels
  const levelCount = Math.max(1, Math.min(wanted, kurtogramLevelCount(samples.length)))
  return fastKurtogram(samples, sampleRateHz, levelCount)
}

/** @throws AnalyzerError bad-request for a signal too short, or where no band is so wide */
export function chooseBandByKurtogram(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  leastBandwidthHz: number,
): KurtogramBand {
  const part = samples.subarray(0, kurtogramSampleLimit)
  const best = bestBand(kurtogramDownTo(part, sampleRateHz, leastBandwidthHz, 0), leastBandwidthHz)
  if (best !== undefined) return best
  throw new AnalyzerError(
    'bad-request',
    `No band of ${leastBandwidthHz} Hz fits into a rate of ${sampleRateHz} Hz; ask for a narrower one.`,
    { leastBandwidthHz, sampleRateHz },
  )
}
