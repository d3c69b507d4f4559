import { describe, expect, it } from 'vitest'
import { computeBearingLines, slipShare, slipWindow } from '../../../src/engine/diagnosis/kinematics'
import { findBearing } from '../../../src/engine/diagnosis/bearing-catalogue'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const linesOf = (name: string) => computeBearingLines(findBearing(name).geometry)

describe('fault lines', () => {
  // CWRU's tables of defect frequencies; their ball line is 2 × BSF. The fan end's are up to 3e-4 off the formula with
  // the geometry printed beside them (3.9874 against 3.98773), so that is as near as anybody can come.
  it.each([
    ['cwru-6205-2rs', { bpfo: 3.5848, bpfi: 5.4152, ball: 4.7135, ftf: 0.39828 }, 1e-4],
    ['cwru-6203-2rs', { bpfo: 3.053, bpfi: 4.9469, ball: 3.9874, ftf: 0.3817 }, 4e-4],
  ])('of %s are those CWRU published', (id, published, tolerance) => {
    const { bpfo, bpfi, bsf, ftf, isEstimate } = linesOf(id)
    expectArraysClose([bpfo, bpfi, 2 * bsf, ftf], Object.values(published), tolerance)
    expect(isEstimate).toBe(false)
  })

  it('of 9 balls of 7.94 mm on 39.04 mm are the formula worked out by hand', () => {
    const { bpfo, bpfi, bsf, ftf } = linesOf('n=9,d=7.94,D=39.04,angle=0')
    // γ = 7.94 / 39.04 = 0.2033811
    expectArraysClose([bpfo, bpfi, bsf, ftf], [3.5847848, 5.4152152, 2.3567477, 0.3983094], 1e-6)
  })

  it('of ER-16K are those its source prints with three decimals', () => {
    const { bpfo, bpfi, bsf, ftf } = linesOf('ER-16K')
    expect(bpfo).toBeCloseTo(3.572, 3)
    expect(bpfi).toBeCloseTo(5.428, 3)
    expect(bsf).toBeCloseTo(2.32, 2)
    expect(ftf).toBeCloseTo(0.3969, 4)
  })

  it('of ZA-2115 at 2000 rpm: the outer race at 236.4 Hz, the inner at 296.9 Hz, with the contact angle', () => {
    const { bpfo, bpfi, bsf, ftf } = linesOf('ZA-2115')
    const hertz = [bpfo, bpfi, bsf, ftf].map((order) => (order * 2000) / 60)
    expect(hertz.map((hz) => Number(hz.toFixed(1)))).toEqual([236.4, 296.9, 139.9, 14.8])
  })

  it('belong together: BPFO + BPFI = n, BPFO = n · FTF', () => {
    const geometry = { rollingElementCount: 11, ballDiameterMm: 9, pitchDiameterMm: 60, contactAngleDegrees: 25 }
    const { bpfo, bpfi, ftf } = computeBearingLines(geometry)
    expect(bpfo + bpfi).toBeCloseTo(11, 12)
    expect(bpfo).toBeCloseTo(11 * ftf, 12)
  })
})

describe('an outer ring that turns', () => {
  const geometry = findBearing('cwru-6205-2rs').geometry
  const still = computeBearingLines(geometry)

  it('alone gives the same race lines, and a cage that follows it: FTF = 1 − that of the inner ring', () => {
    const outer = computeBearingLines(geometry, { innerRpm: 0, outerRpm: 1200 })
    expect(outer.bpfo).toBeCloseTo(still.bpfo, 12)
    expect(outer.bpfi).toBeCloseTo(still.bpfi, 12)
    expect(outer.bsf).toBeCloseTo(still.bsf, 12)
    expect(outer.ftf).toBeCloseTo(1 - still.ftf, 12)
  })

  it('against the inner ring adds to the race lines, in orders of the inner ring', () => {
    const both = computeBearingLines(geometry, { innerRpm: 1000, outerRpm: -500 })
    expect(both.bpfo).toBeCloseTo(1.5 * still.bpfo, 12)
    expect(both.bsf).toBeCloseTo(1.5 * still.bsf, 12)
    expect(both.ftf).toBeCloseTo(Math.abs(still.ftf - 0.5 * (1 - still.ftf)), 12)
  })

  it.each([
    [1000, 1000],
    [0, 0],
    [Number.NaN, 0],
  ])('and the inner at %d and %d rpm: refused', (innerRpm, outerRpm) => {
    expect(() => computeBearingLines(geometry, { innerRpm, outerRpm })).toThrow(/turn against each other/)
  })
})

describe('only the number of elements known', () => {
  it('gives 0.4 n and 0.6 n, marked as estimates, and no ball line', () => {
    const { bsf, ...lines } = computeBearingLines({ rollingElementCount: 9 })
    expect(lines.bpfo).toBeCloseTo(3.6, 12)
    expect(lines.bpfi).toBeCloseTo(5.4, 12)
    expect(lines.ftf).toBeCloseTo(0.4, 12)
    expect(lines.isEstimate).toBe(true)
    expect(bsf).toBeNaN()
  })
})

describe('a geometry that cannot be built', () => {
  const good = { rollingElementCount: 9, ballDiameterMm: 7.94, pitchDiameterMm: 39.04, contactAngleDegrees: 0 }
  it.each([
    [{ rollingElementCount: 0 }, '0 rolling elements'],
    [{ rollingElementCount: 8.5 }, '8.5 rolling elements'],
    [{ ballDiameterMm: 0 }, 'ball diameter of 0 mm'],
    [{ ballDiameterMm: Number.NaN }, 'ball diameter of NaN mm'],
    [{ pitchDiameterMm: -1 }, 'pitch diameter of -1 mm'],
    [{ ballDiameterMm: 13.4 }, 'do not fit'],
    [{ ballDiameterMm: 50 }, 'do not fit'],
    [{ contactAngleDegrees: 90 }, '90°'],
  ])('%j: one sentence', (wrong, named) => {
    expect(() => computeBearingLines({ ...good, ...wrong })).toThrow(named)
    expect(() => computeBearingLines({ ...good, ...wrong })).toThrow(/^[^\n]+\.$/)
  })
})

it('a slip window of 2 % lies evenly round the line', () => {
  expect(slipWindow(100, slipShare)).toEqual({ low: 98, high: 102 })
})
