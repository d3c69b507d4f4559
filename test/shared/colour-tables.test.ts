import { describe, expect, it } from 'vitest'
import { evidenceColour, levelColour, type Rgb } from '../../src/shared/colour-maps'
import { evidenceTable, levelTable } from '../../src/shared/colour-tables'
import { evidenceColourMaps, levelColourMaps } from '../../src/shared/settings'
import golden from '../golden/colour-maps.json'

/** CIE lightness L* of an sRGB colour (D65). */
function lightness(colour: Rgb): number {
  const linear = colour.map((byte) => (byte <= 10 ? byte / 3294.6 : ((byte / 255 + 0.055) / 1.055) ** 2.4))
  const y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y
}
const grounds = ['light', 'dark'] as const

describe('colour tables of levels', () => {
  it.each(['viridis', 'cividis', 'magma'] as const)('%s is the published one', (name) => {
    const ours = levelTable(name, 'light')
    const apart = golden.places.flatMap((place, index) =>
      ours[place].map((byte, part) => Math.abs(byte - golden[name][index][part])),
    )
    // 17 of the 256 colours are kept; cividis bends most between two of them
    expect(Math.max(...apart)).toBeLessThanOrEqual(8)
    expect(apart.reduce((sum, each) => sum + each, 0) / apart.length).toBeLessThan(1)
  })

  it.each(levelColourMaps.flatMap((name) => grounds.map((ground) => [name, ground] as const)))(
    '%s on %s goes one way in lightness, by at least 45 of 100',
    (name, ground) => {
      const steps = levelTable(name, ground).map(lightness)
      const way = Math.sign(steps[255] - steps[0])
      // rounding to bytes may turn a step round by less than 0.6
      for (let i = 1; i < steps.length; i++) expect(way * (steps[i] - steps[i - 1])).toBeGreaterThan(-0.6)
      expect(Math.abs(steps[255] - steps[0])).toBeGreaterThan(45)
    },
  )

  it('is that of reports on a light ground', () => {
    expect(levelTable('slate', 'light')[77]).toEqual(levelColour(77 / 255))
    expect(evidenceTable('red-blue', 'light')[200]).toEqual(evidenceColour((2 * 200) / 255 - 1, 1))
  })
})

describe('colour tables of evidence', () => {
  it.each(evidenceColourMaps.flatMap((name) => grounds.map((ground) => [name, ground] as const)))(
    '%s on %s: both ends equally far from neutral in lightness, and apart in hue for the colour-blind',
    (name, ground) => {
      const table = evidenceTable(name, ground)
      const [healthy, neutral, fault] = [table[0], table[127], table[255]]
      const away = (colour: Rgb) => Math.abs(lightness(colour) - lightness(neutral))
      expect(away(healthy)).toBeGreaterThan(25)
      expect(Math.abs(away(healthy) - away(fault))).toBeLessThan(14)
      // blue is what both common kinds of colour-blindness still see
      expect(healthy[2] - healthy[0]).toBeGreaterThan(40)
      expect(fault[0] - fault[2]).toBeGreaterThan(40)
    },
  )
})
