import type { ModelCard } from '../../shared/model-card'
import { conditionChannel, type RereadableSignal } from '../dsp/condition'
import type { ConditionedSignal } from '../dsp/conditioned-signal'
import { spectrogramInput, waveformInput, type NetworkInput, type PowerFrames } from '../inference/network-input'
import { runOnePass, type OnePassResult, type StepKeeper } from '../inference/one-pass'
import type { JobContext } from '../jobs/job-context'
import type { Channel } from '../readers/recording'
import { domainStatistics, outsideDomain, type OutsideDomain } from './domain'
import { scoresOf, type ClassScores } from './judge-evidence'
import type { LoadedModel } from './model-shelf'

export interface GatherRequest {
  readonly signal: ConditionedSignal
  readonly model: LoadedModel
  readonly powerFrames: PowerFrames
  /** Columns of the map that is returned. */
  readonly mapColumnLimit: number
  /** Told of every step of the map, at its full resolution. */
  readonly keeper?: StepKeeper
}

/** All that one pass over a conditioned channel leaves: every score and verdict follows from it (judge-evidence). */
export interface GatheredEvidence extends Omit<OnePassResult, 'scores'> {
  readonly score: ClassScores
  readonly outside: readonly OutsideDomain[]
}

export async function gatherEvidence(request: GatherRequest, job: JobContext): Promise<GatheredEvidence> {
  const { signal, model, powerFrames, mapColumnLimit, keeper } = request
  const { card, runner } = model
  const input = networkInputOf(model, signal, powerFrames)
  const pass = await runOnePass({ input, runner, chunkSteps: card.chunkSteps, mapColumnLimit, keeper }, job)
  const statistics = await domainStatistics(signal, powerFrames)
  return {
    track: pass.track,
    map: pass.map,
    score: scoresOf(pass),
    outside: statistics === undefined ? [] : outsideDomain(statistics, card.domain),
  }
}

/** What the model's network sees of a conditioned signal: its samples, or its log spectrogram. */
export function networkInputOf(
  { card, runner }: Pick<LoadedModel, 'card' | 'runner'>,
  signal: ConditionedSignal,
  powerFrames: PowerFrames,
): NetworkInput {
  return card.spectrogram === null
    ? waveformInput(signal, runner.geometry)
    : spectrogramInput(signal, runner.geometry, card.spectrogram, powerFrames)
}

/** The channel as the model's network is shown it. A channel too slow for the model is shown as an empty one. */
export function conditionForModel(
  channel: Channel,
  sampleRateHz: number,
  card: ModelCard,
  job: JobContext,
): Promise<RereadableSignal> {
  const { sampleRateHz: modelRateHz, conditioning } = card
  const shown = judgeable(channel, sampleRateHz, card)
  return conditionChannel({ channel: shown, sourceRateHz: sampleRateHz, modelRateHz, conditioning }, job)
}

/** A channel too slow for the model is not stretched to its rate: nothing of it is judged. */
function judgeable(channel: Channel, sampleRateHz: number, card: ModelCard): Channel {
  if (sampleRateHz >= card.domain.leastSourceRateHz) return channel
  const { name, unit } = channel
  return { name, unit, sampleRateHz, sampleCount: 0, read: () => Promise.resolve(new Float32Array(0)) }
}
