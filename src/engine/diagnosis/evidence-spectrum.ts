import type { EvidenceSpectrumView, SplitSpectrum } from '../../shared/diagnosis/witness-views'
import { averagedSpectrum } from '../dsp/spectrum'
import { squaredEnvelopeSpectrum } from '../dsp/squared-envelope'
import type { JobContext } from '../jobs/job-context'
import type { Channel } from '../readers/recording'
import { splitByEvidence, type EvidenceOfChannel, type EvidenceStretch } from './evidence-stretches'

export interface EvidenceSpectrumOptions {
  /** Undefined = the quarter of the recording that pushes most to fault. */
  readonly thresholdLogit: number | undefined
  readonly envelopeBandHz: readonly [number, number]
}

/** Of each kind; more lie evenly over the recording. */
const mostStretches = 120

/**
 * Spectrum and squared-envelope spectrum of only the stretches where the evidence is high, and of the rest: what the
 * network saw there and not elsewhere.
 * @throws AnalyzerError bad-request for a recording too short to be cut, or a band that the rate does not hold
 */
export async function evidenceSpectrum(
  channel: Channel,
  sampleRateHz: number,
  evidence: EvidenceOfChannel,
  options: EvidenceSpectrumOptions,
  job: JobContext,
): Promise<EvidenceSpectrumView> {
  const split = splitByEvidence(channel.sampleCount, sampleRateHz, evidence, options.thresholdLogit)
  const high = await spectraOf(channel, sampleRateHz, split.high, options.envelopeBandHz, job)
  const rest = await spectraOf(channel, sampleRateHz, split.rest, options.envelopeBandHz, job)
  const join = (kind: 'spectrum' | 'envelope'): SplitSpectrum => ({
    binHz: 1 / split.stretchSeconds,
    high: amplitudeOf(high[kind], high.count),
    rest: amplitudeOf(rest[kind], rest.count),
  })
  return {
    thresholdLogit: split.thresholdLogit,
    stretchSeconds: split.stretchSeconds,
    highCount: split.high.length,
    restCount: split.rest.length,
    unit: channel.unit ?? null,
    spectrum: join('spectrum'),
    envelope: join('envelope'),
    envelopeBandHz: options.envelopeBandHz,
  }
}

interface SummedSpectra {
  readonly count: number
  readonly spectrum: Float64Array
  readonly envelope: Float64Array
}

async function spectraOf(
  channel: Channel,
  sampleRateHz: number,
  stretches: readonly EvidenceStretch[],
  bandHz: readonly [number, number],
  job: JobContext,
): Promise<SummedSpectra> {
  const taken = Math.min(stretches.length, mostStretches)
  let count = 0
  let spectrum = new Float64Array(0)
  let envelope = new Float64Array(0)
  for (let i = 0; i < taken; i++) {
    job.signal.throwIfAborted()
    const samples = await channel.read(stretches[Math.floor((i * stretches.length) / taken)].range)
    if (samples.some((sample) => !Number.isFinite(sample))) continue
    count += 1
    spectrum = added(spectrum, wholeSpectrum(samples, sampleRateHz))
    envelope = added(
      envelope,
      squaredEnvelopeSpectrum(samples, sampleRateHz, bandHz, { frameSeconds: undefined }).power,
    )
  }
  return { count, spectrum, envelope }
}

function wholeSpectrum(samples: Float32Array, sampleRateHz: number): Float64Array {
  const length = samples.length
  const frames = {
    frameLength: length,
    hopLength: length,
    fftLength: length,
    taper: 'hann',
    removesMean: true,
  } as const
  return averagedSpectrum(samples, sampleRateHz, frames).power
}

function added(sum: Float64Array<ArrayBuffer>, power: Float64Array): Float64Array<ArrayBuffer> {
  if (sum.length === 0) return Float64Array.from(power)
  for (let bin = 0; bin < sum.length; bin++) sum[bin] += power[bin]
  return sum
}

function amplitudeOf(power: Float64Array, count: number): Float32Array {
  return Float32Array.from(power, (value) => Math.sqrt((2 * value) / count))
}
