import { AnalyzerError } from '../../shared/errors'
import { createFft } from './fft'

export interface Band {
  readonly lowHz: number
  readonly highHz: number
}

/**
 * Envelope |x + i·H{x}| of the part of the signal inside the band (Gabor 1946), by one transform of the whole length:
 * bins outside the band and negative frequencies are set to 0, the others doubled. Zero phase; the ends wrap round.
 * @throws AnalyzerError bad-request for a band that is not 0 ≤ low < high ≤ half the rate
 */
export function bandEnvelope(samples: Float32Array | Float64Array, sampleRateHz: number, band: Band): Float64Array {
  const { lowHz, highHz } = band
  if (!(lowHz >= 0 && lowHz < highHz && highHz <= sampleRateHz / 2)) {
    throw new AnalyzerError(
      'bad-request',
      `The envelope band ${lowHz}–${highHz} Hz does not fit a rate of ${sampleRateHz} Hz; it needs 0 ≤ low < high ≤ ${sampleRateHz / 2} Hz.`,
      { lowHz, highHz, sampleRateHz },
    )
  }
  const count = samples.length
  if (count === 0) return new Float64Array(0)
  const fft = createFft(count)
  const real = Float64Array.from(samples)
  const imaginary = new Float64Array(count)
  fft.forward(real, imaginary)
  for (let bin = 0; bin < count; bin++) {
    const hz = (bin * sampleRateHz) / count
    const isInside = 2 * bin <= count && hz >= lowHz && hz <= highHz
    const factor = !isInside ? 0 : bin === 0 || 2 * bin === count ? 1 : 2
    real[bin] *= factor
    imaginary[bin] *= factor
  }
  fft.inverse(real, imaginary)
  for (let i = 0; i < count; i++) real[i] = Math.hypot(real[i], imaginary[i])
  return real
}
