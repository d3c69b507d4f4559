import type { AnalysisResult } from '../../shared/analysis'
import type { SaidReason } from '../../shared/app/study'
import { longestEvent } from '../../shared/deciding-event'
import { measuredOrNull } from './judge-evidence'
import { outOfDomainReasons, verdictReasons, type ReasonInput } from './reasons'
import { decideVerdict, labelOf } from './verdict'

/** The word for a channel, with its numbers and reasons; not applicable = no probability, no events. */
export interface ChannelDecision extends Pick<
  AnalysisResult,
  'verdict' | 'label' | 'score' | 'probability' | 'events'
> {
  readonly reasons: readonly SaidReason[]
}

export function decideChannel(input: ReasonInput): ChannelDecision {
  const { judgement, thresholds } = input
  const outOfDomain = outOfDomainReasons(input)
  const verdict = decideVerdict({
    probability: judgement.probability,
    thresholds,
    eventCount: judgement.events.length,
    longestEventSeconds: secondsOf(longestEvent(judgement.events)),
    outOfDomain,
  })
  const { healthy, fault, logit } = input.score
  const isKnown = verdict !== 'not-applicable'
  return {
    verdict,
    label: labelOf(verdict),
    score: { healthy: measuredOrNull(healthy), fault: measuredOrNull(fault), logit: measuredOrNull(logit) },
    // confident numbers where the model knows nothing would mislead
    probability: isKnown ? measuredOrNull(judgement.probability) : null,
    reasons: isKnown ? verdictReasons(input) : outOfDomain,
    events: isKnown ? judgement.events : [],
  }
}

function secondsOf(event: AnalysisResult['events'][number] | undefined): number {
  return event === undefined ? 0 : event.endSeconds - event.startSeconds
}
