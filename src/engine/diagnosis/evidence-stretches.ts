import { AnalyzerError } from '../../shared/errors'
import type { SampleRange } from '../../shared/sample-range'
import type { EvidenceTrack } from '../inference/one-pass'

export interface EvidenceOfChannel {
  readonly track: EvidenceTrack
  /** Of the model: what the track's samples are counted in. */
  readonly modelRateHz: number
}

export interface EvidenceStretch {
  readonly range: SampleRange
  /** Logit; stretches where nothing was measured are left out. */
  readonly meanEvidence: number
}

export interface EvidenceSplit {
  readonly thresholdLogit: number
  readonly stretchSeconds: number
  readonly high: readonly EvidenceStretch[]
  readonly rest: readonly EvidenceStretch[]
}

const usualStretchSeconds = 0.5
const leastStretches = 8
const leastStretchSamples = 64
/** Where no threshold is said: the quarter of the recording that pushes most. */
const usualHighShare = 0.25

/**
 * Cuts a channel into stretches of half a second (an eighth of a short recording) and parts them by their mean evidence.
 * @throws AnalyzerError bad-request for a recording too short to be cut, or without evidence
 */
export function splitByEvidence(
  sampleCount: number,
  sampleRateHz: number,
  evidence: EvidenceOfChannel,
  thresholdLogit: number | undefined,
): EvidenceSplit {
  const length = Math.floor(Math.min(usualStretchSeconds * sampleRateHz, sampleCount / leastStretches))
  const stretches: EvidenceStretch[] = []
  for (let start = 0; length >= leastStretchSamples && start + length <= sampleCount; start += length) {
    const range = { start, end: start + length }
    const meanEvidence = meanEvidenceOf(evidence, start / sampleRateHz, range.end / sampleRateHz)
    if (Number.isFinite(meanEvidence)) stretches.push({ range, meanEvidence })
  }
  if (stretches.length < 2) {
    throw new AnalyzerError(
      'bad-request',
      `${stretches.length} stretches of this recording carry evidence; at least 2 are needed to compare high with low.`,
      { sampleCount },
    )
  }
  const threshold = thresholdLogit ?? highestShare(stretches)
  return {
    thresholdLogit: threshold,
    stretchSeconds: length / sampleRateHz,
    high: stretches.filter(({ meanEvidence }) => meanEvidence >= threshold),
    rest: stretches.filter(({ meanEvidence }) => meanEvidence < threshold),
  }
}

function highestShare(stretches: readonly EvidenceStretch[]): number {
  const sorted = stretches.map(({ meanEvidence }) => meanEvidence).sort((a, b) => b - a)
  return sorted[Math.max(0, Math.ceil(usualHighShare * sorted.length) - 1)]
}

/** Of the steps whose receptive field is centred there. */
function meanEvidenceOf({ track, modelRateHz }: EvidenceOfChannel, startSeconds: number, endSeconds: number): number {
  const { startSample, stepSamples, receptiveFieldSamples, stepCount, evidence } = track
  const stepAt = (seconds: number): number =>
    Math.ceil((seconds * modelRateHz - startSample - receptiveFieldSamples / 2) / stepSamples)
  let sum = 0
  let count = 0
  for (let step = Math.max(0, stepAt(startSeconds)); step < Math.min(stepCount, stepAt(endSeconds)); step++) {
    if (!Number.isFinite(evidence[step])) continue
    sum += evidence[step]
    count += 1
  }
  return sum / count
}
