import type { SpectrumView } from '../../shared/app/study'

/** Tab-separated, as spreadsheets take it: frequency and amplitude, with units in the header. */
export function spectrumText({ amplitude, binHz, unit }: SpectrumView): string {
  const lines = [`Hz\t${unit ?? '?'}`]
  for (let bin = 0; bin < amplitude.length; bin++) lines.push(`${bin * binHz}\t${amplitude[bin]}`)
  return `${lines.join('\n')}\n`
}
