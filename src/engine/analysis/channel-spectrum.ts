import type { SpectrumResult } from '../../shared/contract/outputs'
import { AnalyzerError } from '../../shared/errors'
import { bandEnvelope } from '../dsp/envelope'
import { averagedSpectrum } from '../dsp/spectrum'
import type { Channel } from '../readers/recording'
import { sampleRateOf } from './given-rate'

/** Lines as fine as analysts read them: 0.5 Hz where the recording is long enough, else the whole of it. */
const resolutionSeconds = 2
/** Read at most: 10 minutes at 25.6 kHz; averages of more say nothing new and would not fit in memory. */
const sampleLimit = 15_360_000

/**
 * Amplitude spectrum (peak of a sine, Hann, 50 % overlap, mean removed), or that of the envelope of a band.
 * @throws AnalyzerError bad-request without a rate, or for a band that the rate does not hold
 */
export async function channelSpectrum(
  channel: Channel,
  fileName: string,
  envelopeBandHz: readonly [number, number] | undefined,
): Promise<SpectrumResult> {
  const sampleRateHz = sampleRateOf(channel, fileName)
  const samples = await channel.read({ start: 0, end: Math.min(channel.sampleCount, sampleLimit) })
  if (samples.length < 2) {
    throw new AnalyzerError(
      'bad-request',
      `Channel "${channel.name}" of "${fileName}" has ${samples.length} samples; a spectrum needs at least 2.`,
    )
  }
  const signal = envelopeBandHz === undefined ? samples : envelopeOf(samples, sampleRateHz, envelopeBandHz)
  const frameLength = Math.min(signal.length, Math.round(resolutionSeconds * sampleRateHz))
  const { power, binHz, averageCount } = averagedSpectrum(signal, sampleRateHz, {
    frameLength,
    hopLength: Math.max(1, frameLength >> 1),
    fftLength: frameLength,
    taper: 'hann',
    removesMean: true,
  })
  return {
    channel: channel.name,
    kind: envelopeBandHz === undefined ? 'spectrum' : 'envelope',
    unit: channel.unit ?? null,
    binHz,
    averageCount,
    amplitude: Float32Array.from(power, (value) => Math.sqrt(2 * value)),
    envelopeBandHz: envelopeBandHz ?? null,
  }
}

function envelopeOf(
  samples: Float32Array,
  sampleRateHz: number,
  [lowHz, highHz]: readonly [number, number],
): Float32Array {
  if (samples.some((sample) => sample !== sample)) {
    throw new AnalyzerError('bad-request', 'The signal has gaps; an envelope spectrum needs a signal without gaps.')
  }
  return Float32Array.from(bandEnvelope(samples, sampleRateHz, { lowHz, highHz }))
}
