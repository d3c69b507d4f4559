import type { ChannelContribution, SegmentInspectionView } from '../../shared/app/study'

export interface ScoreRow extends ChannelContribution {
  readonly healthyTerm: number
  readonly faultTerm: number
}

export interface ScoreLedger {
  /** Those that push most, strongest first. */
  readonly rows: readonly ScoreRow[]
  /** All others together. */
  readonly others: { readonly count: number; readonly healthyTerm: number; readonly faultTerm: number }
}

/** W[n,k]·g_k of both classes: rows and others add up, with the biases, to the scores. */
export function scoreLedger({ channels }: Pick<SegmentInspectionView, 'channels'>, rowCount: number): ScoreLedger {
  const sorted = channels
    .map((channel) => ({
      ...channel,
      healthyTerm: channel.weightHealthy * channel.pooled,
      faultTerm: channel.weightFault * channel.pooled,
    }))
    .sort((a, b) => Math.abs(b.push) - Math.abs(a.push))
  const others = sorted.slice(rowCount)
  const sum = (term: 'healthyTerm' | 'faultTerm'): number => others.reduce((total, row) => total + row[term], 0)
  return {
    rows: sorted.slice(0, rowCount),
    others: { count: others.length, healthyTerm: sum('healthyTerm'), faultTerm: sum('faultTerm') },
  }
}
