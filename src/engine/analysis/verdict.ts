import type { AnalysisResult, Verdict } from '../../shared/analysis'

export interface VerdictInput {
  /** Calibrated probability of a fault for the whole channel; NaN = nothing measured. */
  readonly probability: number
  readonly thresholds: { readonly healthy: number; readonly fault: number; readonly sustainedEventSeconds: number }
  readonly eventCount: number
  /** of the longest event; 0 without one */
  readonly longestEventSeconds: number
  /** Why the model cannot speak of this recording at all; empty = it can. */
  readonly outOfDomain: readonly unknown[]
}

/**
 * The word for a channel. Out of the model's domain there is no verdict. An average must not hide a stretch of fault:
 * an event as long as the recordings that the thresholds were measured on is a fault, a shorter one leaves it uncertain.
 */
export function decideVerdict(input: VerdictInput): Verdict {
  const { probability, thresholds, eventCount, longestEventSeconds, outOfDomain } = input
  if (outOfDomain.length > 0 || Number.isNaN(probability)) return 'not-applicable'
  if (probability >= thresholds.fault || longestEventSeconds >= thresholds.sustainedEventSeconds) return 'fault'
  if (probability > thresholds.healthy || eventCount > 0) return 'uncertain'
  return 'healthy'
}

export function labelOf(verdict: Verdict): AnalysisResult['label'] {
  if (verdict === 'fault') return 1
  return verdict === 'healthy' ? -1 : null
}
