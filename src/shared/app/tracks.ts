import { z } from 'zod'

/**
 * Tiles of a timeline. All tracks share one axis: the samples of the channel at its own rate. At `level` L one column
 * spans 2^L samples, and tile `index` spans the columns [index · tileColumns, (index + 1) · tileColumns).
 */

export const tileColumns = 256
/** Columns of 2^32 samples: longer than anything recorded. */
export const highestTileLevel = 32

const id = z.string().min(1).max(100)
const channelIndex = z.int().nonnegative()

/** What of the map is shown: both add up, fault − healthy = difference, which is the evidence. */
export const mapSides = ['difference', 'fault', 'healthy'] as const
export type MapSide = (typeof mapSides)[number]

export const trackSpecSchema = z.discriminatedUnion('kind', [
  /** rows = 2: least and greatest sample of each column, in the channel's unit */
  z.strictObject({ kind: z.literal('waveform'), recordingId: id, channel: channelIndex }),
  /**
   * rows = fftLength / 2 + 1, row r about r · rate / fftLength: from half a bin below 0 Hz to half a bin above half the
   * rate. Mean power density of each column, dB re 1 unit²/Hz.
   */
  z.strictObject({
    kind: z.literal('spectrogram'),
    recordingId: id,
    channel: channelIndex,
    fftLength: z.literal([128, 256, 512, 1024, 2048, 4096]),
  }),
  /** rows = 1 (1D) or rows of the map (2D), lowest frequency first; mean evidence of each column, logit */
  z.strictObject({ kind: z.literal('evidence'), evidenceId: id, side: z.enum(mapSides) }),
])
export type TrackSpec = z.infer<typeof trackSpecSchema>

export interface Tile {
  readonly level: number
  readonly index: number
  readonly rows: number
  /** tileColumns, or fewer in the last tile of the recording */
  readonly columns: number
  /** [rows × columns], row-major. NaN = nothing measured. */
  readonly values: Float32Array
  /** Frequencies that row 0 begins and the last row ends at; null for the waveform and 1D evidence. */
  readonly lowHz: number | null
  readonly highHz: number | null
}

/** Samples [start, end) that a tile spans. */
export function tileSpan(level: number, index: number): { readonly start: number; readonly end: number } {
  const length = tileColumns * 2 ** level
  return { start: index * length, end: (index + 1) * length }
}

/** The level whose columns are nearest below one screen column: nothing is stretched, at most halved. */
export function tileLevelOf(samplesPerColumn: number): number {
  return Math.max(0, Math.min(highestTileLevel, Math.floor(Math.log2(Math.max(1, samplesPerColumn)))))
}
