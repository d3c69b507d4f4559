import { describe, expect, it } from 'vitest'
import { emptyBearing, readBearing } from '../../../src/renderer/diagnosis/bearing-form'

const words = { designation: '6205', maker: 'SKF', source: 'data sheet' }

describe('the form of an own bearing', () => {
  it('reads all numbers, with a comma too', () => {
    const texts = { ...words, count: '9', ballMm: '7,94', pitchMm: '39.04', angleDegrees: '0' }
    expect(readBearing(texts).input).toEqual({
      ...words,
      geometry: { rollingElementCount: 9, ballDiameterMm: 7.94, pitchDiameterMm: 39.04, contactAngleDegrees: 0 },
    })
  })

  it('takes the number of elements alone', () => {
    expect(readBearing({ ...emptyBearing(), ...words, count: '9' }).input?.geometry).toEqual({ rollingElementCount: 9 })
  })

  it('fills in nothing: half a geometry, no source or a word for a number is not taken', () => {
    const half = { ...emptyBearing(), ...words, count: '9', ballMm: '7.94' }
    expect([...readBearing(half).wrong]).toEqual(['pitchMm', 'angleDegrees'])
    expect(readBearing(half).input).toBeUndefined()
    expect([...readBearing({ ...emptyBearing(), ...words, source: ' ', count: 'nine' }).wrong]).toEqual([
      'source',
      'count',
    ])
  })
})
