import type { BearingPart, Hypothesis } from '../../shared/diagnosis/diagnosis'
import type { Translate } from '../../shared/locales/translate'
import { formatSignificant } from '../../shared/number-words'
import type { FaultComb } from '../stores/use-overlay-store'

/**
 * The comb for the spectra: of the fault the user chose, or else of one that is indicated; where it was found, or else
 * where it is expected. Nothing is laid over a recording without a sign that nobody asked about.
 */
export function faultCombOf(
  hypothesis: Hypothesis | undefined,
  chosenPart: BearingPart | undefined,
  t: Translate,
): FaultComb | undefined {
  if (hypothesis === undefined || !(hypothesis.isIndicated || hypothesis.part === chosenPart)) return undefined
  const { part, foundHz, expectedHz } = hypothesis
  const key = foundHz === null ? 'diagnosis.comb-expected' : 'diagnosis.comb-found'
  const frequencyHz = foundHz ?? expectedHz
  const label = t(key, { part: t(`diagnosis.part.${part}`), frequency: formatSignificant(frequencyHz) })
  return { label, frequencyHz }
}
