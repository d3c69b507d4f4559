import { AnalyzerError } from '../../shared/errors'
import { bandEnvelope } from './envelope'
import { averagedSpectrum } from './spectrum'

export interface SquaredEnvelopeOptions {
  /** Length of the averaged frames (Hann, 50 % overlap); undefined = one frame of the whole length, the finest lines. */
  readonly frameSeconds: number | undefined
}

export interface SquaredEnvelopeSpectrum {
  readonly binHz: number
  /**
   * One-sided power of the squared envelope over its own mean, e²/⟨e²⟩ − 1: 2|X|²/(Σw)² averaged over frames. Free of
   * level and unit: a carrier modulated by 1 + m·cos reads (2m / (1 + m²/2))² / 2 at the modulation's bin.
   * Bin 0 is 0 but for the taper's leakage.
   */
  readonly power: Float64Array
  readonly bandHz: readonly [number, number]
  /** Equivalent noise bandwidth of the taper. */
  readonly bandwidthHz: number
  readonly averageCount: number
  /** ⟨e²⟩ in (unit of samples)²: twice the mean square of the signal inside the band. */
  readonly meanSquaredEnvelope: number
}

/**
 * Squared envelope spectrum of a band (Randall, Antoni & Chobsaard 2001): lines at the rates at which power comes and
 * goes. |x + i·H{x}|² of the band, see `bandEnvelope`.
 * @throws AnalyzerError bad-request for gaps, fewer than 16 samples, silence, or a band that the rate does not hold
 */
export function squaredEnvelopeSpectrum(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  bandHz: readonly [number, number],
  options: SquaredEnvelopeOptions,
): SquaredEnvelopeSpectrum {
  const { squared, mean } = squaredEnvelope(samples, sampleRateHz, bandHz)
  for (let i = 0; i < squared.length; i++) squared[i] = squared[i] / mean - 1
  const asked = options.frameSeconds === undefined ? squared.length : Math.round(options.frameSeconds * sampleRateHz)
  const frameLength = Math.max(leastSampleCount, Math.min(squared.length, asked))
  const { power, binHz, bandwidthHz, averageCount } = averagedSpectrum(squared, sampleRateHz, {
    frameLength,
    hopLength: frameLength >> 1,
    fftLength: frameLength,
    taper: 'hann',
    removesMean: true,
  })
  return { binHz, power, bandHz, bandwidthHz, averageCount, meanSquaredEnvelope: mean }
}

const leastSampleCount = 16

function squaredEnvelope(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  [lowHz, highHz]: readonly [number, number],
): { readonly squared: Float64Array; readonly mean: number } {
  checkSamples(samples)
  const squared = bandEnvelope(samples, sampleRateHz, { lowHz, highHz })
  let sum = 0
  for (let i = 0; i < squared.length; i++) {
    squared[i] *= squared[i]
    sum += squared[i]
  }
  const mean = sum / squared.length
  if (!(mean > 0)) {
    throw new AnalyzerError(
      'bad-request',
      `There is no signal between ${lowHz} and ${highHz} Hz; an envelope needs a band with vibration in it.`,
      { lowHz, highHz },
    )
  }
  return { squared, mean }
}

/** @throws AnalyzerError bad-request for gaps or fewer than 16 samples */
function checkSamples(samples: Float32Array | Float64Array): void {
  if (samples.length < leastSampleCount) {
    throw new AnalyzerError(
      'bad-request',
      `The signal has ${samples.length} samples; an envelope spectrum needs at least ${leastSampleCount}.`,
    )
  }
  for (let i = 0; i < samples.length; i++) {
    if (Number.isFinite(samples[i])) continue
    throw new AnalyzerError(
      'bad-request',
      `The signal has a gap at sample ${i}; an envelope spectrum needs a signal without gaps.`,
      { sample: i },
    )
  }
}
