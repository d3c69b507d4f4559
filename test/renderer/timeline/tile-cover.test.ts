import { describe, expect, it } from 'vitest'
import { coverTile, neighbours, tilesInView } from '../../../src/renderer/timeline/tile-cover'
import type { Tile } from '../../../src/shared/app/tracks'
import { makeTile } from '../../builders/tile-builder'

const among = (tiles: readonly Tile[]) => (level: number, index: number) =>
  tiles.find((tile) => tile.level === level && tile.index === index)

describe('tiles of a view', () => {
  it('are those it touches, from its middle outwards', () => {
    // at level 1 a tile spans 512 samples
    const found = tilesInView({ start: 600, end: 2000 }, 1, 100_000)
    expect(found.map(({ index }) => index)).toEqual([2, 3, 1])
  })

  it('end with the recording', () => {
    expect(tilesInView({ start: 0, end: 4096 }, 0, 300).map(({ index }) => index)).toEqual([1, 0])
    expect(neighbours({ start: 0, end: 256 }, 0, 256)).toEqual([])
  })

  it('have one neighbour at each edge', () => {
    const found = neighbours({ start: 600, end: 2000 }, 1, 100_000)
    expect(found.map(({ index }) => index).sort()).toEqual([0, 4])
  })
})

describe('what covers the place of a tile', () => {
  it('is the tile itself when it is there', () => {
    const [piece] = coverTile({ level: 1, index: 2 }, among([makeTile({ level: 1, index: 2 })]))
    expect(piece).toMatchObject({ fromColumn: 0, toColumn: 256, start: 1024, end: 1536 })
  })

  it('is its part of the nearest coarser tile until then', () => {
    const [piece] = coverTile({ level: 1, index: 3 }, among([makeTile({ level: 3, index: 0 })]))
    // level 3, index 0 spans 2048 samples; tile 3 of level 1 is its last quarter
    expect(piece).toMatchObject({ fromColumn: 192, toColumn: 256, start: 1536, end: 2048 })
  })

  it('is nothing where a coarser tile ends before it', () => {
    const last = makeTile({ level: 3, index: 0, columns: 100 })
    expect(coverTile({ level: 1, index: 3 }, among([last]))).toEqual([])
    const [piece] = coverTile({ level: 1, index: 1 }, among([last]))
    expect(piece).toMatchObject({ fromColumn: 64, toColumn: 100, start: 512, end: 800 })
  })

  it('is made of finer tiles where there is no coarser one', () => {
    const tiles = [makeTile({ level: 1, index: 4 }), makeTile({ level: 0, index: 11 })]
    const found = coverTile({ level: 2, index: 2 }, among(tiles))
    expect(found.map(({ start, end }) => [start, end])).toEqual([
      [2048, 2560],
      [2816, 3072],
    ])
  })
})
