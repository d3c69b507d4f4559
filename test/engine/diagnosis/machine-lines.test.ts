import { describe, expect, it } from 'vitest'
import { hotBand } from '../../../src/engine/diagnosis/hot-band'
import { computeBeltLines, computeBladePassHz, computeGearLines } from '../../../src/engine/diagnosis/machine-lines'

describe('lines of other parts', () => {
  it('gear mesh: 20 teeth at 1500 rpm against 45', () => {
    expect(computeGearLines({ toothCount: 20, otherToothCount: 45, shaftSpeedRpm: 1500 })).toEqual({
      meshHz: 500,
      shaftHz: 25,
      otherShaftHz: 500 / 45,
      huntingToothHz: 500 / 180,
    })
  })

  it('blade pass: 7 blades at 1480 rpm', () => {
    expect(computeBladePassHz(7, 1480)).toBeCloseTo(172.667, 3)
  })

  it('belt: 100 mm and 200 mm pulleys, 1500 mm long, 1500 rpm', () => {
    const lines = computeBeltLines({
      pulleyDiameterMm: 100,
      otherPulleyDiameterMm: 200,
      beltLengthMm: 1500,
      shaftSpeedRpm: 1500,
    })
    expect(lines.beltHz).toBeCloseTo((Math.PI * 100 * 25) / 1500, 12)
    expect(lines.otherShaftHz).toBe(12.5)
  })

  it('are refused for what cannot be', () => {
    expect(() => computeGearLines({ toothCount: 2, otherToothCount: 45, shaftSpeedRpm: 1500 })).toThrow('2 teeth')
    expect(() => computeGearLines({ toothCount: 20, otherToothCount: 45, shaftSpeedRpm: 0 })).toThrow('0 rpm')
    expect(() => computeBladePassHz(2.5, 1480)).toThrow('2.5 blades')
    const drive = { pulleyDiameterMm: 100, otherPulleyDiameterMm: 200, beltLengthMm: 400, shaftSpeedRpm: 1500 }
    expect(() => computeBeltLines(drive)).toThrow('A belt of 400 mm')
  })
})

describe('the hot band of a map', () => {
  const rows = (heat: number[]) => ({ lowHz: 500, rowHeightHz: 250, meanPositiveEvidence: heat })

  it('is the hottest row and its neighbours down to half of it', () => {
    const band = hotBand(rows([0, 0.1, 0.6, 1, 0.7, 0.1, 0, 0.4]), 250)
    expect(band?.bandHz).toEqual([1000, 1750])
    expect(band?.share).toBeCloseTo(2.3 / 2.9, 12)
  })

  it('is widened evenly to the width asked for, inside the map', () => {
    expect(hotBand(rows([0, 0, 0, 1, 0, 0, 0, 0]), 750)?.bandHz).toEqual([1000, 1750])
    expect(hotBand(rows([1, 0, 0, 0]), 750)?.bandHz).toEqual([500, 1250])
    expect(hotBand(rows([0, 0, 0, 1]), 1000)?.bandHz).toEqual([500, 1500])
  })

  it('is none where nothing pushes to fault, and a map too low is refused', () => {
    expect(hotBand(rows([0, Number.NaN, 0]), 250)).toBeUndefined()
    expect(() => hotBand(rows([1, 1]), 750)).toThrow('500 Hz high')
  })
})
