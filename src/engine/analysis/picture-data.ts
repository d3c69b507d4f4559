import type { AnalysisResult } from '../../shared/analysis'
import type { SampleRange } from '../../shared/sample-range'
import { clampRange } from '../../shared/sample-range'
import type { PowerFrames } from '../inference/network-input'
import type { FrameOptions } from '../dsp/frames'
import type { ModelCard } from '../../shared/model-card'
import type { Channel } from '../readers/recording'
import type {
  EvidenceColumns,
  EvidenceMatrix,
  PictureModel,
  SpectrogramMatrix,
  TimeSpan,
  WaveformColumns,
} from '../reports/picture-model'
import { meanColumns, minMaxColumns } from './columns'
import type { Judgement } from './judge-channel'
import type { LoadedModel } from './model-shelf'

/** Pixels across the picture's plots, about. */
const columnCount = 1400
const spectrogramRows = 220
const framesPerColumn = 8 // at most; longer recordings are sampled evenly within each column

export interface JudgedModel {
  readonly model: LoadedModel
  readonly judgement: Judgement
  readonly result: AnalysisResult
}

export interface PictureSource {
  readonly channel: Channel
  readonly sampleRateHz: number
  readonly machine: string | undefined
  /** The first one decides. */
  readonly judged: readonly JudgedModel[]
  readonly powerFrames: PowerFrames
}

/** Everything that the picture of one channel, or of a stretch of it, shows; reads the channel again. */
export async function buildPictureModel(
  source: PictureSource,
  signal: AbortSignal,
  range?: SampleRange,
): Promise<PictureModel> {
  const { sampleRateHz, judged, machine } = source
  const { start, end } = clampRange(range ?? { start: 0, end: source.channel.sampleCount }, source.channel.sampleCount)
  const channel = stretchOf(source.channel, { start, end })
  const span = { startSeconds: start / sampleRateHz, endSeconds: end / sampleRateHz }
  const [deciding, ...besides] = judged
  const canJudge = deciding.result.verdict !== 'not-applicable'
  const ofKind = (kind: '1d' | '2d') => judged.find(({ model }) => model.card.kind === kind)
  const [oneD, twoD] = [ofKind('1d'), ofKind('2d')]
  return {
    result: deciding.result,
    besides: besides.map(({ result }) => result),
    machine,
    waveform: await waveformColumns(channel, span, signal),
    ribbon: canJudge && oneD !== undefined ? ribbonOf(oneD, span) : undefined,
    spectrogram: await spectrogramOf({ ...source, channel }, span, range === undefined ? 128 : 16, signal),
    map: canJudge && twoD !== undefined ? mapOf(twoD, span) : undefined,
  }
}

function stretchOf(channel: Channel, { start, end }: SampleRange): Channel {
  const { name, unit, sampleRateHz } = channel
  const read: Channel['read'] = (part) => channel.read({ start: start + part.start, end: start + part.end })
  return { name, unit, sampleRateHz, sampleCount: end - start, read }
}

async function waveformColumns(channel: Channel, span: TimeSpan, signal: AbortSignal): Promise<WaveformColumns> {
  const columns = Math.min(columnCount, Math.max(1, channel.sampleCount))
  return { ...span, ...(await minMaxColumns(channel.read, channel.sampleCount, columns, signal)) }
}

/** Each step of the map is drawn about the centre of its receptive field, one step wide. */
function spanOfSteps({ card }: LoadedModel, { track }: Judgement): TimeSpan {
  const first = (track.receptiveFieldSamples - track.stepSamples) / 2
  const seconds = (samples: number): number => (track.startSample + samples) / card.sampleRateHz
  return { startSeconds: seconds(first), endSeconds: seconds(first + track.stepCount * track.stepSamples) }
}

/** The columns, of `count` evenly over `whole`, that touch the span, and what they span. */
function columnsIn(whole: TimeSpan, count: number, span: TimeSpan): SampleRange & { readonly shown: TimeSpan } {
  const columnSeconds = (whole.endSeconds - whole.startSeconds) / Math.max(1, count)
  const columnOf = (seconds: number): number => (seconds - whole.startSeconds) / columnSeconds
  const { start, end } = clampRange(
    { start: Math.floor(columnOf(span.startSeconds)), end: Math.ceil(columnOf(span.endSeconds)) },
    count,
  )
  const secondsOf = (column: number): number => whole.startSeconds + column * columnSeconds
  return { start, end, shown: { startSeconds: secondsOf(start), endSeconds: secondsOf(end) } }
}

