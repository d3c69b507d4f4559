import type { Settings } from '../../shared/settings'

export type FrequencyUnit = Settings['units']['frequency']

export interface FrequencyScale {
  readonly unit: FrequencyUnit
  /** value on the axis = hertz × factor */
  readonly factor: number
}

/** Orders need a speed; without one the axis stays in Hz. */
export function frequencyScale(wanted: FrequencyUnit, shaftSpeedRpm: number | null): FrequencyScale {
  if (wanted === 'cpm') return { unit: 'cpm', factor: 60 }
  if (wanted === 'orders' && shaftSpeedRpm !== null) return { unit: 'orders', factor: 60 / shaftSpeedRpm }
  return { unit: 'Hz', factor: 1 }
}

/** dB re 1 unit. Zero has no level: it is left out. */
export function levelDb(amplitude: number): number {
  return amplitude > 0 ? 20 * Math.log10(amplitude) : Number.NaN
}

/** For a line on a screen: each column's greatest value at its own place, so that no peak is lost. */
export function thinSpectrum(
  amplitude: Float32Array,
  most: number,
): readonly { readonly bin: number; readonly value: number }[] {
  const perColumn = Math.max(1, Math.ceil(amplitude.length / most))
  const kept: { bin: number; value: number }[] = []
  for (let first = 0; first < amplitude.length; first += perColumn) {
    let best = first
    for (let bin = first + 1; bin < Math.min(first + perColumn, amplitude.length); bin++) {
      if (amplitude[bin] > amplitude[best]) best = bin
    }
    kept.push({ bin: best, value: amplitude[best] })
  }
  return kept
}
