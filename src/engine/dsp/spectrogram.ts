import { AnalyzerError } from '../../shared/errors'
import { createRealFft } from './fft'
import { checkFrames, countBins, countFrames, type FrameOptions } from './frames'
import { createKernelSpectra, fitsKernel } from './kernels/spectrogram-kernel'
import type { Kernels } from './kernels/load-kernels'
import { createTaper } from './taper'

/** One-sided power over time. A frame with a sample that was not measured (NaN) is NaN in every bin. */
export interface Spectrogram {
  /** [frameCount × binCount], row-major; unit² of the samples, a unit sine on a bin reads 0.5 */
  readonly power: Float32Array
  readonly frameCount: number
  readonly binCount: number
  readonly hopSeconds: number
  readonly binHz: number
}

/**
 * Short-time spectra, [frames × (⌊fftLength / 2⌋ + 1)], whole frames only; empty where the samples are fewer than a frame.
 * Float32 kernel for a power of two from 16 to 65,536, the float64 reference for other lengths. Error of the kernel: below
 * 1e-3 dB for bins down to 60 dB below the strongest of their frame, 0.02 dB down to 80 dB, 0.2 dB down to 100 dB.
 */
export interface SpectrogramMaker {
  /** One-sided power, 2|X|²/(Σw)²; DC and Nyquist are not doubled. A unit sine on a bin reads 0.5, its mean square. */
  power(samples: Float32Array, options: FrameOptions): Float32Array
  /** 10 · log₁₀(power + floor), dB re 1 unit²; floor ≥ 1e-37 */
  decibels(samples: Float32Array, options: FrameOptions, floor: number): Float32Array
  /** ln(power + floor); floor ≥ 1e-37 */
  naturalLog(samples: Float32Array, options: FrameOptions, floor: number): Float32Array
}

/** Float32 knows no smaller normal number; the logarithm of less would be noise. */
const leastFloor = 1e-37

/** Holds one kernel instance, whose memory stays at a few megabytes however long the samples are. */
export function createSpectrogramMaker(kernels: Kernels): SpectrogramMaker {
  const kernelSpectra = createKernelSpectra(kernels)
  const spectra = (samples: Float32Array, options: FrameOptions, factor: number, floor: number): Float32Array => {
    checkFrames(options)
    if (fitsKernel(options)) return kernelSpectra(samples, options, factor, floor)
    const values = Float32Array.from(referencePower(samples, options))
    if (factor === 0) return values
    for (let i = 0; i < values.length; i++) values[i] = factor * Math.log(values[i] + floor)
    return values
  }
  return {
    power: (samples, options) => spectra(samples, options, 0, 0),
    decibels: (samples, options, floor) => spectra(samples, options, 10 / Math.LN10, checkedFloor(floor)),
    naturalLog: (samples, options, floor) => spectra(samples, options, 1, checkedFloor(floor)),
  }
}

function checkedFloor(floor: number): number {
  if (floor >= leastFloor && Number.isFinite(floor)) return floor
  throw new AnalyzerError('bad-request', `The floor is ${floor}; a number from ${leastFloor} on is needed.`, { floor })
}

export function computeSpectrogram(
  samples: Float32Array,
  sampleRateHz: number,
  options: FrameOptions,
  maker: SpectrogramMaker,
): Spectrogram {
  const power = maker.power(samples, options)
  return {
    power,
    frameCount: countFrames(samples.length, options),
    binCount: countBins(options),
    hopSeconds: options.hopLength / sampleRateHz,
    binHz: sampleRateHz / options.fftLength,
  }
}

/** The same power as `SpectrogramMaker.power` in float64: what the kernel is checked against. Any length. */
export function referencePower(samples: Float32Array | Float64Array, options: FrameOptions): Float64Array {
  checkFrames(options)
  const { frameLength, hopLength, fftLength } = options
  const frameCount = countFrames(samples.length, options)
  const binCount = countBins(options)
  const weights = createTaper(options.taper, frameLength)
  const scale = 2 / weights.reduce((sum, weight) => sum + weight, 0) ** 2
  const fft = createRealFft(fftLength)
  const frame = new Float64Array(fftLength)
  const real = new Float64Array(binCount)
  const imaginary = new Float64Array(binCount)
  const power = new Float64Array(frameCount * binCount)
  for (let index = 0; index < frameCount; index++) {
    const start = index * hopLength
    for (let n = 0; n < frameLength; n++) frame[n] = samples[start + n] * weights[n]
    fft.forward(frame, real, imaginary)
    const row = index * binCount
    for (let k = 0; k < binCount; k++) power[row + k] = scale * (real[k] * real[k] + imaginary[k] * imaginary[k])
    power[row] /= 2
    if (fftLength % 2 === 0) power[row + binCount - 1] /= 2
  }
  return power
}
