import type { Tile, TrackSpec } from '../../shared/app/tracks'
import { AnalyzerError } from '../../shared/errors'
import { loadKernels, type Kernels } from '../dsp/kernels/load-kernels'
import { fillLevels } from '../dsp/kernels/pointwise-kernel'
import { createSpectrogramMaker, type SpectrogramMaker } from '../dsp/spectrogram'
import { unlessAborted } from '../jobs/job-table'
import type { Channel } from '../readers/recording'
import { pyramidBlockLength } from '../timeline/pyramid'
import { tileGrid, type TileGrid } from '../timeline/tile-grid'
import { evidenceTile } from '../timeline/tiles-evidence'
import { spectrogramTile } from '../timeline/tiles-spectrogram'
import { directSamples, tileOfPyramid, tileOfSamples } from '../timeline/tiles-waveform'
import { ByteLimitedCache } from './byte-limited-cache'
import type { EvidenceShelf } from './evidence-shelf'
import type { RecordingShelf } from './recording-shelf'
import { WaveformPyramids } from './waveform-pyramids'

export interface TileLimits {
  readonly pyramidBytes: number
  readonly spectrogramBytes: number
}

export const usualTileLimits: TileLimits = { pyramidBytes: 256 * 2 ** 20, spectrogramBytes: 128 * 2 ** 20 }

type TrackOf<Kind extends TrackSpec['kind']> = Extract<TrackSpec, { kind: Kind }>

/** Makes tiles of what is open and in hand. */
export class TileMaker {
  readonly #recordings: RecordingShelf
  readonly #evidence: EvidenceShelf
  readonly #pyramids: WaveformPyramids
  readonly #spectrograms: ByteLimitedCache<Tile>
  /** The SIMD kernels, compiled when the first tile is asked for. */
  #kernels: Kernels | undefined
  #spectra: SpectrogramMaker | undefined

  constructor(recordings: RecordingShelf, evidence: EvidenceShelf, limits: TileLimits) {
    this.#recordings = recordings
    this.#evidence = evidence
    this.#pyramids = new WaveformPyramids(() => (this.#kernels ??= loadKernels()), limits.pyramidBytes)
    this.#spectrograms = new ByteLimitedCache<Tile>(limits.spectrogramBytes, ({ values }) => values.byteLength)
  }

  /** @throws AnalyzerError bad-request for an unknown id or channel, a tile behind the end, a rate that nobody knows */
  async get(track: TrackSpec, level: number, index: number, signal: AbortSignal): Promise<Tile> {
    if (track.kind === 'evidence') return this.#evidenceTile(track, level, index)
    const channel = this.#recordings.channel(track.recordingId, track.channel)
    const grid = tileGrid(level, index, channel.sampleCount)
    if (track.kind === 'waveform') return this.#waveformTile(track, channel, grid, signal)
    return this.#spectrogramTile(track, channel, grid, signal)
  }

  /** The recording was closed, or its samples, unit or rate changed. */
  forgetRecording(recordingId: string): void {
    this.#pyramids.forget(`${recordingId}/`)
    this.#spectrograms.deleteWhere((key) => key.startsWith(`${recordingId}/`))
  }

  async #waveformTile(
    track: TrackOf<'waveform'>,
    channel: Channel,
    grid: TileGrid,
    signal: AbortSignal,
  ): Promise<Tile> {
    const key = this.#keyOf(track)
    const isFine = grid.columnSamples < pyramidBlockLength
    const built = isFine ? undefined : this.#pyramids.find(key)
    if (built !== undefined) return tileOfPyramid(grid, built)
    if (isFine || grid.end - grid.start <= directSamples) {
      const samples = await channel.read({ start: grid.start, end: grid.end })
      signal.throwIfAborted()
      return tileOfSamples(grid, samples)
    }
    return tileOfPyramid(grid, await unlessAborted(this.#pyramids.build(key, channel), signal))
  }

  async #spectrogramTile(
    track: TrackOf<'spectrogram'>,
    channel: Channel,
    grid: TileGrid,
    signal: AbortSignal,
  ): Promise<Tile> {
    const { fftLength } = track
    const key = `${this.#keyOf(track)}/${fftLength}/${grid.level}/${grid.index}`
    const held = this.#spectrograms.get(key)
    if (held !== undefined) return held
    const kernels = (this.#kernels ??= loadKernels())
    this.#spectra ??= createSpectrogramMaker(kernels)
    const { power } = this.#spectra
    const frame = { frameLength: fftLength, hopLength: fftLength / 2, fftLength, taper: 'hann' } as const
    const { sampleCount, read } = channel
    const takeLogarithms = (values: Float32Array, floor: number): void => fillLevels(kernels, values, values, floor)
    const sampleRateHz = knownRate(channel)
    const source = { sampleRateHz, sampleCount, frame, read, powerFrames: power, takeLogarithms }
    const tile = await spectrogramTile(grid, source, signal)
    this.#spectrograms.set(key, tile)
    return tile
  }

  #evidenceTile({ evidenceId, side }: TrackOf<'evidence'>, level: number, index: number): Tile {
    const { card, track, map, bandHz, sampleRateHz, sampleCount } = this.#evidence.get(evidenceId)
    const { startSample, stepSamples, receptiveFieldSamples } = track
    const modelRateHz = card.sampleRateHz
    const axis = { startSample, stepSamples, receptiveFieldSamples, modelRateHz, channelRateHz: sampleRateHz }
    const source = { map, axis, lowHz: bandHz?.lowHz ?? null, highHz: bandHz?.highHz ?? null }
    return evidenceTile(tileGrid(level, index, sampleCount), source, side)
  }

  #keyOf({ recordingId, channel }: TrackOf<'waveform'> | TrackOf<'spectrogram'>): string {
    return `${recordingId}/${this.#recordings.get(recordingId).revision}/${channel}`
  }
}

/** @throws AnalyzerError bad-request where neither the file nor the user says the rate: it is never guessed */
export function knownRate({ sampleRateHz, name }: Channel): number {
  if (sampleRateHz !== undefined) return sampleRateHz
  throw new AnalyzerError(
    'bad-request',
    `Nobody knows at which rate channel "${name}" was sampled: set the rate in the properties of the recording.`,
    { channel: name },
  )
}
