import type { ScoreView } from '../../shared/app/study'

/** A stretch in seconds. */
export interface InspectedRange {
  readonly startSeconds: number
  readonly endSeconds: number
}

type Segments = Pick<ScoreView, 'startSeconds' | 'strideSeconds' | 'segmentSeconds' | 'logits' | 'events' | 'verdict'>

/** The segment whose middle is nearest to a time; undefined where there is none. */
export function segmentAt(score: Segments, seconds: number): InspectedRange | undefined {
  const { startSeconds, strideSeconds, segmentSeconds, logits } = score
  if (logits.length === 0) return undefined
  const nearest = Math.round((seconds - segmentSeconds / 2 - startSeconds) / strideSeconds)
  return segmentRange(score, Math.max(0, Math.min(logits.length - 1, nearest)))
}

/** Where nobody points: the segment that pushes most to the verdict that was given. */
export function tellingSegment(score: Segments): InspectedRange | undefined {
  const sign = score.verdict === 'healthy' ? -1 : 1
  let best = -1
  score.logits.forEach((logit, index) => {
    if (logit === logit && (best < 0 || sign * logit > sign * score.logits[best])) best = index
  })
  return best < 0 ? undefined : segmentRange(score, best)
}

function segmentRange({ startSeconds, strideSeconds, segmentSeconds }: Segments, index: number): InspectedRange {
  const start = startSeconds + index * strideSeconds
  return { startSeconds: start, endSeconds: start + segmentSeconds }
}
