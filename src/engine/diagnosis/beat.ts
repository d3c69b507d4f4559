import { createRandom } from '../../shared/random'
import type { BearingLines } from '../../shared/diagnosis/bearing'
import type { BearingPart, BeatVerdict } from '../../shared/diagnosis/diagnosis'
import { averagedSpectrum } from '../dsp/spectrum'
import { hypothesisShapes } from './hypothesis'
import { bestComb, type CombScore, type CombShape } from './witness-comb'
import { lineSpectrum, shaftGuard, type LineSpectrum } from './witness-lines'

export interface BeatQuestion {
  /** Logit, one value a step of the map; NaN = not measured. */
  readonly evidence: Float32Array
  readonly stepRateHz: number
  readonly shaftHz: number | undefined
  readonly lines: BearingLines | undefined
  readonly slipShare: number
  /** From the healthy to the fault threshold of the model's card: a weaker beat moves no verdict. */
  readonly decisiveLogit: number
  readonly permutationCount: number
}

export interface BeatFindings {
  readonly verdict: BeatVerdict
  readonly frequencyHz: number | undefined
  /** RMS of the lines of the beat. */
  readonly strengthLogit: number | undefined
  readonly autocorrelation: number | undefined
  readonly pValue: number | undefined
  readonly part: BearingPart | undefined
  /** The line that it was matched to, Hz. */
  readonly expectedHz: number | undefined
}

/** Frames of the spectrum, and the longest stretch that is looked at: where the evidence is highest. */
const frameSeconds = 5
const longestSeconds = 20
const leastSteps = 256
const leastTurns = 3
const slowestHz = 8
const fastestHz = 400
const medianWidthHz = 30
const shape: CombShape = { harmonicCount: 4, sidebandCount: 0, sidebandHz: 0 }
const leastStrength = 2
const leastFirst = 2
/** Significance. */
const leastP = 0.01
/** A line of the bearing counts as the beat when its comb is at least so good as the best of all rates. */
const matchShare = 0.5
/** Of a multiple of the shaft's rate. */
const shaftShare = 0.01

/**
 * The rate at which the network's evidence repeats, whether it is more than chance, whether it is strong enough to move
 * a verdict, and whether it is a rate that this bearing can beat at. Spectrum of the evidence, mean removed, at its own
 * rate; combs of four harmonics; null: the same evidence cut into blocks as long as the network's reach, in random order.
 */
export function findBeat(question: BeatQuestion, blockSteps: number): BeatFindings {
  const { stepRateHz, shaftHz } = question
  const track = chooseStretch(question.evidence, Math.round(longestSeconds * stepRateHz))
  const isShort = track.length < leastSteps || (track.length * (shaftHz ?? Infinity)) / stepRateHz < leastTurns
  if (isShort) return nothing('cannot-tell')
  const seen = spectrumOf(track, question)
  const best = searchAll(seen, question)
  const matched = bestLine(seen, question)
  const isLine = matched !== undefined && best !== undefined && matched.quality >= matchShare * qualityOf(best)
  const meant = isLine ? matched : best === undefined ? undefined : { ...best, quality: qualityOf(best) }
  if (meant === undefined) return nothing('no-beat')
  const strengthLogit = Math.sqrt(meant.linePower)
  const found = {
    ...nothing('no-beat'),
    frequencyHz: meant.fundamentalHz,
    strengthLogit,
    autocorrelation: autocorrelationAt(track, stepRateHz / meant.fundamentalHz),
  }
  const isStrong = meant.strength >= leastStrength && strengthLogit >= question.decisiveLogit && skewnessSign(track) > 0
  if (!isStrong) return found
  const pValue = permutationP(track, question, blockSteps, meant.quality, isLine)
  if (pValue > leastP) return { ...found, pValue }
  return { ...found, pValue, ...verdictOf(meant.fundamentalHz, isLine ? matched : undefined, question) }
}

interface MatchedLine extends CombScore {
  readonly quality: number
  readonly part: BearingPart
  readonly expectedHz: number
}

