import { describe, expect, it } from 'vitest'
import { findBearing, listShippedBearings } from '../../../src/engine/diagnosis/bearing-catalogue'
import { checkGeometry } from '../../../src/engine/diagnosis/kinematics'

describe('the shipped bearings', () => {
  it.each(listShippedBearings().map((entry) => [entry.id, entry] as const))('%s has maker and source', (_, entry) => {
    expect(entry.maker).toMatch(/\p{L}{2}/u)
    expect(entry.source).toMatch(/\d{4}|Bearing Data Center|Database/)
    expect(() => checkGeometry(entry.geometry)).not.toThrow()
  })

  it('have ids of their own', () => {
    const ids = listShippedBearings().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('a bearing is found', () => {
  it.each(['6205-2RS', '6205 2rs', 'CWRU-6205-2RS', ' cwru-6205-2rs '])('by "%s"', (name) => {
    expect(findBearing(name).id).toBe('cwru-6205-2rs')
  })

  it('by its geometry', () => {
    expect(findBearing('n=9, d=7.94, D=39.04, angle=15').geometry).toEqual({
      rollingElementCount: 9,
      ballDiameterMm: 7.94,
      pitchDiameterMm: 39.04,
      contactAngleDegrees: 15,
    })
    expect(findBearing('n=9').geometry).toEqual({ rollingElementCount: 9 })
  })

  it("first among the user's own", () => {
    const own = { ...findBearing('6205-2RS'), id: 'user-1', maker: 'FAG' }
    expect(findBearing('6205-2RS', [own]).maker).toBe('FAG')
    expect(findBearing('cwru-6205-2rs', [own]).id).toBe('cwru-6205-2rs')
  })
})

describe('refused in one sentence', () => {
  it.each([
    ['6203', 'paderborn-6203-fag (FAG), paderborn-6203-ibu-mtk'],
    ['6205', '6205-2RS (cwru-6205-2rs)'],
    ['6250-2RS', '6205-2RS'],
    ['7318 BECBM', 'vibralens bearings list'],
    ['', 'vibralens bearings list'],
    ['n=9,d=7.94', 'must read like'],
    ['n=9,d=7.94,D=abc', 'must read like'],
    ['n=9,d=7.94,D=39.04,angle=0,n=8', 'must read like'],
    ['n=9,d=40,D=39.04', 'do not fit'],
  ])('"%s"', (name, named) => {
    expect(() => findBearing(name)).toThrow(named)
    expect(() => findBearing(name)).toThrow(/^[^\n]+\.$/)
  })
})
