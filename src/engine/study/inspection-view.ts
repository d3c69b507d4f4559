import type { ChannelContribution, SegmentInspectionView } from '../../shared/app/study'
import { AnalyzerError } from '../../shared/errors'
import { minMaxColumns } from '../analysis/columns'
import type { InspectedSteps } from '../analysis/inspect-evidence'
import { measuredOrNull, type Thresholds } from '../analysis/judge-evidence'
import { decideVerdict } from '../analysis/verdict'
import { upsample, type AxisPlacement } from '../explain/upsample'
import type { Channel } from '../readers/recording'
import { meanOf, probabilityOf } from '../timeline/score-series'
import type { HeldEvidence } from './evidence-shelf'
import { stretchOf } from './panel-range'

const pushiestCount = 10

/** Steps of the map, [firstStep, firstStep + stepCount), and the samples at the model's rate that they see. */
export interface InspectedRange {
  readonly firstStep: number
  readonly stepCount: number
  readonly startSample: number
  readonly endSample: number
}

/**
 * The steps whose receptive fields lie inside the stretch; the one about its middle where none does.
 * @throws AnalyzerError bad-request for a stretch that is none, or outside of the evidence
 */
export function stepsInside({ card, track }: HeldEvidence, startSeconds: number, endSeconds: number): InspectedRange {
  const { stepSamples, receptiveFieldSamples, stepCount } = track
  const [start, end] = [startSeconds * card.sampleRateHz, endSeconds * card.sampleRateHz]
  const whole = (stepCount - 1) * stepSamples + receptiveFieldSamples
  if (!(start < end) || start >= whole || stepCount === 0) {
    const seconds = stepCount === 0 ? 0 : whole / card.sampleRateHz
    throw new AnalyzerError(
      'bad-request',
      `Seconds ${startSeconds} to ${endSeconds} cannot be inspected; the evidence spans 0 to ${seconds.toFixed(3)} s.`,
      { startSeconds, endSeconds },
    )
  }
  // seconds come from sample positions: rounding must not lose a step
  const first = Math.ceil(start / stepSamples - 1e-6)
  const last = Math.min(stepCount - 1, Math.floor((end - receptiveFieldSamples) / stepSamples + 1e-6))
  const middle = Math.round(((start + end - receptiveFieldSamples) / 2 - stepSamples / 2) / stepSamples)
  const firstStep = first <= last ? first : Math.min(stepCount - 1, Math.max(0, middle))
  const count = first <= last ? last - first + 1 : 1
  const startSample = firstStep * stepSamples
  const endSample = startSample + (count - 1) * stepSamples + receptiveFieldSamples
  return { firstStep, stepCount: count, startSample, endSample }
}

export interface InspectionSource {
  readonly held: HeldEvidence
  readonly range: InspectedRange
  readonly inspected: InspectedSteps
  readonly thresholds: Thresholds
  readonly isOutOfDomain: boolean
  /** Absent = those that push most. */
  readonly featureChannels: readonly number[] | undefined
  readonly columnLimit: number
  /** As the user sees it. */
  readonly channel: Channel
}

/** @throws AnalyzerError bad-request for feature channels that the model has not */
export async function inspectionView(source: InspectionSource, signal: AbortSignal): Promise<SegmentInspectionView> {
  const { held, range, inspected } = source
  const { card, track } = held
  const secondsOf = (samples: number): number => samples / card.sampleRateHz
  const { maps, bias, scores } = inspected
  const channels = contributionsOf(inspected)
  const centre = range.startSample + (track.receptiveFieldSamples - track.stepSamples) / 2
  const raw = rawMaps(inspected)
  return {
    startSeconds: secondsOf(range.startSample),
    endSeconds: secondsOf(range.endSample),
    ...verdictOf(source),
    scores,
    bias,
    meanEvidence: meanOf(track.evidence, range.firstStep, range.firstStep + range.stepCount),
    channels,
    stepCount: range.stepCount,
    measuredStepCount: inspected.measuredSteps,
    rows: maps.rows,
    lowHz: held.bandHz?.lowHz ?? null,
    highHz: held.bandHz?.highHz ?? null,
    mapStartSeconds: secondsOf(centre),
    mapEndSeconds: secondsOf(centre + maps.columns * maps.stepsPerColumn * track.stepSamples),
    columns: maps.columns,
    stepsPerColumn: maps.stepsPerColumn,
    features: chooseFeatures(source, channels).map((index) => ({ index, values: maps.values[index] })),
    ...raw,
    ...upsampledEvidence(source, raw.rawEvidence),
    ...(await waveformOf(source, signal)),
  }
}

function verdictOf({
  held,
  inspected,
  thresholds,
  isOutOfDomain,
}: InspectionSource): Pick<SegmentInspectionView, 'verdict' | 'probability' | 'temperature'> {
  const { temperature } = held.card.calibration
  const probability = probabilityOf(inspected.scores.logit, temperature)
  const outOfDomain = isOutOfDomain ? ['out of domain'] : []
  const verdict = decideVerdict({ probability, thresholds, eventCount: 0, longestEventSeconds: 0, outOfDomain })
  return { verdict, probability: verdict === 'not-applicable' ? null : measuredOrNull(probability), temperature }
}