function verdictOf(
  frequencyHz: number,
  matched: MatchedLine | undefined,
  { shaftHz, lines }: BeatQuestion,
): Pick<BeatFindings, 'verdict' | 'part' | 'expectedHz'> {
  if (matched !== undefined) return { verdict: 'matches', part: matched.part, expectedHz: matched.expectedHz }
  if (shaftHz !== undefined) {
    const multiple = Math.max(1, Math.round(frequencyHz / shaftHz))
    const expectedHz = multiple * shaftHz
    if (Math.abs(frequencyHz - expectedHz) <= shaftShare * expectedHz) {
      return { verdict: 'matches-shaft', part: undefined, expectedHz }
    }
  }
  const isKnown = shaftHz !== undefined && lines !== undefined
  return { verdict: isKnown ? 'matches-none' : 'no-bearing', part: undefined, expectedHz: undefined }
}

interface SeenEvidence {
  readonly spectrum: LineSpectrum
  /** Harmonics of the shaft: no line of a bearing is looked for there. */
  readonly guarded: Uint8Array
  readonly open: Uint8Array
}

function spectrumOf(track: Float32Array, { stepRateHz, shaftHz }: BeatQuestion): SeenEvidence {
  const frame = Math.round(frameSeconds * stepRateHz)
  const frameLength = track.length < 1.5 * frame ? track.length : frame
  const { power, binHz } = averagedSpectrum(track, stepRateHz, {
    frameLength,
    hopLength: frameLength >> 1,
    fftLength: frameLength,
    taper: 'hann',
    removesMean: true,
  })
  const spectrum = lineSpectrum(power, binHz, [0, stepRateHz / 2], Math.max(medianWidthHz, 16 * binHz))
  return { spectrum, guarded: shaftGuard(spectrum, shaftHz), open: shaftGuard(spectrum, undefined) }
}

function qualityOf({ strength, linePower, first }: CombScore): number {
  return first < leastFirst ? 0 : strength * Math.sqrt(linePower)
}

/** The best rate of all, away from the shaft; the shaft's own where that is far better. */
function searchAll({ spectrum, guarded, open }: SeenEvidence, { shaftHz }: BeatQuestion): CombScore | undefined {
  const range = { lowHz: Math.max(slowestHz, 4 * spectrum.binHz), highHz: fastestHz }
  const away = bestComb({ spectrum, shape, hidden: guarded, ...range }, qualityOf)
  const awayQuality = away === undefined ? 0 : qualityOf(away)
  if (shaftHz === undefined) return awayQuality > 0 ? away : undefined
  for (let multiple = 1; multiple * shaftHz <= fastestHz; multiple++) {
    const centreHz = multiple * shaftHz
    const [lowHz, highHz] = [centreHz * (1 - shaftShare), centreHz * (1 + shaftShare)]
    const own = bestComb({ spectrum, shape, hidden: open, lowHz, highHz }, qualityOf)
    if (own !== undefined && qualityOf(own) > Math.max(0, farBetter * awayQuality)) return own
  }
  return awayQuality > 0 ? away : undefined
}

const farBetter = 3

/**
 * The best line of the bearing. A race's rate is a multiple of the cage's, so that every beat of a race is a beat of the
 * cage too: the cage is meant only where no other line comes near.
 */
function bestLine({ spectrum, guarded }: SeenEvidence, question: BeatQuestion): MatchedLine | undefined {
  const { shaftHz, lines, slipShare } = question
  if (shaftHz === undefined || lines === undefined) return undefined
  let best: MatchedLine | undefined
  for (const { part, orders } of hypothesisShapes(lines)) {
    const expectedHz = orders * shaftHz
    const [lowHz, highHz] = [expectedHz * (1 - slipShare), expectedHz * (1 + slipShare)]
    const score = bestComb({ spectrum, hidden: guarded, shape, lowHz, highHz }, qualityOf)
    if (score === undefined || qualityOf(score) === 0) continue
    const quality = qualityOf(score)
    const factor = part === 'cage' && best !== undefined ? matchShare : 1
    if (best === undefined || factor * quality > best.quality) best = { ...score, quality, part, expectedHz }
  }
  return best
}

