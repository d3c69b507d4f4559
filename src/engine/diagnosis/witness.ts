import type { BearingLines } from '../../shared/diagnosis/bearing'
import { combShapeOf, hypothesisShapes, type HypothesisShape } from './hypothesis'
import { bestComb, scoreComb, type CombScore, type CombShape } from './witness-comb'
import { refineShaft, shaftGuard, withoutSkirts, type LineSpectrum } from './witness-lines'

/** A comb in the band where it shows best. */
export interface FoundComb extends CombScore {
  readonly spectrum: LineSpectrum
  readonly hidden: Uint8Array
  readonly shape: CombShape
  /** √(2 · power of the lines): modulation depth of the squared envelope. */
  readonly depth: number
  readonly quality: number
}

export interface JudgedHypothesis {
  readonly shape: HypothesisShape
  readonly expectedHz: number
  /** Undefined = not to be judged: its lines are hidden or beyond every spectrum. */
  readonly found: FoundComb | undefined
  readonly isIndicated: boolean
  /** By which the hypotheses are ranked. */
  readonly rank: number
  /** The cage's line that stands for a rolling element, see `namedByCage`. */
  readonly isByCage: boolean
}

export interface WitnessFindings {
  readonly shaftHz: number | undefined
  /** The likeliest first. */
  readonly hypotheses: readonly JudgedHypothesis[]
  /** Some regular beat of impacts, whatever the bearing. */
  readonly impactBeat: FoundComb | undefined
}

export interface WitnessQuestion {
  /** Of the squared envelope in several bands. */
  readonly spectra: readonly LineSpectrum[]
  readonly saidShaftHz: number | undefined
  readonly lines: BearingLines | undefined
  readonly slipShare: number
}

/**
 * Chosen on CWRU and ADI (docs/diagnosis.md), for the best of all bands: searching more bands raises both. Nepers of
 * mean height; modulation depth, which grows with the damage and not with the length of the recording as heights do.
 */
export const witnessThresholds = {
  strength: 2,
  depth: 0.7,
  first: 2,
  beatStrength: 2.2,
  beatQuality: 2,
  /** Of a rolling element's own comb, where the cage's line is there. */
  traceStrength: 1,
} as const

const largestDepth = 1.5

export function qualityOf({ strength, linePower }: CombScore): number {
  return strength * Math.min(largestDepth, Math.sqrt(2 * linePower))
}

/** Looks for every part's lines in every band; no training, no level, nothing about the machine but speed and bearing. */
export function askWitness(question: WitnessQuestion): WitnessFindings {
  const { spectra, saidShaftHz, lines } = question
  const shaftHz = saidShaftHz === undefined ? undefined : refineShaft(spectra, saidShaftHz)
  const seen = spectra.map((spectrum) => ({
    spectrum: shaftHz === undefined ? spectrum : withoutSkirts(spectrum, shaftHz),
    hidden: shaftGuard(spectrum, shaftHz),
  }))
  const impactBeat = findImpactBeat(seen, shaftHz)
  if (lines === undefined || saidShaftHz === undefined || shaftHz === undefined) {
    return { shaftHz, hypotheses: [], impactBeat }
  }
  const judged = hypothesisShapes(lines).map((shape) => {
    const comb = combShapeOf(shape, shaftHz, lines.ftf)
    const expectedHz = shape.orders * saidShaftHz
    const reach = question.slipShare * expectedHz
    return judgeHypothesis(shape, expectedHz, bestOfBands(seen, comb, expectedHz - reach, expectedHz + reach))
  })
  const hypotheses = namedByCage(judged).sort((a, b) => b.rank - a.rank)
  return { shaftHz, hypotheses, impactBeat }
}

interface SeenSpectrum {
  readonly spectrum: LineSpectrum
  readonly hidden: Uint8Array
}