function contributionsOf({ pooled, weights, contributions }: InspectedSteps): ChannelContribution[] {
  return Array.from(pooled, (value, index) => ({
    index,
    pooled: value,
    weightHealthy: weights.healthy[index],
    weightFault: weights.fault[index],
    push: contributions.fault[index] - contributions.healthy[index],
  }))
}

function chooseFeatures(
  { featureChannels, held }: InspectionSource,
  channels: readonly ChannelContribution[],
): readonly number[] {
  if (featureChannels === undefined) {
    const pushiest = [...channels].sort((a, b) => Math.abs(b.push) - Math.abs(a.push))
    return pushiest.slice(0, pushiestCount).map(({ index }) => index)
  }
  const missing = featureChannels.find((index) => index >= channels.length)
  if (missing === undefined) return featureChannels
  throw new AnalyzerError(
    'bad-request',
    `Model "${held.card.id}" has no feature map ${missing}; its ${channels.length} count from 0.`,
    { featureChannel: missing, featureCount: channels.length },
  )
}

/** CAM_n + b_n = Σ_k W[n,k] · f_k + b_n of both classes, and their difference, the evidence. */
function rawMaps({
  maps,
  weights,
  bias,
}: InspectedSteps): Pick<SegmentInspectionView, 'rawHealthy' | 'rawFault' | 'rawEvidence'> {
  const mapOf = (name: 'healthy' | 'fault'): Float64Array => {
    const sums = new Float64Array(maps.rows * maps.columns).fill(bias[name])
    for (const [k, values] of maps.values.entries()) {
      for (let i = 0; i < sums.length; i++) sums[i] += weights[name][k] * values[i]
    }
    return sums
  }
  const [healthy, fault] = [mapOf('healthy'), mapOf('fault')]
  return {
    rawHealthy: Float32Array.from(healthy),
    rawFault: Float32Array.from(fault),
    rawEvidence: Float32Array.from(fault, (value, i) => value - healthy[i]),
  }
}

/** To the input's own size: its samples (1D), its frames and bins (2D); fewer columns where that is more than asked for. */
function upsampledEvidence(
  { held, range, inspected, columnLimit }: InspectionSource,
  evidence: Float32Array,
): Pick<
  SegmentInspectionView,
  'upsampledRows' | 'upsampledColumns' | 'upsampledEvidence' | 'upsampledLowHz' | 'upsampledHighHz'
> {
  const { maps, geometry } = inspected
  const { card } = held
  const hop = card.spectrogram?.hopLength ?? 1
  // along time in samples, so that the ends are those of the segment also where frames are longer than their hop
  const stepSamples = held.track.stepSamples * maps.stepsPerColumn
  const fieldSamples = held.track.receptiveFieldSamples + stepSamples - held.track.stepSamples
  const samples = range.endSample - range.startSample
  const upsampledColumns = Math.min(columnLimit, Math.max(1, Math.round(samples / hop)))
  const time = scaledAxis({ stride: stepSamples, field: fieldSamples, inputLength: samples }, upsampledColumns)
  const bins: AxisPlacement = {
    stride: geometry.binStride,
    field: geometry.binField,
    inputLength: geometry.inputBins,
  }
  const binHz = card.spectrogram === null ? undefined : card.sampleRateHz / card.spectrogram.fftLength
  const lowest = (card.spectrogram?.firstBin ?? 0) - 0.5
  return {
    upsampledRows: bins.inputLength,
    upsampledColumns,
    upsampledEvidence: upsample(evidence, maps.rows, maps.columns, { time, bins }),
    upsampledLowHz: binHz === undefined ? null : lowest * binHz,
    upsampledHighHz: binHz === undefined ? null : (lowest + bins.inputLength) * binHz,
  }
}

/** The same axis in fewer positions: centres stay where they are. */
function scaledAxis({ stride, field, inputLength }: AxisPlacement, length: number): AxisPlacement {
  const scale = length / inputLength
  return { stride: stride * scale, field: field * scale, inputLength: length }
}

async function waveformOf(
  { held, range, channel, columnLimit }: InspectionSource,
  signal: AbortSignal,
): Promise<Pick<SegmentInspectionView, 'waveformLeast' | 'waveformGreatest'>> {
  const scale = held.sampleRateHz / held.card.sampleRateHz
  const start = Math.min(channel.sampleCount - 1, Math.floor(range.startSample * scale))
  const end = Math.min(channel.sampleCount, Math.max(start + 1, Math.ceil(range.endSample * scale)))
  const { read, sampleCount } = stretchOf(channel, { start, end })
  const columns = await minMaxColumns(read, sampleCount, Math.min(columnLimit, sampleCount), signal)
  return { waveformLeast: columns.min, waveformGreatest: columns.max }
}
