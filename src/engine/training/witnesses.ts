import { createFft } from '../dsp/fft'
import { statisticsOfSamples } from '../dsp/statistics'
import { createTaper } from '../dsp/taper'
import type { PreparedRecording } from './dataset'

const bandLowHz = 500 // above the shaft orders and most meshes
const bandHighShare = 0.9 // of half the sample rate
const linesLowHz = 15
const linesHighHz = 500

/** Kurtosis m₄/m₂² of a signal about its mean (3 for normal noise): impacts make it grow. NaN for a flat line. */
export function kurtosisWitnessOf(samples: Float32Array): number {
  return statisticsOfSamples(samples).kurtosis
}

/**
 * The envelope analyst's number: amplitude of the highest line of the envelope's spectrum (15–500 Hz, Hann) over the
 * envelope's mean: how deeply the strongest rhythm modulates. The envelope is that of the band from 500 Hz to 90 % of
 * half the rate, by the analytic signal. Level-free. NaN for signals that are flat or too short to show a line.
 * (The line's height over its neighbours' median was tried first and ranks worse: docs/experiments.md.)
 */
export function envelopePeakOf(samples: Float32Array, sampleRateHz: number): number {
  const { amplitude, mean } = envelopeSpectrum(samples, sampleRateHz)
  const binHz = sampleRateHz / samples.length
  const first = Math.max(3, Math.ceil(linesLowHz / binHz))
  const last = Math.min(amplitude.length - 1, Math.floor(linesHighHz / binHz))
  let highest = Number.NaN
  for (let bin = first; bin <= last; bin++) {
    const height = amplitude[bin] / mean
    if (!(height <= highest) && Number.isFinite(height)) highest = height
  }
  return highest
}

/** Amplitudes of the lines of the envelope, bins 0 … ⌊N/2⌋ (a sine of amplitude 1 on a bin reads 1), and its mean. */
function envelopeSpectrum(samples: Float32Array, sampleRateHz: number): { amplitude: Float64Array; mean: number } {
  const count = samples.length
  const real = Float64Array.from(samples, (value) => (value === value ? value : 0))
  const imaginary = new Float64Array(count)
  const fft = createFft(count)
  fft.forward(real, imaginary)
  const low = Math.ceil((bandLowHz * count) / sampleRateHz)
  const high = Math.floor((bandHighShare * count) / 2)
  for (let bin = 0; bin < count; bin++) {
    if (bin >= low && bin <= high) continue // positive frequencies of the band alone: half the analytic signal
    real[bin] = 0
    imaginary[bin] = 0
  }
  fft.inverse(real, imaginary)
  const envelope = Float64Array.from(real, (value, i) => Math.hypot(value, imaginary[i]))
  const mean = envelope.reduce((sum, value) => sum + value, 0) / count
  const taper = createTaper('hann', count)
  imaginary.fill(0)
  for (let i = 0; i < count; i++) real[i] = (envelope[i] - mean) * taper[i]
  fft.forward(real, imaginary)
  const gain = count / 4 // of a Hann taper, for one of the two sides
  const amplitude = Float64Array.from({ length: Math.floor(count / 2) + 1 }, (_, k) =>
    Math.hypot(real[k], imaginary[k]),
  )
  return { amplitude: amplitude.map((value) => value / gain), mean }
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
