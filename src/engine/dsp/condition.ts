import { AnalyzerError } from '../../shared/errors'
import { clampRange, type SampleRange } from '../../shared/sample-range'
import type { JobContext } from '../jobs/job-context'
import type { CardConditioning } from '../../shared/model-card'
import type { Channel } from '../readers/recording'
import type { ConditionedSignal } from './conditioned-signal'
import { createResampler, type Resampler } from './resample'
import { createSlowLevel, type SlowLevel } from './slow-level'

/** Output samples made at once: 5 s at 12 kHz, small enough to stay in cache and to cancel quickly. */
const chunkLength = 65_536
/** Resampled signals up to this length are kept (32 MB); longer ones are resampled again when read. */
const keptLength = 8_000_000

export interface RereadableSignal extends ConditionedSignal {
  /** Frees the resampled samples: what is read from now on is resampled from the channel, to the same numbers. */
  forgetSamples(): void
}

export interface ConditionRequest {
  readonly channel: Channel
  readonly sourceRateHz: number
  readonly modelRateHz: number
  readonly conditioning: CardConditioning
}

/**
 * Conditions a channel once for a model: resampled to its rate with an anti-alias filter, then (x − slow mean) / slow
 * RMS over `slowRmsSeconds`, centred (DESIGN.md §1). One streaming pass for the slow statistics, random access after.
 * @throws AnalyzerError bad-request for a rate that is not a positive number
 */
export async function conditionChannel(request: ConditionRequest, job: JobContext): Promise<RereadableSignal> {
  const { channel, sourceRateHz, modelRateHz, conditioning } = request
  if (!(sourceRateHz > 0) || !Number.isFinite(sourceRateHz)) {
    throw new AnalyzerError('bad-request', `The sample rate is ${sourceRateHz} Hz; a positive number is needed.`)
  }
  const resampler = createResampler({ fromHz: sourceRateHz, toHz: modelRateHz })
  const sampleCount = resampler.outputCount(channel.sampleCount)
  const level = createSlowLevel({
    blockLength: Math.max(1, Math.round(modelRateHz / 100)),
    windowLength: Math.round(conditioning.slowRmsSeconds * modelRateHz),
  })
  const kept = sampleCount <= keptLength ? new Float32Array(sampleCount) : undefined
  for (let start = 0; start < sampleCount; start += chunkLength) {
    job.signal.throwIfAborted()
    const chunk = await resampledRange(channel, resampler, { start, end: Math.min(start + chunkLength, sampleCount) })
    level.add(chunk)
    kept?.set(chunk, start)
    job.report('condition', Math.min(start + chunkLength, sampleCount), sampleCount)
  }
  level.finish()
  return signalOf({ channel, resampler, level, kept, sampleCount, sampleRateHz: modelRateHz })
}

interface Parts {
  readonly channel: Channel
  readonly resampler: Resampler
  readonly level: SlowLevel
  readonly kept: Float32Array | undefined
  readonly sampleCount: number
  readonly sampleRateHz: number
}

function signalOf(parts: Parts): RereadableSignal {
  const { channel, resampler, level, sampleCount, sampleRateHz } = parts
  let { kept } = parts
  return {
    sampleRateHz,
    sampleCount,
    inputCount: 1,
    async read(range) {
      const wanted = clampRange(range, sampleCount)
      const samples =
        kept === undefined ? await resampledRange(channel, resampler, wanted) : kept.subarray(wanted.start, wanted.end)
      return level.normalize(samples, wanted.start)
    },
    forgetSamples: () => {
      kept = undefined
    },
  }
}

async function resampledRange(channel: Channel, resampler: Resampler, range: SampleRange): Promise<Float32Array> {
  const needed = clampRange(resampler.inputRangeFor(range), channel.sampleCount)
  const input = await channel.read(needed)
  return resampler.apply(input, needed.start, range)
}
