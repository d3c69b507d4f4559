import type { AnalysisResult } from '../../shared/analysis'
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

/** Everything that the picture of one channel shows; reads the channel again. */
export async function buildPictureModel(source: PictureSource, signal: AbortSignal): Promise<PictureModel> {
  const { channel, sampleRateHz, judged, machine } = source
  const span = { startSeconds: 0, endSeconds: channel.sampleCount / sampleRateHz }
  const [deciding, ...besides] = judged
  const canJudge = deciding.result.verdict !== 'not-applicable'
  const ofKind = (kind: '1d' | '2d') => judged.find(({ model }) => model.card.kind === kind)
  const [oneD, twoD] = [ofKind('1d'), ofKind('2d')]
  return {
    result: deciding.result,
    besides: besides.map(({ result }) => result),
    machine,
    waveform: await waveformColumns(channel, span, signal),
    ribbon: canJudge && oneD !== undefined ? ribbonOf(oneD) : undefined,
    spectrogram: await spectrogramOf(source, span, signal),
    map: canJudge && twoD !== undefined ? mapOf(twoD) : undefined,
  }
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

function ribbonOf({ model, judgement }: JudgedModel): EvidenceColumns {
  const { evidence, stepCount } = judgement.track
  return {
    ...spanOfSteps(model, judgement),
    kind: model.card.kind,
    values: meanColumns(evidence, 1, Math.min(columnCount, stepCount)),
    colourScaleLogit: model.card.colourScaleLogit,
  }
}

function mapOf({ model, judgement }: JudgedModel): EvidenceMatrix {
  const { card } = model
  const { map } = judgement
  return {
    ...spanOfSteps(model, judgement),
    ...bandOfMap(model, card),
    kind: card.kind,
    colourScaleLogit: card.colourScaleLogit,
    values: map.values,
    rowCount: map.rows,
    columnCount: map.columns,
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
  signal: AbortSignal,
): Promise<SpectrogramMatrix | undefined> {
  const fftLength = 512
  const hopLength = 128
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
