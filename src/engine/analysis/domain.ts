import { countBins } from '../dsp/frames'
import type { ConditionedSignal } from '../dsp/conditioned-signal'
import type { PowerFrames } from '../inference/network-input'
import type { ModelCard } from '../../shared/model-card'

/**
 * Statistics that tell a machine's vibration from what the model knows nothing about (speech, music, hum, white noise).
 * All are level-free and in dB; the card keeps the range that training saw.
 */
export interface DomainStatistics {
  /** 90th over 10th percentile of the RMS of 50 ms blocks: large for speech, music, switching */
  readonly levelSwingDb: number
  /** power above 1 kHz over all power: low where the sensor or the machine has no high frequencies */
  readonly highBandShareDb: number
  /** geometric over arithmetic mean of the power over frequency: 0 is white noise, very low a pure tone */
  readonly spectralFlatnessDb: number
}

export type DomainStatisticName = keyof DomainStatistics

const stretchSeconds = 1
const stretchLimit = 64 // read at most, evenly over the recording: the cost does not grow with its length
const blockSeconds = 0.05
const highBandFromHz = 1000
const frames = {
  frameLength: 256,
  hopLength: 128,
  fftLength: 256,
  taper: 'hann',
} as const

/** Undefined where fewer than two blocks were measured. */
export async function domainStatistics(
  signal: ConditionedSignal,
  powerFrames: PowerFrames,
): Promise<DomainStatistics | undefined> {
  const blockRms: number[] = []
  const power = new Float64Array(countBins(frames))
  for (const samples of await readStretches(signal)) {
    addBlockRms(blockRms, samples, Math.round(blockSeconds * signal.sampleRateHz))
    addPower(power, samples, powerFrames)
  }
  if (blockRms.length < 2) return undefined
  blockRms.sort((a, b) => a - b)
  const quantile = (share: number): number => blockRms[Math.round(share * (blockRms.length - 1))]
  return {
    levelSwingDb: 20 * Math.log10(quantile(0.9) / quantile(0.1)),
    ...spectralStatistics(power, signal.sampleRateHz),
  }
}

export interface OutsideDomain {
  readonly name: DomainStatisticName
  readonly value: number
  readonly low: number
  readonly high: number
}

/** The statistics that lie outside what training saw; empty = inside. */
export function outsideDomain(statistics: DomainStatistics, domain: ModelCard['domain']): OutsideDomain[] {
  const names: readonly DomainStatisticName[] = ['levelSwingDb', 'highBandShareDb', 'spectralFlatnessDb']
  return names.flatMap((name) => {
    const range = domain.statistics[name]
    const value = statistics[name]
    return range === undefined || (value >= range.low && value <= range.high) ? [] : [{ name, value, ...range }]
  })
}

async function readStretches(signal: ConditionedSignal): Promise<Float32Array[]> {
  const length = Math.min(signal.sampleCount, Math.round(stretchSeconds * signal.sampleRateHz))
  const count = length === 0 ? 0 : Math.min(stretchLimit, Math.floor(signal.sampleCount / length))
  const stretches: Float32Array[] = []
  for (let i = 0; i < count; i++) {
    const start = Math.floor((i * signal.sampleCount) / count)
    stretches.push(await signal.read({ start, end: start + length }))
  }
  return stretches
}

/** Blocks with a sample that was not measured are left out. */
function addBlockRms(blockRms: number[], samples: Float32Array, blockLength: number): void {
  for (let start = 0; start + blockLength <= samples.length; start += blockLength) {
    let sum = 0
    for (let i = start; i < start + blockLength; i++) sum += samples[i] * samples[i]
    if (Number.isFinite(sum)) blockRms.push(Math.sqrt(sum / blockLength))
  }
}

function addPower(power: Float64Array, samples: Float32Array, powerFrames: PowerFrames): void {
  const values = powerFrames(samples, frames)
  for (let frame = 0; frame < values.length; frame += power.length) {
    if (!Number.isFinite(values[frame])) continue
    for (let bin = 0; bin < power.length; bin++) power[bin] += values[frame + bin]
  }
}

function spectralStatistics(
  power: Float64Array,
  sampleRateHz: number,
): Pick<DomainStatistics, 'highBandShareDb' | 'spectralFlatnessDb'> {
  const binHz = sampleRateHz / frames.fftLength
  const lastBin = power.length - 1 // Nyquist and DC are left out
  let sum = 0
  let high = 0
  for (let bin = 1; bin < lastBin; bin++) {
    sum += power[bin]
    if (bin * binHz > highBandFromHz) high += power[bin]
  }
  let logs = 0
  // 120 dB below the whole is rounding, not signal
  for (let bin = 1; bin < lastBin; bin++) logs += Math.log10(power[bin] + 1e-12 * sum)
  const count = lastBin - 1
  return {
    highBandShareDb: 10 * Math.log10(high / sum),
    spectralFlatnessDb: 10 * (logs / count - Math.log10(sum / count)),
  }
}
