import { AnalyzerError } from '../../shared/errors'
import { bandEnvelope } from '../dsp/envelope'
import type { JobContext } from '../jobs/job-context'
import type { Channel } from '../readers/recording'
import { writeWav } from '../training/wav-writer'
import { splitByEvidence, type EvidenceOfChannel } from './evidence-stretches'

export interface EvidenceSoundOptions {
  /** Undefined = the quarter of the recording that pushes most to fault. */
  readonly thresholdLogit: number | undefined
  /** 2 = half speed, an octave lower. */
  readonly slowdown: 1 | 2 | 4
  /** The envelope of this band instead of the vibration itself. */
  readonly envelopeBandHz: readonly [number, number] | undefined
}

/** Of the vibration; slowed sound lasts longer. */
const mostSeconds = 60
const fadeSeconds = 0.01
const peakLevel = 0.9
/** Players and browsers take no lower rate. */
const leastPlayableHz = 8000

/**
 * The stretches of high evidence one after the other as a mono WAV, faded into each other's silence and raised to one
 * peak: for listening, not for measuring. Slowed as a tape is slowed.
 * @throws AnalyzerError bad-request where no stretch reaches the threshold, or all of them have gaps
 */
export async function evidenceSound(
  channel: Channel,
  sampleRateHz: number,
  evidence: EvidenceOfChannel,
  options: EvidenceSoundOptions,
  job: JobContext,
): Promise<Uint8Array> {
  const { high, stretchSeconds, thresholdLogit } = splitByEvidence(
    channel.sampleCount,
    sampleRateHz,
    evidence,
    options.thresholdLogit,
  )
  const parts: Float32Array[] = []
  for (const { range } of high.slice(0, Math.max(1, Math.floor(mostSeconds / stretchSeconds)))) {
    job.signal.throwIfAborted()
    const samples = await channel.read(range)
    if (samples.some((sample) => !Number.isFinite(sample))) continue
    parts.push(faded(toSound(samples, sampleRateHz, options.envelopeBandHz), Math.round(fadeSeconds * sampleRateHz)))
  }
  if (parts.length === 0) {
    throw new AnalyzerError(
      'bad-request',
      `No stretch without gaps has a mean evidence of ${thresholdLogit.toPrecision(3)} logit or more; there is nothing to hear.`,
      { thresholdLogit },
    )
  }
  const slow = sampleRateHz / options.slowdown
  const repeat = Math.max(1, Math.ceil(leastPlayableHz / slow))
  const description = `Stretches of ${channel.name} with high evidence, ${options.slowdown} times slower; peak set to ${peakLevel}`
  return writeWav(stretched(levelled(joined(parts)), repeat), { sampleRateHz: Math.round(slow * repeat), description })
}

function toSound(
  samples: Float32Array,
  sampleRateHz: number,
  bandHz: readonly [number, number] | undefined,
): Float32Array {
  const heard =
    bandHz === undefined
      ? samples
      : Float32Array.from(bandEnvelope(samples, sampleRateHz, { lowHz: bandHz[0], highHz: bandHz[1] }))
  const mean = heard.reduce((sum, value) => sum + value, 0) / heard.length
  return heard.map((value) => value - mean)
}

/** Raised cosine at both ends: a cut would click. */
function faded(samples: Float32Array, fadeLength: number): Float32Array {
  const length = Math.min(fadeLength, samples.length >> 1)
  return samples.map((sample, i) => {
    const inside = Math.min(i, samples.length - 1 - i)
    return inside >= length ? sample : sample * (0.5 - 0.5 * Math.cos((Math.PI * inside) / length))
  })
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function levelled(samples: Float32Array): Float32Array {
  const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0)
  return peak === 0 ? samples : samples.map((sample) => (peakLevel * sample) / peak)
}

/** Each sample `times` times, straight lines in between. */
function stretched(samples: Float32Array, times: number): Float32Array {
  if (times === 1) return samples
  return Float32Array.from({ length: samples.length * times }, (_, i) => {
    const at = i / times
    const first = Math.floor(at)
    const next = samples[Math.min(first + 1, samples.length - 1)]
    return samples[first] + (at - first) * (next - samples[first])
  })
}
