import type { EnvelopePreparation } from '../../shared/diagnosis/views'
import { AnalyzerError } from '../../shared/errors'
import { whitenByCepstrum } from '../dsp/cepstrum-whitening'
import { separateDiscrete } from '../dsp/discrete-random'
import { bestBand, fastKurtogram, kurtogramLevelCount, type KurtogramBand } from '../dsp/kurtogram'

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

/** The kurtogram looks at no more than this: 40 s at 25.6 kHz, about 2 s of work. */
export const kurtogramSampleLimit = 2 ** 20

/** @throws AnalyzerError bad-request for a signal too short, or where no band is so wide */
export function chooseBandByKurtogram(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  leastBandwidthHz: number,
): KurtogramBand {
  const part = samples.subarray(0, kurtogramSampleLimit)
  const best = bestBand(fastKurtogram(part, sampleRateHz, kurtogramLevelCount(part.length)), leastBandwidthHz)
  if (best !== undefined) return best
  throw new AnalyzerError(
    'bad-request',
    `No band of ${leastBandwidthHz} Hz fits into a rate of ${sampleRateHz} Hz; ask for a narrower one.`,
    { leastBandwidthHz, sampleRateHz },
  )
}