function bestOfBands(
  seen: readonly SeenSpectrum[],
  shape: CombShape,
  lowHz: number,
  highHz: number,
): FoundComb | undefined {
  let best: FoundComb | undefined
  for (const { spectrum, hidden } of seen) {
    const score = bestComb({ spectrum, hidden, shape, lowHz, highHz }, qualityOf)
    if (score === undefined) continue
    const found = {
      ...score,
      spectrum,
      hidden,
      shape,
      depth: Math.sqrt(2 * score.linePower),
      quality: qualityOf(score),
    }
    if (best === undefined || rankOf(found) > rankOf(best)) best = found
  }
  return best
}

/** A comb without its fundamental is somebody else's more often than not. */
const withoutFirst = 0.3

function rankOf({ first, quality }: FoundComb): number {
  return first > witnessThresholds.first ? quality : withoutFirst * quality
}

function judgeHypothesis(shape: HypothesisShape, expectedHz: number, found: FoundComb | undefined): JudgedHypothesis {
  const { strength, depth, first } = witnessThresholds
  const isIndicated = found !== undefined && found.strength >= strength && found.depth >= depth && found.first > first
  return { shape, expectedHz, found, isIndicated, rank: found === undefined ? 0 : rankOf(found), isByCage: false }
}

/**
 * A damaged rolling element beats at the cage's rate at least as much as at its own: it strikes only while it turns that
 * way. Where the cage's line leads and the element's own comb leaves a trace in the same band, the element is named, and
 * the cage comes second: cages seldom fail first.
 */
function namedByCage(judged: readonly JudgedHypothesis[]): JudgedHypothesis[] {
  const cage = judged.find(({ shape }) => shape.part === 'cage')
  const element = judged.find(({ shape }) => shape.part === 'rolling-element')
  const leads = cage !== undefined && judged.every(({ rank }) => rank <= cage.rank)
  if (!leads || element?.found === undefined || cage.found === undefined) return [...judged]
  const { spectrum, hidden } = cage.found
  const reach = element.expectedHz * traceReach
  const trace = bestComb(
    {
      spectrum,
      hidden,
      shape: element.found.shape,
      lowHz: element.expectedHz - reach,
      highHz: element.expectedHz + reach,
    },
    ({ strength }) => strength,
  )
  if (trace === undefined || trace.strength < witnessThresholds.traceStrength) return [...judged]
  const named = { ...element, rank: cage.rank, isIndicated: cage.isIndicated, isByCage: true }
  const second = { ...cage, rank: cage.rank * secondShare, isIndicated: false }
  return judged.map((each) => (each === element ? named : each === cage ? second : each))
}

const traceReach = 0.02
const secondShare = 0.9

const beatShape: CombShape = { harmonicCount: 4, sidebandCount: 0, sidebandHz: 0 }
const slowestBeatHz = 10
const fastestBeatHz = 400
const slowestBeatOrders = 1.5
const fastestBeatOrders = 12

function findImpactBeat(seen: readonly SeenSpectrum[], shaftHz: number | undefined): FoundComb | undefined {
  const lowHz = Math.max(slowestBeatHz, slowestBeatOrders * (shaftHz ?? 0))
  const highHz = Math.max(fastestBeatHz, fastestBeatOrders * (shaftHz ?? 0))
  const best = bestOfBands(seen, beatShape, lowHz, highHz)
  if (best === undefined) return undefined
  const { beatStrength, beatQuality, depth, first } = witnessThresholds
  const isThere =
    best.first > first && best.strength >= beatStrength && best.depth >= depth && best.quality >= beatQuality
  return isThere ? toFundamental(best) : undefined
}

/** A comb of half or a third of the rate holds every line of the rate itself: the highest one that is as good is meant. */
function toFundamental(found: FoundComb): FoundComb {
  for (const times of [4, 3, 2]) {
    const score = scoreComb(found.spectrum, found.hidden, beatShape, times * found.fundamentalHz)
    if (score === undefined || qualityOf(score) < asGoodShare * found.quality) continue
    return { ...found, ...score, depth: Math.sqrt(2 * score.linePower), quality: qualityOf(score) }
  }
  return found
}

const asGoodShare = 0.8
