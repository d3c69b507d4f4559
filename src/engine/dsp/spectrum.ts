import { createFft } from './fft'
import { createTaper, noiseBandwidthBins, type Taper } from './taper'

export interface SpectrumOptions {
  readonly frameLength: number // samples
  readonly hopLength: number // samples; frameLength / 2 is 50 % overlap
  readonly fftLength: number // samples, ≥ frameLength; the rest is zero padding
  readonly taper: Taper
  /** The mean of each frame is removed before it is tapered. */
  readonly removesMean: boolean
}

export interface Spectrum {
  /**
   * One-sided mean square of each bin, 2|X|²/(Σw)², averaged over frames (Welch 1967); DC and Nyquist are not doubled.
   * A sine of amplitude A on a bin reads A²/2. Divide by `bandwidthHz` for a density per Hz.
   */
  readonly power: Float64Array
  readonly binHz: number
  /** Equivalent noise bandwidth of the taper. */
  readonly bandwidthHz: number
  readonly averageCount: number
}

/** Frames with a sample that is not a number are left out; power is NaN where no frame is left. */
export function averagedSpectrum(samples: Float32Array, sampleRateHz: number, options: SpectrumOptions): Spectrum {
  const { frameLength, hopLength, fftLength } = options
  const fft = createFft(fftLength)
  const weights = createTaper(options.taper, frameLength)
  const gain = weights.reduce((sum, weight) => sum + weight, 0)
  const real = new Float64Array(fftLength)
  const imaginary = new Float64Array(fftLength)
  const power = new Float64Array((fftLength >> 1) + 1)
  let averageCount = 0
  for (let start = 0; start + frameLength <= samples.length; start += hopLength) {
    if (!loadFrame(real, samples, start, weights, options.removesMean)) continue
    imaginary.fill(0)
    fft.forward(real, imaginary)
    for (let bin = 0; bin < power.length; bin++) power[bin] += real[bin] ** 2 + imaginary[bin] ** 2
    averageCount += 1
  }
  for (let bin = 0; bin < power.length; bin++) {
    const isPaired = bin > 0 && 2 * bin < fftLength
    power[bin] *= (isPaired ? 2 : 1) / (averageCount * gain * gain)
  }
  const bandwidthHz = (noiseBandwidthBins(weights) * sampleRateHz) / frameLength
  return { power, binHz: sampleRateHz / fftLength, bandwidthHz, averageCount }
}

function loadFrame(
  real: Float64Array,
  samples: Float32Array,
  start: number,
  weights: Float64Array,
  removesMean: boolean,
): boolean {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += samples[start + i]
  if (!Number.isFinite(sum)) return false
  const mean = removesMean ? sum / weights.length : 0
  real.fill(0)
  for (let i = 0; i < weights.length; i++) real[i] = (samples[start + i] - mean) * weights[i]
  return true
}
