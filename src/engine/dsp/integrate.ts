import type { Band } from './envelope'
import { createFft } from './fft'
import { averagedSpectrum } from './spectrum'

const standardGravity = 9.80665 // m/s², ISO 80000-3

/** What turns a unit into mm/s or mm/s²; other units say nothing about velocity. */
const velocityUnits: Readonly<Record<string, number>> = { 'mm/s': 1, 'm/s': 1000 }
const accelerationUnits: Readonly<Record<string, number>> = {
  g: 1000 * standardGravity,
  'm/s2': 1000,
  'm/s^2': 1000,
  'm/s²': 1000,
  'mm/s2': 1,
}

/** Periods of the band's lowest frequency that a frame holds: bins fine enough to cut the band off there. */
const framePeriods = 10
const leastPeriods = 4

/**
 * RMS of the vibration velocity inside the band, mm/s: the averaged spectrum (Hann, 50 % overlap, mean removed) summed
 * over the band, an acceleration divided by (2πf)² before. Undefined where the unit is neither acceleration nor
 * velocity, or the signal is shorter than four periods of the lowest frequency.
 */
export function velocityRmsMmS(
  samples: Float32Array | Float64Array,
  unit: string | undefined,
  sampleRateHz: number,
  band: Band,
): number | undefined {
  const acceleration = accelerationUnits[unit ?? '']
  const scale = acceleration ?? velocityUnits[unit ?? '']
  if (scale === undefined || samples.length < (leastPeriods * sampleRateHz) / band.lowHz) return undefined
  const frameLength = Math.min(samples.length, Math.round((framePeriods * sampleRateHz) / band.lowHz))
  const spectrum = averagedSpectrum(samples, sampleRateHz, {
    frameLength,
    hopLength: Math.max(1, frameLength >> 1),
    fftLength: frameLength,
    taper: 'hann',
    removesMean: true,
  })
  let meanSquare = 0
  for (let bin = 1; bin < spectrum.power.length; bin++) {
    const hz = bin * spectrum.binHz
    if (hz < band.lowHz || hz > band.highHz) continue
    const toVelocity = acceleration === undefined ? 1 : 1 / (2 * Math.PI * hz) ** 2
    meanSquare += spectrum.power[bin] * toVelocity
  }
  // a bin holds the power of `bandwidthHz`; bins are closer together than that
  return scale * Math.sqrt((meanSquare * spectrum.binHz) / spectrum.bandwidthHz)
}

export interface IntegrationOptions {
  /** Below this everything is removed: an integral of noise and offset drifts away. */
  readonly highPassHz: number
  /** Width of the half-cosine from 0 to 1 about `highPassHz`, Hz; 0 = a sharp edge, which rings. */
  readonly transitionHz: number
}

/**
 * Velocity from acceleration by division by 2πif over the whole length, in (unit of `samples`)·s. The ends wrap round:
 * the first and last few periods of `highPassHz` are not to be trusted.
 */
export function integrate(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  options: IntegrationOptions,
): Float32Array {
  const count = samples.length
  if (count === 0) return new Float32Array(0)
  const fft = createFft(count)
  const real = Float64Array.from(samples)
  const imaginary = new Float64Array(count)
  fft.forward(real, imaginary)
  for (let bin = 0; bin < count; bin++) {
    const hz = ((2 * bin <= count ? bin : bin - count) * sampleRateHz) / count
    const isNyquist = 2 * bin === count
    const gain = hz === 0 || isNyquist ? 0 : highPassGain(Math.abs(hz), options) / (2 * Math.PI * hz)
    ;[real[bin], imaginary[bin]] = [imaginary[bin] * gain, -real[bin] * gain]
  }
  fft.inverse(real, imaginary)
  return Float32Array.from(real)
}

function highPassGain(hz: number, { highPassHz, transitionHz }: IntegrationOptions): number {
  const position = (hz - highPassHz + transitionHz / 2) / transitionHz
  if (transitionHz === 0) return hz >= highPassHz ? 1 : 0
  return position <= 0 ? 0 : position >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * position)
}
