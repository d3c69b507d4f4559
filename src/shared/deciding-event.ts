import type { AnalysisResult } from './analysis'

type AnalysisEvent = AnalysisResult['events'][number]

/** The longest event, where it made the verdict although the recording as a whole stays below the threshold. */
export function decidingEvent({
  verdict,
  probability,
  settings,
  events,
}: Pick<AnalysisResult, 'verdict' | 'probability' | 'settings' | 'events'>): AnalysisEvent | undefined {
  if (verdict !== 'fault' || probability === null || probability >= settings.thresholds.fault) return undefined
  return longestEvent(events)
}

export function longestEvent(events: readonly AnalysisEvent[]): AnalysisEvent | undefined {
  const seconds = (event: AnalysisEvent): number => event.endSeconds - event.startSeconds
  return events.reduce<AnalysisEvent | undefined>(
    (longest, event) => (longest === undefined || seconds(event) > seconds(longest) ? event : longest),
    undefined,
  )
}
