import { setImmediate as nextTurn } from 'node:timers/promises'
import type { SpectrumView } from '../../shared/app/study'
import { AnalyzerError } from '../../shared/errors'
import type { SampleRange } from '../../shared/sample-range'
import { bandEnvelope } from '../dsp/envelope'
import { findPeaks } from '../dsp/peaks'
import { averagedSpectrum } from '../dsp/spectrum'
import type { Taper } from '../dsp/taper'
import type { Channel } from '../readers/recording'
import { knownRate } from './tile-maker'

export interface PanelSpectrumOptions {
  /** samples; undefined = chosen */
  readonly frameLength: number | undefined
  readonly overlap: number
  readonly taper: Taper
  readonly envelopeBandHz: readonly [number, number] | undefined
}

const longestChosenFrame = 65_536
const leastAverages = 8
/** Samples transformed before others are answered. */
const groupSamples = 262_144
/** Groups looked at; of longer stretches they lie evenly over it. 4 million samples. */
const groupLimit = 16
/** An envelope rings at the ends of what it is made of: that much is computed and not used, where there is signal. */
const marginSamples = 16_384
const peakLimit = 40

/**
 * Amplitude spectrum of a stretch (peak of a sine, mean of each frame removed), or that of the envelope of a band.
 * Very long stretches are sampled evenly.
 * @throws AnalyzerError bad-request without a rate, for a frame longer than the stretch, a band that the rate does not
 * hold, an envelope of a signal with gaps
 */
export async function panelSpectrum(
  stretch: Channel,
  options: PanelSpectrumOptions,
  signal: AbortSignal,
): Promise<SpectrumView> {
  const sampleRateHz = knownRate(stretch)
  const { envelopeBandHz } = options
  const plan = planGroups(stretch.sampleCount, options)
  const { frameLength, hopLength } = plan
  const frames = { frameLength, hopLength, fftLength: frameLength, taper: options.taper, removesMean: true }
  const power = new Float64Array(Math.floor(frameLength / 2) + 1)
  let [averageCount, binHz, bandwidthHz] = [0, 0, 0]
  for (const range of plan.groups) {
    signal.throwIfAborted()
    const samples = await samplesOf(stretch, range, sampleRateHz, envelopeBandHz)
    const part = averagedSpectrum(samples, sampleRateHz, frames)
    for (let bin = 0; part.averageCount > 0 && bin < power.length; bin++) {
      power[bin] += part.power[bin] * part.averageCount
    }
    averageCount += part.averageCount
    ;({ binHz, bandwidthHz } = part)
    await nextTurn()
  }
  const amplitude = Float32Array.from(power, (value) => Math.sqrt((2 * value) / averageCount))
  return {
    kind: envelopeBandHz === undefined ? 'spectrum' : 'envelope',
    unit: stretch.unit ?? null,
    binHz,
    bandwidthHz,
    amplitude,
    averageCount,
    frameLength,
    bandHz: envelopeBandHz ?? null,
    peaks: findPeaks(amplitude, peakLimit).map(({ position, height, prominence }) => ({
      frequencyHz: position * binHz,
      amplitude: height,
      prominence,
    })),
  }
}

interface GroupPlan {
  readonly frameLength: number
  readonly hopLength: number
  /** Stretches of whole frames, a hop apart where all are looked at. */
  readonly groups: readonly SampleRange[]
}

function planGroups(sampleCount: number, { frameLength: wanted, overlap }: PanelSpectrumOptions): GroupPlan {
  const frameLength = wanted ?? chooseFrame(sampleCount, overlap)
  if (frameLength > sampleCount || frameLength < 2) {
    throw new AnalyzerError(
      'bad-request',
      `A frame of ${frameLength} samples does not fit: the stretch has ${sampleCount}, and a spectrum needs at least 2.`,
      { frameLength, sampleCount },
    )
  }
  const hopLength = Math.max(1, Math.round(frameLength * (1 - overlap)))
  const frameCount = Math.floor((sampleCount - frameLength) / hopLength) + 1
  const framesOfGroup = Math.max(1, Math.floor((groupSamples - frameLength) / hopLength) + 1)
  const groupCount = Math.ceil(frameCount / framesOfGroup)
  const taken = Math.min(groupCount, groupLimit)
  const groups = Array.from({ length: taken }, (_, i) => {
    const first = Math.floor((i * groupCount) / taken) * framesOfGroup
    const count = Math.min(framesOfGroup, frameCount - first)
    return { start: first * hopLength, end: (first + count - 1) * hopLength + frameLength }
  })
  return { frameLength, hopLength, groups }
}

/** Long enough for fine lines, short enough for eight averages: a power of two where there are more samples than 16. */
function chooseFrame(sampleCount: number, overlap: number): number {
  const fitting = sampleCount / (1 + (leastAverages - 1) * (1 - overlap))
  return fitting < 16 ? sampleCount : Math.min(longestChosenFrame, 2 ** Math.floor(Math.log2(fitting)))
}

async function samplesOf(
  stretch: Channel,
  { start, end }: SampleRange,
  sampleRateHz: number,
  bandHz: readonly [number, number] | undefined,
): Promise<Float32Array | Float64Array> {
  if (bandHz === undefined) return stretch.read({ start, end })
  const from = Math.max(0, start - marginSamples)
  const samples = await stretch.read({ start: from, end: Math.min(stretch.sampleCount, end + marginSamples) })
  if (samples.some((sample) => sample !== sample)) {
    throw new AnalyzerError(
      'bad-request',
      'The signal has gaps here; an envelope spectrum needs a signal without gaps.',
    )
  }
  const [lowHz, highHz] = bandHz
  return bandEnvelope(samples, sampleRateHz, { lowHz, highHz }).subarray(start - from, end - from)
}
