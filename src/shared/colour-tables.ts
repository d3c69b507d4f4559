import { evidenceColour, levelColour, mix, toRgb, type Lab, type Rgb } from './colour-maps'
import type { evidenceColourMaps, levelColourMaps } from './settings'

/** Colour maps on the screen: 256 colours each. On a light ground they are those of reports. */
export type Ground = 'light' | 'dark'
export type LevelColourMap = (typeof levelColourMaps)[number]
export type EvidenceColourMap = (typeof evidenceColourMaps)[number]

export const tableLength = 256

/**
 * 17 evenly spaced colours of Matplotlib's maps (CC0, van der Walt & Smith 2015; cividis: Nuñez, Anderton & Renslow
 * 2018); in between is mixed in OKLab. test/golden/colour-maps.json holds the originals: ≤ 8 of 255 apart, 1 on average.
 */
const published = {
  viridis:
    '440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1f9f88 27ad81 3dbc74 5cc863 81d34d aadc32 d5e21a fde725',
  cividis:
    '00224e 002e6a 1a386f 32436d 434e6c 535a6d 61656f 6f7073 7d7c78 8b8778 9a9376 aaa073 bbad6d ccba64 ddc858 efd748 fee838',
  magma:
    '000004 0a0822 1d1147 36106b 51127c 6a1c81 832681 9c2e7f b73779 cf4070 e55064 f4695c fb8761 fea571 fec287 fde0a1 fcfdbf',
} as const

const darkWeakest: Lab = [0.2, -0.003, -0.014]
const darkStrongest: Lab = [0.94, -0.004, -0.012]
const greyEnds: Record<Ground, readonly [Lab, Lab]> = {
  light: [
    [0.985, 0, 0],
    [0.15, 0, 0],
  ],
  dark: [
    [0.15, 0, 0],
    [0.985, 0, 0],
  ],
}

/** Weak to strong. On a dark ground strong is light, on a light ground dark, where the map does not fix it. */
export function levelTable(name: LevelColourMap, ground: Ground): readonly Rgb[] {
  if (name === 'slate') {
    return ground === 'light' ? table(levelColour) : table((t) => toRgb(mix(darkWeakest, darkStrongest, t)))
  }
  if (name === 'greys') return table((t) => toRgb(mix(...greyEnds[ground], t)))
  const stops = published[name].split(' ').map(labOfHex)
  return table((t) => toRgb(between(stops, t)))
}

interface EvidenceEnds {
  readonly healthy: Lab
  readonly neutral: Lab
  readonly fault: Lab
}

/** Both ends of a map are about equally light, so that equal evidence for either side looks equally strong. */
const evidenceEnds: Record<`${EvidenceColourMap} ${Ground}`, EvidenceEnds | undefined> = {
  'red-blue light': undefined, // the colours of reports
  'red-blue dark': { healthy: [0.68, -0.055, -0.13], neutral: [0.23, -0.002, -0.012], fault: [0.67, 0.165, 0.085] },
  'orange-purple light': { healthy: [0.47, 0.06, -0.15], neutral: [0.975, 0, 0], fault: [0.55, 0.09, 0.115] },
  'orange-purple dark': { healthy: [0.66, 0.06, -0.145], neutral: [0.23, -0.002, -0.012], fault: [0.74, 0.07, 0.135] },
}

/** Index 0: wholly healthy, 255: wholly fault; the middle is neutral. */
export function evidenceTable(name: EvidenceColourMap, ground: Ground): readonly Rgb[] {
  const ends = evidenceEnds[`${name} ${ground}`]
  if (ends === undefined) return table((t) => evidenceColour(2 * t - 1, 1))
  const { healthy, neutral, fault } = ends
  return table((t) => toRgb(t < 0.5 ? mix(healthy, neutral, 2 * t) : mix(neutral, fault, 2 * t - 1)))
}

function table(at: (t: number) => Rgb): readonly Rgb[] {
  return Array.from({ length: tableLength }, (_, index) => at(index / (tableLength - 1)))
}

function between(stops: readonly Lab[], t: number): Lab {
  const place = t * (stops.length - 1)
  const index = Math.min(stops.length - 2, Math.floor(place))
  return mix(stops[index], stops[index + 1], place - index)
}

/** sRGB → linear → OKLab (Ottosson 2020). */
function labOfHex(hex: string): Lab {
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}
