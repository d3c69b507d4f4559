import { formatSignificant } from '../../shared/number-words'
import type { Translate } from '../../shared/locales/translate'

/** A length of time in the unit that reads best. */
export function formatSeconds(seconds: number | null, t: Translate): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–'
  if (seconds < 0.1) return t('unit.milliseconds', { value: formatSignificant(seconds * 1000) })
  if (seconds < 120) return t('unit.seconds', { value: formatSignificant(seconds) })
  if (seconds < 7200) return t('unit.minutes', { value: formatSignificant(seconds / 60) })
  return t('unit.hours', { value: formatSignificant(seconds / 3600) })
}

export function formatRate(hertz: number | null, t: Translate): string {
  if (hertz === null) return t('app.rate-unknown')
  return hertz < 1000
    ? t('unit.hertz', { value: formatSignificant(hertz) })
    : t('unit.kilohertz', { value: String(Number((hertz / 1000).toPrecision(5))) })
}
