import type { AnalysisResult, Verdict } from '../../shared/analysis'

export interface VerdictInput {
  /** Calibrated probability of a fault for the whole channel; NaN = nothing measured. */
  readonly probability: number
  readonly thresholds: { readonly healthy: number; readonly fault: number }
  readonly eventCount: number
  /** Why the model cannot speak of this recording at all; empty = it can. */
  readonly outOfDomain: readonly string[]
}

/**
 * The word for a channel. Out of the model's domain there is no verdict; a channel that is healthy as a whole but has
 * events of fault in it is uncertain, because an average must not hide them.
 */
export function decideVerdict(input: VerdictInput): Verdict {
  const { probability, thresholds, eventCount, outOfDomain } = input
  if (outOfDomain.length > 0 || Number.isNaN(probability)) return 'not-applicable'
  if (probability >= thresholds.fault) return 'fault'
  if (probability > thresholds.healthy || eventCount > 0) return 'uncertain'
  return 'healthy'
}

export function labelOf(verdict: Verdict): AnalysisResult['label'] {
  if (verdict === 'fault') return 1
  return verdict === 'healthy' ? -1 : null
}
