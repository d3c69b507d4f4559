import type { AlarmLimits, AlarmState } from '../../shared/diagnosis/views'
import { AnalyzerError } from '../../shared/errors'

export type AlarmMethod =
  | { readonly kind: 'fixed'; readonly warning: number; readonly danger: number }
  /** Mean of the baseline plus so many of its standard deviations. */
  | { readonly kind: 'sigma'; readonly warning: number; readonly danger: number }
  /** So many percent of the baseline lie at or below; between two values straight. */
  | { readonly kind: 'percentile'; readonly warning: number; readonly danger: number }

/** A spread or a percentile of fewer values says little. */
const leastValueCount = 5

/**
 * Limits above which an indicator warns and alarms. `baseline` holds its healthy values; fixed limits need none.
 * @throws AnalyzerError bad-request for limits that do not rise, or too few healthy values
 */
export function computeAlarmLimits(method: AlarmMethod, baseline: readonly number[]): AlarmLimits {
  const { kind, warning, danger } = method
  if (!(warning < danger) || !Number.isFinite(warning) || !Number.isFinite(danger)) {
    throw new AnalyzerError(
      'bad-request',
      `The warning at ${warning} must lie below the danger at ${danger}, both numbers.`,
      { warning, danger },
    )
  }
  if (kind === 'fixed') return { warning, danger }
  const values = baseline.filter(Number.isFinite).sort((a, b) => a - b)
  if (values.length < leastValueCount) {
    throw new AnalyzerError(
      'bad-request',
      `The baseline gives ${values.length} values; limits from a spread need at least ${leastValueCount}: take more or longer healthy recordings, or fixed limits.`,
      { valueCount: values.length },
    )
  }
  if (kind === 'sigma') {
    const { mean, deviation } = spreadOf(values)
    return { warning: mean + warning * deviation, danger: mean + danger * deviation }
  }
  if (!(warning >= 0 && danger <= 100)) {
    throw new AnalyzerError('bad-request', `Percentiles lie from 0 to 100; got ${warning} and ${danger}.`)
  }
  return { warning: percentileOf(values, warning), danger: percentileOf(values, danger) }
}

export function alarmStateOf(value: number, { warning, danger }: AlarmLimits): AlarmState {
  if (value > danger) return 'danger'
  return value > warning ? 'warning' : 'normal'
}

/** Standard deviation with n − 1. */
function spreadOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) }
}

/** Linear between order statistics at (n − 1) · p (Hyndman & Fan 1996, definition 7; numpy's default). */
function percentileOf(sorted: readonly number[], percent: number): number {
  const place = ((sorted.length - 1) * percent) / 100
  const below = Math.floor(place)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below] + (place - below) * (sorted[above] - sorted[below])
}
