import type { Tile } from '../../shared/app/tracks'
import { highestTileLevel, tileColumns } from '../../shared/app/tracks'
import type { ViewRange } from '../stores/use-view-store'

export interface TileAddress {
  readonly level: number
  readonly index: number
}

/** Columns [fromColumn, toColumn) of a tile, which stand for the samples [start, end). */
export interface TilePiece {
  readonly tile: Tile
  readonly fromColumn: number
  readonly toColumn: number
  readonly start: number
  readonly end: number
}

type GetReady = (level: number, index: number) => Tile | undefined

const finerLevels = 3

/** The tiles of `level` that the view touches, from its middle outwards; `sampleCount` ends the recording. */
export function tilesInView(view: ViewRange, level: number, sampleCount: number): readonly TileAddress[] {
  const length = tileColumns * 2 ** level
  const first = Math.max(0, Math.floor(view.start / length))
  const last = Math.min(Math.ceil(view.end / length), Math.ceil(sampleCount / length)) - 1
  const middle = (view.start + view.end) / 2 / length - 0.5
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => ({ level, index: first + step })).sort(
    (a, b) => Math.abs(a.index - middle) - Math.abs(b.index - middle),
  )
}

/** One tile beyond each edge of the view. */
export function neighbours(view: ViewRange, level: number, sampleCount: number): readonly TileAddress[] {
  const length = tileColumns * 2 ** level
  const before = Math.floor(view.start / length) - 1
  const after = Math.ceil(view.end / length)
  return [after, before]
    .filter((index) => index >= 0 && index * length < sampleCount)
    .map((index) => ({ level, index }))
}

/**
 * What can be drawn now in the place of a tile: itself, else its part of the nearest coarser tile, else finer tiles as
 * far as they are there. The old picture stays, scaled, until the new one has come.
 */
export function coverTile({ level, index }: TileAddress, getReady: GetReady): readonly TilePiece[] {
  const own = getReady(level, index)
  if (own !== undefined) return [wholeTile(own)]
  for (let up = 1; level + up <= highestTileLevel; up++) {
    const parent = getReady(level + up, Math.floor(index / 2 ** up))
    if (parent === undefined) continue
    const piece = partOf(parent, level, index)
    return piece === undefined ? [] : [piece]
  }
  return finerPieces(level, index, finerLevels, getReady)
}

function finerPieces(level: number, index: number, depth: number, getReady: GetReady): readonly TilePiece[] {
  if (depth === 0 || level === 0) return []
  return [2 * index, 2 * index + 1].flatMap((child) => {
    const tile = getReady(level - 1, child)
    return tile === undefined ? finerPieces(level - 1, child, depth - 1, getReady) : [wholeTile(tile)]
  })
}

function wholeTile(tile: Tile): TilePiece {
  const start = tile.index * tileColumns * 2 ** tile.level
  return { tile, fromColumn: 0, toColumn: tile.columns, start, end: start + tile.columns * 2 ** tile.level }
}

/** Undefined where the coarser tile ends before it. */
function partOf(parent: Tile, level: number, index: number): TilePiece | undefined {
  const share = 2 ** (parent.level - level)
  const columnLength = 2 ** parent.level
  const parentStart = parent.index * tileColumns * columnLength
  const start = index * tileColumns * 2 ** level
  const fromColumn = (start - parentStart) / columnLength
  const toColumn = Math.min(parent.columns, fromColumn + tileColumns / share)
  if (toColumn <= fromColumn) return undefined
  return { tile: parent, fromColumn, toColumn, start, end: parentStart + toColumn * columnLength }
}
