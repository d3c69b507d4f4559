import type { ScoreView } from '../../shared/app/study'
import { longestEvent } from '../../shared/deciding-event'
import type { Translate } from '../../shared/locales/translate'
import { formatProbability } from '../../shared/number-words'

/** The probability that made the verdict, and of what: the whole recording, or the event that decided. */
export function decidedBy(
  { verdict, probability, thresholds, events }: Pick<ScoreView, 'verdict' | 'probability' | 'thresholds' | 'events'>,
  t: Translate,
): { readonly probability: number | null; readonly note: string } {
  const event = verdict === 'fault' && (probability ?? 0) < thresholds.fault ? longestEvent(events) : undefined
  if (event === undefined) return { probability, note: t('probability.title') }
  const [start, end] = [event.startSeconds, event.endSeconds].map((seconds) => seconds.toFixed(1))
  const whole = t('probability.whole', { value: formatProbability(probability) })
  return { probability: event.peakProbability, note: `${t('probability.event', { start, end })}; ${whole}` }
}
