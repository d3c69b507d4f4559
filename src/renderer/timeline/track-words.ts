import type { Translate } from '../../shared/locales/translate'

/** Of a level: 'dB re 1 (m/s²)²/Hz'. */
export function levelUnit(unit: string | null, t: Translate): string {
  if (unit === null) return t('timeline.level.unknown-unit')
  const pretty = prettyUnit(unit)
  return t('timeline.level.unit', { unit: /[/·]/.test(pretty) ? `(${pretty})` : pretty })
}

/** 'm/s2' → 'm/s²' */
export function prettyUnit(unit: string): string {
  return unit.replace(/\^?2$/, '²')
}