function ribbonOf({ model, judgement }: JudgedModel, span: TimeSpan): EvidenceColumns | undefined {
  const { evidence, stepCount } = judgement.track
  const { start, end, shown } = columnsIn(spanOfSteps(model, judgement), stepCount, span)
  if (start === end) return undefined
  return {
    ...shown,
    kind: model.card.kind,
    values: meanColumns(evidence.subarray(start, end), 1, Math.min(columnCount, end - start)),
    colourScaleLogit: model.card.colourScaleLogit,
  }
}

function mapOf({ model, judgement }: JudgedModel, span: TimeSpan): EvidenceMatrix | undefined {
  const { card } = model
  const { map } = judgement
  const { start, end, shown } = columnsIn(spanOfSteps(model, judgement), map.columns, span)
  if (start === end) return undefined
  const values = new Float32Array(map.rows * (end - start))
  for (let row = 0; row < map.rows; row++) {
    values.set(map.values.subarray(row * map.columns + start, row * map.columns + end), row * (end - start))
  }
  return {
    ...shown,
    ...bandOfMap(model, card),
    kind: card.kind,
    colourScaleLogit: card.colourScaleLogit,
    values,
    rowCount: map.rows,
    columnCount: end - start,
  }
}

/** Row r of the map stands for the centres of the bins it sees: [r·stride + field/2 ± stride/2]. */
export function bandOfMap(
  { runner }: LoadedModel,
  card: ModelCard,
): { readonly lowHz: number; readonly highHz: number } {
  const { outputBins, binStride, binField } = runner.geometry
  const spectrogram = card.spectrogram
  if (spectrogram === null) return { lowHz: 0, highHz: card.sampleRateHz / 2 }
  const binHz = card.sampleRateHz / spectrogram.fftLength
  const lowest = spectrogram.firstBin - 0.5 + (binField - binStride) / 2
  return { lowHz: lowest * binHz, highHz: (lowest + outputBins * binStride) * binHz }
}

async function spectrogramOf(
  { channel, sampleRateHz, powerFrames }: PictureSource,
  span: TimeSpan,
  hopLength: number,
  signal: AbortSignal,
): Promise<SpectrogramMatrix | undefined> {
  const fftLength = 512
  if (channel.sampleCount < fftLength) return undefined
  const columns = Math.min(columnCount, Math.floor((channel.sampleCount - fftLength) / hopLength) + 1)
  const settings = {
    frameLength: fftLength,
    hopLength,
    fftLength,
    taper: 'hann',
  } as const
  const values = new Float32Array(spectrogramRows * columns)
  for (let column = 0; column < columns; column++) {
    signal.throwIfAborted()
    const power = await columnPower(channel, settings, column, columns, powerFrames)
    fillColumn(values, power, column, columns, densityScale(settings, sampleRateHz))
  }
  const levelUnit =
    channel.unit === undefined
      ? undefined
      : `dB re 1 ${/^[a-zA-Z]+$/.test(channel.unit) ? channel.unit : `(${channel.unit})`}²/Hz`
  return {
    ...span,
    values,
    rowCount: spectrogramRows,
    columnCount: columns,
    lowHz: 0,
    highHz: sampleRateHz / 2,
    levelUnit,
  }
}

/** Mean power of up to `framesPerColumn` frames, evenly over the column. */
async function columnPower(
  channel: Channel,
  settings: FrameOptions,
  column: number,
  columns: number,
  powerFrames: PowerFrames,
): Promise<Float64Array> {
  const { fftLength, hopLength } = settings
  const lastStart = channel.sampleCount - fftLength
  const start = Math.floor((column * lastStart) / columns)
  const room = Math.max(1, Math.floor(lastStart / columns / hopLength))
  const count = Math.min(framesPerColumn, room)
  const end = Math.min(channel.sampleCount, start + fftLength + (count - 1) * hopLength)
  const power = powerFrames(await channel.read({ start, end }), settings)
  const bins = fftLength / 2 + 1
  const mean = new Float64Array(bins)
  for (let i = 0; i < power.length; i++) mean[i % bins] += power[i] / (power.length / bins)
  return mean
}

/** Power (2|X|²/(Σw)²) to density per Hz: divided by the equivalent noise bandwidth, 1.5 bins for Hann. */
function densityScale(settings: FrameOptions, sampleRateHz: number): number {
  return 1 / (1.5 * (sampleRateHz / settings.frameLength))
}

function fillColumn(values: Float32Array, power: Float64Array, column: number, columns: number, scale: number): void {
  for (let row = 0; row < spectrogramRows; row++) {
    const first = Math.floor((row * power.length) / spectrogramRows)
    const end = Math.max(first + 1, Math.floor(((row + 1) * power.length) / spectrogramRows))
    let sum = 0
    for (let bin = first; bin < end; bin++) sum += power[bin]
    values[row * columns + column] = 10 * Math.log10((sum / (end - first)) * scale + 1e-30)
  }
}
