import type { SpectrumPeak } from '../../shared/diagnosis/views'

export interface PeakOptions {
  readonly lowHz: number
  readonly highHz: number
  readonly mostPeaks: number
  readonly leastHeightDb: number
}

const medianHalfWidth = 40 // bins

/**
 * Local maxima that stand out of the median of 81 bins round them, highest power first; their place by a parabola
 * through the logarithm of three bins.
 */
export function findPeaks(power: ArrayLike<number>, binHz: number, options: PeakOptions): readonly SpectrumPeak[] {
  const first = Math.max(1, Math.ceil(options.lowHz / binHz))
  const end = Math.min(power.length - 1, Math.floor(options.highHz / binHz) + 1)
  const peaks: SpectrumPeak[] = []
  for (let bin = first; bin < end; bin++) {
    if (!(power[bin] > power[bin - 1] && power[bin] >= power[bin + 1])) continue
    const heightDb = 10 * Math.log10(power[bin] / medianRound(power, bin))
    if (!(heightDb >= options.leastHeightDb)) continue
    peaks.push({ frequencyHz: (bin + offsetOf(power, bin)) * binHz, power: power[bin], heightDb })
  }
  return peaks.sort((a, b) => b.power - a.power).slice(0, options.mostPeaks)
}

function medianRound(power: ArrayLike<number>, bin: number): number {
  const near: number[] = []
  const end = Math.min(power.length, bin + medianHalfWidth + 1)
  for (let i = Math.max(1, bin - medianHalfWidth); i < end; i++) near.push(power[i])
  return near.sort((a, b) => a - b)[near.length >> 1]
}

function offsetOf(power: ArrayLike<number>, bin: number): number {
  const [left, top, right] = [power[bin - 1], power[bin], power[bin + 1]].map((value) => Math.log(value))
  const bend = left - 2 * top + right
  return bend < 0 && Number.isFinite(bend) ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend))) : 0
}
