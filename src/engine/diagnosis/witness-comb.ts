import { largestHeight, type LineSpectrum } from './witness-lines'

/** Harmonics of a fundamental, each with sidebands at fixed distances. */
export interface CombShape {
  readonly harmonicCount: number
  /** To either side of each harmonic; 0 = none. */
  readonly sidebandCount: number
  readonly sidebandHz: number
}

export interface CombLine {
  readonly harmonic: number
  readonly sideband: number
  readonly hz: number
}

export interface CombScore {
  readonly fundamentalHz: number
  /** Mean height of the lines, nepers, each from 0 to 6; sidebands count half. */
  readonly strength: number
  /** Height of the fundamental itself; 0 where it is hidden. */
  readonly first: number
  /** Power of the lines above noise together. */
  readonly linePower: number
}

const sidebandWeight = 0.5
/** Of the weight of a comb: with fewer of its lines to be seen it is not judged. */
const leastSeenShare = 0.4
/** Nepers from which a line's power counts. */
const countedHeight = 2

/** Lines of a comb in rising order of harmonic. */
export function combLines({ harmonicCount, sidebandCount, sidebandHz }: CombShape, fundamentalHz: number): CombLine[] {
  const lines: CombLine[] = []
  for (let harmonic = 1; harmonic <= harmonicCount; harmonic++) {
    for (let sideband = -sidebandCount; sideband <= sidebandCount; sideband++) {
      lines.push({ harmonic, sideband, hz: harmonic * fundamentalHz + sideband * sidebandHz })
    }
  }
  return lines
}

/** Undefined where too many lines are hidden or beyond the spectrum. */
export function scoreComb(
  spectrum: LineSpectrum,
  hidden: Uint8Array,
  shape: CombShape,
  fundamentalHz: number,
): CombScore | undefined {
  const { heights, power, noise, binHz } = spectrum
  const { harmonicCount, sidebandCount, sidebandHz } = shape
  let sum = 0
  let seen = 0
  let linePower = 0
  let first = 0
  for (let harmonic = 1; harmonic <= harmonicCount; harmonic++) {
    for (let sideband = -sidebandCount; sideband <= sidebandCount; sideband++) {
      const bin = Math.round((harmonic * fundamentalHz + sideband * sidebandHz) / binHz)
      if (bin < 0 || bin >= heights.length || hidden[bin] === 1) continue
      const height = heights[bin]
      const weight = sideband === 0 ? 1 : sidebandWeight
      seen += weight
      sum += weight * Math.min(largestHeight, Math.max(0, height))
      if (height > countedHeight) linePower += Math.max(0, power[bin] - noise[bin])
      if (harmonic === 1 && sideband === 0) first = Math.max(0, height)
    }
  }
  const whole = harmonicCount * (1 + 2 * sidebandCount * sidebandWeight)
  return seen < leastSeenShare * whole ? undefined : { fundamentalHz, strength: sum / seen, first, linePower }
}

const stepsPerBin = 4

export interface CombSearch {
  readonly spectrum: LineSpectrum
  readonly hidden: Uint8Array
  readonly shape: CombShape
  readonly lowHz: number
  readonly highHz: number
}

/** The best comb whose fundamental lies in [lowHz, highHz]; undefined where none can be judged. */
export function bestComb(search: CombSearch, qualityOf: (score: CombScore) => number): CombScore | undefined {
  const { spectrum, hidden, shape, lowHz, highHz } = search
  const count = Math.max(1, Math.ceil(((highHz - lowHz) / spectrum.binHz) * stepsPerBin))
  let best: CombScore | undefined
  let bestQuality = Number.NEGATIVE_INFINITY
  for (let i = 0; i <= count; i++) {
    const score = scoreComb(spectrum, hidden, shape, lowHz + ((highHz - lowHz) * i) / count)
    if (score === undefined) continue
    const quality = qualityOf(score)
    if (quality > bestQuality) {
      best = score
      bestQuality = quality
    }
  }
  return best
}
