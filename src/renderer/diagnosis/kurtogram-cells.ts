import type { KurtogramView } from '../../shared/diagnosis/views'

export interface KurtogramCell {
  /** of the levels, whole band first */
  readonly row: number
  readonly lowHz: number
  readonly highHz: number
  readonly kurtosis: number
  /** of the greatest kurtosis: 0 … 1 */
  readonly share: number
}

export function kurtogramCells({ levels }: Pick<KurtogramView, 'levels'>): readonly KurtogramCell[] {
  const greatest = Math.max(1e-9, ...levels.flatMap(({ kurtosis }) => Array.from(kurtosis).filter(Number.isFinite)))
  return levels.flatMap(({ bandwidthHz, kurtosis }, row) =>
    Array.from(kurtosis, (value, index) => ({
      row,
      lowHz: index * bandwidthHz,
      highHz: (index + 1) * bandwidthHz,
      kurtosis: value,
      share: Number.isFinite(value) ? Math.max(0, value) / greatest : 0,
    })),
  )
}
