/** Numbers as people read them, in pictures and on the terminal. */

/** Three significant digits; '–' where nothing was measured. */
export function formatSignificant(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–'
  if (value === 0) return '0'
  const magnitude = Math.abs(value)
  if (magnitude >= 1e6 || magnitude < 1e-4) return minus(value.toExponential(2).replace('e+', 'e'))
  const digits = Math.max(0, 2 - Math.floor(Math.log10(magnitude)))
  return minus(String(Number(value.toFixed(digits))))
}

/** Two decimals, but never a 0 or 1 that claims certainty. */
export function formatProbability(value: number | null): string {
  if (value === null || Number.isNaN(value)) return '–'
  if (value > 0.99) return '> 0.99'
  if (value < 0.01) return '< 0.01'
  return value.toFixed(2)
}

export function minus(text: string): string {
  return text.replace(/-/g, '−')
}
