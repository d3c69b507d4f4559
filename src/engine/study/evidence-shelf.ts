import type { EvidenceSummary, SaidReason } from '../../shared/app/study'
import { AnalyzerError } from '../../shared/errors'
import type { EvidenceInHand } from '../analysis/evidence-in-hand'
import { createIdMaker } from './id-maker'

/** Evidence with what it is evidence of. */
export interface HeldEvidence extends EvidenceInHand {
  readonly id: string
  readonly recordingId: string
  readonly channelIndex: number
  /** Of the channel, when the evidence was taken. */
  readonly sampleRateHz: number
  readonly sampleCount: number
}

/** Evidence by id, within a bound of memory: what was not used for longest loses resolution of its map, never scores. */
export class EvidenceShelf {
  readonly #mapByteLimit: number
  /** Least recently used first. */
  readonly #held = new Map<string, HeldEvidence>()
  readonly #nextId = createIdMaker('evidence')

  constructor(mapByteLimit: number) {
    this.#mapByteLimit = mapByteLimit
  }

  /** Takes the place of earlier evidence of the same channel by the same model. */
  add(evidence: Omit<HeldEvidence, 'id'>): HeldEvidence {
    for (const [id, other] of this.#held) {
      const isSame = other.recordingId === evidence.recordingId && other.channelIndex === evidence.channelIndex
      if (isSame && other.card.id === evidence.card.id) this.#held.delete(id)
    }
    const held = { ...evidence, id: this.#nextId() }
    this.#held.set(held.id, held)
    this.#shrinkMaps()
    return held
  }

  /** @throws AnalyzerError bad-request for an id that is not held */
  get(id: string): HeldEvidence {
    const held = this.#held.get(id)
    if (held === undefined) {
      throw new AnalyzerError(
        'bad-request',
        `There is no evidence "${id}"; it was dropped: analyse the channel again.`,
        {
          id,
        },
      )
    }
    this.#held.delete(id)
    this.#held.set(id, held)
    return held
  }

  forget(id: string): void {
    this.get(id)
    this.#held.delete(id)
  }

  idsOf(recordingId: string): readonly string[] {
    return [...this.#held.values()].filter((held) => held.recordingId === recordingId).map(({ id }) => id)
  }

  forgetRecording(recordingId: string): void {
    for (const id of this.idsOf(recordingId)) this.#held.delete(id)
  }

  clear(): void {
    this.#held.clear()
  }

  #shrinkMaps(): void {
    const bytes = (): number => [...this.#held.values()].reduce((sum, { map }) => sum + map.byteLength, 0)
    for (const { map } of this.#held.values()) {
      while (bytes() > this.#mapByteLimit && map.byteLength > this.#mapByteLimit / 64) map.coarsen()
    }
  }
}

export function summaryOfEvidence(held: HeldEvidence, outOfDomainReasons: readonly SaidReason[]): EvidenceSummary {
  const { card, track, map, bandHz } = held
  const secondsOf = (samples: number): number => samples / card.sampleRateHz
  return {
    evidenceId: held.id,
    recordingId: held.recordingId,
    channel: held.channelIndex,
    modelId: card.id,
    modelVersion: card.version,
    kind: card.kind,
    backend: held.backend,
    elapsedSeconds: held.elapsedSeconds,
    rows: map.rows,
    lowHz: bandHz?.lowHz ?? null,
    highHz: bandHz?.highHz ?? null,
    startSeconds: secondsOf(track.startSample),
    stepSeconds: secondsOf(track.stepSamples),
    stepCount: track.stepCount,
    receptiveFieldSeconds: secondsOf(track.receptiveFieldSamples),
    colourScaleLogit: card.colourScaleLogit,
    temperature: card.calibration.temperature,
    thresholds: card.thresholds,
    defaultSegmentSeconds: card.defaultSegmentSeconds,
    outOfDomainReasons,
    mapStepsPerColumn: map.stepsPerColumn,
  }
}
