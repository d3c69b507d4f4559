import type { PreparedRecording } from './dataset'

/**
 * Kurtosis m₄/m₂² of the raw signal about its mean (3 for normal noise): impacts make it grow. NaN samples are passed
 * over; NaN for a flat line.
 */
export function kurtosisWitnessOf(samples: Float32Array): number {
  let sum = 0
  let count = 0
  for (const sample of samples) {
    if (sample !== sample) continue
    sum += sample
    count += 1
  }
  const mean = sum / count
  let second = 0
  let fourth = 0
  for (const sample of samples) {
    if (sample !== sample) continue
    const square = (sample - mean) ** 2
    second += square
    fourth += square * square
  }
  return second === 0 ? Number.NaN : (fourth * count) / (second * second)
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

export function envelopePeakOf(_samples: Float32Array, _sampleRateHz: number): number {
  return Number.NaN
}
