import { tileColumns, tileSpan } from '../../shared/app/tracks'
import { AnalyzerError } from '../../shared/errors'

/** The columns of a tile on the samples of its channel; the last column may hold fewer samples than the others. */
export interface TileGrid {
  readonly level: number
  readonly index: number
  /** Sample that the first column begins at. */
  readonly start: number
  /** Sample behind the last one of the tile; not behind the channel's last. */
  readonly end: number
  readonly columnSamples: number
  /** tileColumns, or fewer in the last tile of the channel */
  readonly columns: number
}

/** @throws AnalyzerError bad-request for a tile behind the end of the channel */
export function tileGrid(level: number, index: number, sampleCount: number): TileGrid {
  const { start, end } = tileSpan(level, index)
  if (start >= sampleCount) {
    throw new AnalyzerError(
      'bad-request',
      `Tile ${index} of level ${level} begins at sample ${start}; the channel has ${sampleCount}.`,
      { level, index, sampleCount },
    )
  }
  const columnSamples = 2 ** level
  const columns = Math.min(tileColumns, Math.ceil((sampleCount - start) / columnSamples))
  return { level, index, start, end: Math.min(end, sampleCount), columnSamples, columns }
}