/** Share of random orders whose best comb, looked for in the same places, is as good; (1 + n) / (1 + N). */
function permutationP(
  track: Float32Array,
  question: BeatQuestion,
  blockSteps: number,
  quality: number,
  isLine: boolean,
): number {
  const random = createRandom('beat of the evidence')
  let asGood = 0
  for (let i = 0; i < question.permutationCount; i++) {
    const seen = spectrumOf(shuffledBlocks(track, blockSteps, random.integer), question)
    const best = isLine ? bestLine(seen, question)?.quality : qualityOrZero(searchAll(seen, question))
    if ((best ?? 0) >= quality) asGood += 1
    if ((1 + asGood) / (1 + question.permutationCount) > leastP) break // no beat any more, whatever follows
  }
  return (1 + asGood) / (1 + question.permutationCount)
}

function qualityOrZero(score: CombScore | undefined): number {
  return score === undefined ? 0 : qualityOf(score)
}

/** Whole blocks in random order (Fisher–Yates); what is left at the end stays there. */
function shuffledBlocks(track: Float32Array, blockSteps: number, integer: (count: number) => number): Float32Array {
  const count = Math.floor(track.length / blockSteps)
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = integer(i + 1)
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  const shuffled = Float32Array.from(track)
  for (const [place, block] of order.entries()) {
    shuffled.set(track.subarray(block * blockSteps, (block + 1) * blockSteps), place * blockSteps)
  }
  return shuffled
}

/** The stretch of the highest mean evidence; steps that were not measured are at the mean. */
function chooseStretch(evidence: Float32Array, longest: number): Float32Array {
  const mean = meanOfMeasured(evidence)
  const whole = evidence.map((value) => (Number.isFinite(value) ? value : mean))
  if (!Number.isFinite(mean)) return new Float32Array(0)
  if (whole.length <= longest) return whole
  let sum = 0
  for (let i = 0; i < longest; i++) sum += whole[i]
  let best = { sum, start: 0 }
  for (let start = 1; start + longest <= whole.length; start++) {
    sum += whole[start + longest - 1] - whole[start - 1]
    if (sum > best.sum) best = { sum, start }
  }
  return whole.subarray(best.start, best.start + longest)
}

function meanOfMeasured(values: Float32Array): number {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    sum += value
    count += 1
  }
  return sum / count
}

/** Positive where the evidence jumps up, to fault: impacts seen by a network that took them for a fault. */
function skewnessSign(values: Float32Array): number {
  const mean = meanOfMeasured(values)
  return Math.sign(values.reduce((sum, value) => sum + (value - mean) ** 3, 0))
}

const mostPeriods = 4

/** Highest of the autocorrelations at 1 … 4 periods: a period need not be a whole number of steps. */
function autocorrelationAt(values: Float32Array, periodSteps: number): number {
  const mean = meanOfMeasured(values)
  let best = Number.NEGATIVE_INFINITY
  for (let periods = 1; periods <= mostPeriods; periods++) {
    const lag = Math.round(periods * periodSteps)
    let products = 0
    let squares = 0
    for (let i = 0; i < values.length; i++) {
      squares += (values[i] - mean) ** 2
      if (i + lag < values.length) products += (values[i] - mean) * (values[i + lag] - mean)
    }
    const unbiased = (products / Math.max(1, values.length - lag)) * (values.length / squares)
    best = Math.max(best, unbiased)
  }
  return best
}

function nothing(verdict: BeatVerdict): BeatFindings {
  return {
    verdict,
    frequencyHz: undefined,
    strengthLogit: undefined,
    autocorrelation: undefined,
    pValue: undefined,
    part: undefined,
    expectedHz: undefined,
  }
}
