import { AnalyzerError } from '../../shared/errors'
import { createRealFft } from './fft'

/** 4 million samples are 160 s at 25.6 kHz and some 200 MB of work arrays. */
export const whiteningSampleLimit = 2 ** 22

/**
 * Cepstrum pre-whitening (Borghesani, Pennacchi, Randall, Sawalhi & Ricci 2013): the real cepstrum set to zero but for
 * quefrency 0, which is X / |X| over the whole length. Tones and resonances weigh no more than anything else; what is
 * left is phase: impacts stay. Scaled to an RMS of 1; bins without power, and the mean, become 0.
 * @throws AnalyzerError bad-request for gaps, or more than 4,194,304 samples
 */
export function whitenByCepstrum(samples: Float32Array | Float64Array): Float64Array {
  const { length } = samples
  if (length > whiteningSampleLimit) {
    throw new AnalyzerError(
      'bad-request',
      `Cepstrum pre-whitening takes ${whiteningSampleLimit} samples at once; this stretch has ${length}: choose a shorter one.`,
      { sampleCount: length },
    )
  }
  const fft = createRealFft(length)
  const real = new Float64Array(fft.binCount)
  const imaginary = new Float64Array(fft.binCount)
  fft.forward(samples, real, imaginary)
  const floor = 1e-12 * largestMagnitude(real, imaginary)
  let power = 0
  for (let bin = 0; bin < fft.binCount; bin++) {
    const magnitude = Math.hypot(real[bin], imaginary[bin])
    const isSilent = bin === 0 || !(magnitude > floor)
    real[bin] = isSilent ? 0 : real[bin] / magnitude
    imaginary[bin] = isSilent ? 0 : imaginary[bin] / magnitude
    if (!isSilent) power += 2 * bin === length ? 1 : 2
  }
  const white = new Float64Array(length)
  fft.inverse(real, imaginary, white)
  // Parseval: Σ|X|² = N Σx²
  const scale = power === 0 ? 0 : length / Math.sqrt(power)
  for (let i = 0; i < length; i++) white[i] *= scale
  return white
}

function largestMagnitude(real: Float64Array, imaginary: Float64Array): number {
  let largest = 0
  for (let bin = 1; bin < real.length; bin++) {
    const magnitude = Math.hypot(real[bin], imaginary[bin])
    if (Number.isFinite(magnitude)) {
      if (magnitude > largest) largest = magnitude
      continue
    }
    throw new AnalyzerError('bad-request', 'The signal has gaps; whitening needs a signal without gaps.')
  }
  return largest
}
