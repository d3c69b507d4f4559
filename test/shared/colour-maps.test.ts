import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import type { Rgb } from '../../src/shared/colour-maps'
import { evidenceColour, evidenceOverlay, levelColour } from '../../src/shared/colour-maps'
import { heatMapUri } from '../../src/engine/reports/heat-map'

/** CIE lightness L* of an sRGB colour (D65). */
function lightness(colour: Rgb): number {
  const linear = colour.map((byte) => (byte <= 10 ? byte / 3294.6 : ((byte / 255 + 0.055) / 1.055) ** 2.4))
  const y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y
}

describe('level colours', () => {
  it('fall in lightness by equal steps', () => {
    const steps = Array.from(
      { length: 10 },
      (_, i) => lightness(levelColour(i / 10)) - lightness(levelColour((i + 1) / 10)),
    )
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length
    for (const step of steps) expect(Math.abs(step - mean)).toBeLessThan(1.5)
  })
})

describe('evidence colours', () => {
  it('are red to fault, blue to healthy, neutral at 0, equally dark at both ends', () => {
    const [red, , blueOfRed] = evidenceColour(4, 4)
    const [redOfBlue, , blue] = evidenceColour(-4, 4)
    expect(red).toBeGreaterThan(blueOfRed + 80)
    expect(blue).toBeGreaterThan(redOfBlue + 80)
    expect(new Set(evidenceColour(0, 4)).size).toBe(1)
    expect(Math.abs(lightness(evidenceColour(4, 4)) - lightness(evidenceColour(-4, 4)))).toBeLessThan(8)
  })

  it('end at the scale and are not stretched', () => {
    expect(evidenceColour(40, 4)).toEqual(evidenceColour(4, 4))
    expect(evidenceColour(1, 4)).toEqual(evidenceColour(2, 8))
    expect(evidenceOverlay(2, 4).opacity).toBeCloseTo(evidenceOverlay(4, 4).opacity / 2, 9)
  })
})

describe('a heat map', () => {
  it('has row 0 at the bottom and nothing where nothing was measured', () => {
    const uri = heatMapUri(new Float32Array([1, Number.NaN, 3, 4]), 2, 2, (value) => ({
      colour: [value, 0, 0],
      opacity: 1,
    }))
    const image = PNG.sync.read(Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64'))
    expect([...image.data]).toEqual([3, 0, 0, 255, 4, 0, 0, 255, 1, 0, 0, 255, 0, 0, 0, 0])
  })
})
