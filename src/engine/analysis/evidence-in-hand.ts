import type { BackendName } from '../../shared/analysis'
import type { ModelCard } from '../../shared/model-card'
import type { RereadableSignal } from '../dsp/condition'
import type { EvidenceTrack } from '../inference/one-pass'
import type { PowerFrames } from '../inference/network-input'
import type { JobContext } from '../jobs/job-context'
import type { Channel } from '../readers/recording'
import { StepMap } from '../timeline/step-map'
import type { OutsideDomain } from './domain'
import { conditionForModel, gatherEvidence, networkInputOf } from './gather-evidence'
import type { ClassScores } from './judge-evidence'
import type { LoadedModel } from './model-shelf'
import { bandOfMap } from './picture-data'

/** A map at full resolution takes at most this much; longer ones are averaged. */
const mapByteLimit = 256 * 2 ** 20

/** What one pass over a channel leaves for tiles, scores and the inspector. */
export interface EvidenceInHand {
  readonly card: ModelCard
  readonly backend: BackendName
  readonly elapsedSeconds: number
  readonly track: EvidenceTrack
  readonly score: ClassScores
  readonly outside: readonly OutsideDomain[]
  readonly map: StepMap
  /** Frequencies that the rows of the map span; null for 1d. */
  readonly bandHz: { readonly lowHz: number; readonly highHz: number } | null
  /** Reads the channel again when a segment is inspected. */
  readonly signal: RereadableSignal
}

export interface EvidenceInHandRequest {
  readonly channel: Channel
  readonly sampleRateHz: number
  readonly model: LoadedModel
  readonly backend: BackendName
  readonly powerFrames: PowerFrames
}

export async function takeEvidence(request: EvidenceInHandRequest, job: JobContext): Promise<EvidenceInHand> {
  const { channel, sampleRateHz, model, backend, powerFrames } = request
  const { card, runner } = model
  const startedAt = performance.now()
  const signal = await conditionForModel(channel, sampleRateHz, card, job)
  const { stepCount } = networkInputOf(model, signal, powerFrames)
  const map = new StepMap(stepCount, runner.geometry.outputBins, mapByteLimit)
  const gathered = await gatherEvidence({ signal, model, powerFrames, mapColumnLimit: 1, keeper: map }, job)
  const { track, score, outside } = gathered
  map.finish()
  signal.forgetSamples()
  return {
    card,
    backend,
    elapsedSeconds: (performance.now() - startedAt) / 1000,
    track: seriesOf(track),
    score,
    outside,
    map,
    bandHz: card.spectrogram === null ? null : bandOfMap(model, card),
    signal,
  }
}

/** Without the classes: the map keeps them. */
function seriesOf({ startSample, stepSamples, receptiveFieldSamples, stepCount, bins, evidence }: EvidenceTrack) {
  return { startSample, stepSamples, receptiveFieldSamples, stepCount, bins, evidence }
}
