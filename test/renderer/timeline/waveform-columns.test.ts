import { describe, expect, it } from 'vitest'
import { coverTile } from '../../../src/renderer/timeline/tile-cover'
import { extentOf, gapsOf, gatherColumns } from '../../../src/renderer/timeline/waveform-columns'
import { makeTile } from '../../builders/tile-builder'

const scale = (start: number, end: number, width: number) => ({ view: { start, end }, left: 50, width })
const piecesOf = (tile: ReturnType<typeof makeTile>) => coverTile(tile, () => tile)

describe('columns of a waveform', () => {
  it('hold the least and greatest of all samples in them: no peak is lost', () => {
    const tile = makeTile({ rows: 2, columns: 256 }, (row, column) => (column === 77 ? (row === 0 ? -9 : 8) : row))
    for (const width of [13, 100, 255]) {
      const { least, greatest } = gatherColumns(scale(0, 256, width), piecesOf(tile))
      expect(Math.min(...least)).toBe(-9)
      expect(Math.max(...greatest)).toBe(8)
      expect(least.findIndex((value) => value === -9)).toBe(Math.floor((77 / 256) * width))
    }
  })

  it('tell gaps from what has not come yet', () => {
    const tile = makeTile({ rows: 2, columns: 128 }, (_, column) => (column < 64 ? Number.NaN : 1))
    const columns = gatherColumns(scale(0, 256, 256), piecesOf(tile))
    expect(gapsOf(columns)).toEqual([[0, 64]])
    expect([...columns.isKnown.slice(126, 130)]).toEqual([1, 1, 0, 0])
  })

  it('have an extent, or none where nothing was measured', () => {
    const tile = makeTile({ rows: 2, columns: 4 }, (row, column) => (column === 2 ? Number.NaN : row * column - 1))
    expect(extentOf(piecesOf(tile))).toEqual({ low: -1, high: 2 })
    expect(extentOf(piecesOf(makeTile({ rows: 2, columns: 4 }, () => Number.NaN)))).toBeUndefined()
  })
})
