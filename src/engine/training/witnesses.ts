import { createFft } from '../dsp/fft'
import { statisticsOfSamples } from '../dsp/statistics'
import { createTaper } from '../dsp/taper'
import type { PreparedRecording } from './dataset'
import { quantileOfSorted } from './metrics'

const bandLowHz = 500 // above the shaft orders and most meshes
const bandHighShare = 0.9 // of half the sample rate
const linesLowHz = 15
const linesHighHz = 500
const medianReach = 25 // bins either side

/** Kurtosis m₄/m₂² of the raw signal about its mean (3 for normal noise): impacts make it grow. NaN for a flat line. */
export function kurtosisWitnessOf(samples: Float32Array): number {
  return statisticsOfSamples(samples).kurtosis
}

/**
 * The envelope analyst's number: how far the highest line of the squared envelope's spectrum (15–500 Hz, Hann) stands
 * above the median of its neighbours, as ln of the ratio of powers. The envelope is that of the band from 500 Hz to
 * 90 % of half the rate, made by the analytic signal. Level-free. NaN for signals too short to show a line, or flat.
 */
export function envelopePeakOf(samples: Float32Array, sampleRateHz: number): number {
  const power = envelopeSpectrum(samples, sampleRateHz)
  const binHz = sampleRateHz / samples.length
  const first = Math.max(3, Math.ceil(linesLowHz / binHz))
  const last = Math.min(power.length - 1, Math.floor(linesHighHz / binHz))
  let highest = Number.NaN
  for (let bin = first; bin <= last; bin++) {
    const start = Math.max(first, bin - medianReach)
    const end = Math.min(last + 1, bin + medianReach + 1)
    const median = quantileOfSorted(power.slice(start, end).sort(), 0.5)
    const height = Math.log(power[bin] / median)
    if (!(height <= highest) && Number.isFinite(height)) highest = height
  }
  return highest
}

/** Power of the squared envelope about its mean, bins 0 … ⌊N/2⌋; unscaled. */
function envelopeSpectrum(samples: Float32Array, sampleRateHz: number): Float64Array {
  const count = samples.length
  const real = Float64Array.from(samples, (value) => (value === value ? value : 0))
  const imaginary = new Float64Array(count)
  const fft = createFft(count)
  fft.forward(real, imaginary)
  const low = Math.ceil((bandLowHz * count) / sampleRateHz)
  const high = Math.floor((bandHighShare * count) / 2)
  for (let bin = 0; bin < count; bin++) {
    if (bin >= low && bin <= high) continue // positive frequencies of the band alone: the analytic signal
    real[bin] = 0
    imaginary[bin] = 0
  }
  fft.inverse(real, imaginary)
  const taper = createTaper('hann', count)
  let mean = 0
  for (let i = 0; i < count; i++) mean += (real[i] * real[i] + imaginary[i] * imaginary[i]) / count
  for (let i = 0; i < count; i++) {
    real[i] = (real[i] * real[i] + imaginary[i] * imaginary[i] - mean) * taper[i]
    imaginary[i] = 0
  }
  fft.forward(real, imaginary)
  return Float64Array.from({ length: Math.floor(count / 2) + 1 }, (_, k) => real[k] ** 2 + imaginary[k] ** 2)
}

/** The witness of a recording: its highest channel. NaN where none was measured. */
export function kurtosisWitness(recording: PreparedRecording): number {
  return highest(recording.channels.map((channel) => channel.kurtosis))
}

export function envelopeWitness(recording: PreparedRecording): number {
  return highest(recording.channels.map((channel) => channel.envelopePeak))
}

function highest(values: readonly number[]): number {
  const measured = values.filter((value) => !Number.isNaN(value))
  return measured.length === 0 ? Number.NaN : Math.max(...measured)
}
