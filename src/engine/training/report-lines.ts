import type { EvaluationFold } from '../../shared/model-card'

/** The figures of all folds as a table for a terminal, the worst and the mean of the machines below it. */
export function reportLines(folds: readonly EvaluationFold[]): string[] {
  const lines = [
    row([
      'left out',
      'healthy',
      'faults',
      'AUROC [95 %]',
      'kurtosis',
      'envelope',
      'given one',
      'bal.acc',
      'alarms',
      'unsure',
      'ECE',
    ]),
    ...folds.map((fold) =>
      row([
        fold.name,
        String(fold.healthyCount),
        String(fold.faultCount),
        fold.network.auroc === null
          ? '-'
          : `${digits(fold.network.auroc.value)} [${digits(fold.network.auroc.low)}, ${digits(fold.network.auroc.high)}]`,
        digits(fold.kurtosis.auroc?.value),
        digits(fold.envelope.auroc?.value),
        digits(fold.commissioned?.auroc?.value),
        digits(fold.network.balancedAccuracy),
        digits(fold.network.falseAlarms),
        digits(fold.network.uncertain),
        digits(fold.network.ece),
      ]),
    ),
  ]
  const machines = folds.filter((fold) => fold.name.startsWith('machine '))
  for (const [name, value] of [
    ['network', (fold: EvaluationFold) => fold.network.auroc?.value],
    ['commissioned', (fold: EvaluationFold) => fold.commissioned?.auroc?.value],
    ['kurtosis', (fold: EvaluationFold) => fold.kurtosis.auroc?.value],
    ['envelope', (fold: EvaluationFold) => fold.envelope.auroc?.value],
  ] as const) {
    const values = machines.map(value).filter((each) => each !== undefined)
    if (values.length === 0) continue
    const mean = values.reduce((sum, each) => sum + each, 0) / values.length
    lines.push(
      `AUROC over ${values.length} machines left out, ${name}: mean ${digits(mean)}, worst ${digits(Math.min(...values))}`,
    )
  }
  for (const note of new Set(folds.flatMap((fold) => fold.notes))) lines.push(`Note: ${note}`)
  return lines
}

const widths = [26, 8, 7, 22, 9, 9, 10, 8, 7, 7, 6] as const

function row(cells: readonly string[]): string {
  return cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' ')
}

function digits(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : value.toFixed(3)
}
