import { createRealFft } from './fft'
import { checkFrames, type FrameOptions } from './frames'
import { createTaper, noiseBandwidthBins } from './taper'

export interface SpectrumOptions extends FrameOptions {
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

/**
 * Frames with a sample that is not a number are left out; power is NaN where no frame is left.
 * @throws AnalyzerError bad-request for lengths that are not positive integers, or a transform shorter than the frame
 */
export function averagedSpectrum(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  options: SpectrumOptions,
): Spectrum {
  checkFrames(options)
  const { frameLength, hopLength, fftLength } = options
  const fft = createRealFft(fftLength)
  const weights = createTaper(options.taper, frameLength)
  const gain = weights.reduce((sum, weight) => sum + weight, 0)
  const frame = new Float64Array(fftLength)
  const real = new Float64Array(fft.binCount)
  const imaginary = new Float64Array(fft.binCount)
  const power = new Float64Array(fft.binCount)
  let averageCount = 0
  for (let start = 0; start + frameLength <= samples.length; start += hopLength) {
    if (!loadFrame(frame, samples, start, weights, options.removesMean)) continue
    fft.forward(frame, real, imaginary)
    for (let bin = 0; bin < power.length; bin++) power[bin] += real[bin] * real[bin] + imaginary[bin] * imaginary[bin]
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
  frame: Float64Array,
  samples: Float32Array | Float64Array,
  start: number,
  weights: Float64Array,
  removesMean: boolean,
): boolean {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += samples[start + i]
  if (!Number.isFinite(sum)) return false
  const mean = removesMean ? sum / weights.length : 0
  for (let i = 0; i < weights.length; i++) frame[i] = (samples[start + i] - mean) * weights[i]
  return true
}
