import type { BaselineComparison, IndicatorChange, IndicatorName } from '../../shared/diagnosis/views'
import { indicatorNames } from '../../shared/diagnosis/views'
import { AnalyzerError } from '../../shared/errors'
import { velocityRmsMmS } from '../dsp/integrate'
import { averagedSpectrum } from '../dsp/spectrum'
import { statisticsOfSamples } from '../dsp/statistics'
import type { AlarmMethod } from './alarm-limits'
import { alarmStateOf, computeAlarmLimits } from './alarm-limits'

/** A channel's stretch in memory. */
export interface SignalPart {
  readonly name: string
  readonly unit: string | undefined
  readonly sampleRateHz: number
  readonly samples: Float32Array
}

export interface ComparisonOptions {
  /** Indicators are taken over stretches of this length: their scatter in the baseline gives the limits. */
  readonly stretchSeconds: number
  /** Indicators without one get no limits. */
  readonly limits: Readonly<Partial<Record<IndicatorName, AlarmMethod>>>
}

const velocityBand = { lowHz: 10, highHz: 1000 }
/** Lines of both spectra stand at multiples of 1 / this; shorter signals set coarser ones. */
const resolutionSeconds = 2
const shortestStretch = 16 // samples

/**
 * A recording against healthy ones of the same machine and sensor: amplitude spectra (Hann, 50 % overlap, the baseline's
 * averaged by power), their difference in dB, and the change of the indicators, each the mean over stretches.
 * @throws AnalyzerError bad-request for units that differ, or signals too short to compare
 */
export function compareWithBaseline(
  current: SignalPart,
  baseline: readonly SignalPart[],
  options: ComparisonOptions,
): BaselineComparison {
  for (const part of baseline) checkUnits(current, part)
  const all = [current, ...baseline]
  const seconds = Math.min(resolutionSeconds, ...all.map((part) => part.samples.length / part.sampleRateHz))
  const spectra = all.map((part) => powerOnGrid(part, seconds))
  const binCount = Math.min(...spectra.map((power) => power.length))
  const currentPower = spectra[0].subarray(0, binCount)
  const baselinePower = meanOf(spectra.slice(1), binCount)
  const stretches = baseline.flatMap((part) => indicatorsOfStretches(part, options.stretchSeconds))
  const own = indicatorsOfStretches(current, options.stretchSeconds)
  return {
    channel: current.name,
    unit: current.unit ?? null,
    binHz: 1 / seconds,
    current: amplitudeOf(currentPower),
    baseline: amplitudeOf(baselinePower),
    differenceDb: Float32Array.from(currentPower, (power, bin) => decibels(power, baselinePower[bin])),
    indicators: indicatorNames.map((name) => changeOf(name, own, stretches, options)),
    baselineStretchCount: stretches.length,
    stretchSeconds: options.stretchSeconds,
  }
}

function checkUnits(current: SignalPart, baseline: SignalPart): void {
  if (current.unit === baseline.unit) return
  throw new AnalyzerError(
    'bad-request',
    `"${current.name}" is in ${current.unit ?? 'an unknown unit'} and the baseline in ${baseline.unit ?? 'an unknown unit'}; only the same unit can be compared: give --unit.`,
    { unit: current.unit, baselineUnit: baseline.unit },
  )
}

/** Mean square by bin; bin k at k / seconds Hz for every rate, by frames of as near to that length as samples allow. */
function powerOnGrid({ name, samples, sampleRateHz }: SignalPart, seconds: number): Float64Array {
  const frameLength = Math.round(seconds * sampleRateHz)
  if (frameLength < shortestStretch) {
    throw new AnalyzerError(
      'bad-request',
      `"${name}" has ${samples.length} samples; a comparison of spectra needs at least ${shortestStretch}.`,
    )
  }
  const { power } = averagedSpectrum(samples, sampleRateHz, {
    frameLength: Math.min(samples.length, frameLength),
    hopLength: Math.max(1, frameLength >> 1),
    fftLength: frameLength,
    taper: 'hann',
    removesMean: true,
  })
  return power
}

function meanOf(spectra: readonly Float64Array[], binCount: number): Float64Array {
  const mean = new Float64Array(binCount)
  for (const power of spectra) for (let bin = 0; bin < binCount; bin++) mean[bin] += power[bin] / spectra.length
  return mean
}

function amplitudeOf(power: Float64Array): Float32Array {
  return Float32Array.from(power, (value) => Math.sqrt(2 * value))
}

function decibels(power: number, reference: number): number {
  return power > 0 && reference > 0 ? 10 * Math.log10(power / reference) : Number.NaN
}

type Indicators = Readonly<Record<IndicatorName, number>>

/** Whole stretches; the whole signal where it is shorter than one. */
function indicatorsOfStretches({ samples, sampleRateHz, unit }: SignalPart, seconds: number): readonly Indicators[] {
  const length = Math.max(shortestStretch, Math.round(seconds * sampleRateHz))
  const count = Math.max(1, Math.floor(samples.length / length))
  return Array.from({ length: count }, (_, i) => {
    const part = count === 1 ? samples : samples.subarray(i * length, (i + 1) * length)
    const { rms, peak, crestFactor, kurtosis } = statisticsOfSamples(part)
    const velocity = velocityRmsMmS(part, unit, sampleRateHz, velocityBand)
    return { rms, peak, crestFactor, kurtosis, velocityRmsMmS: velocity ?? Number.NaN }
  })
}

function changeOf(
  name: IndicatorName,
  own: readonly Indicators[],
  stretches: readonly Indicators[],
  options: ComparisonOptions,
): IndicatorChange {
  const healthy = stretches.map((each) => each[name]).filter(Number.isFinite)
  const current = averageOf(own.map((each) => each[name]).filter(Number.isFinite))
  const baseline = averageOf(healthy)
  const method = options.limits[name]
  const limits = method === undefined ? null : computeAlarmLimits(method, healthy)
  return {
    name,
    current,
    baseline,
    changePercent: current === null || baseline === null || baseline === 0 ? null : 100 * (current / baseline - 1),
    limits,
    state: limits === null || current === null ? null : alarmStateOf(current, limits),
  }
}

function averageOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
