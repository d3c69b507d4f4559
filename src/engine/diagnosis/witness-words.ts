import type { FaultLine, Hypothesis, ImpactBeat, Witness, WitnessVerdict } from '../../shared/diagnosis/diagnosis'
import { formatSignificant } from '../../shared/number-words'
import type { Translate } from '../../shared/locales/translate'
import { lineLabel } from './hypothesis'
import { slipShare } from './kinematics'
import { witnessThresholds, type FoundComb, type JudgedHypothesis } from './witness'
import type { AskedChannel, WitnessObstacle } from './witness-channel'
import { combLines } from './witness-comb'

/** Of a line that is called found: ten times the noise, 10 dB. */
const foundHeight = Math.LN10
const decibelsPerNeper = 10 / Math.LN10
const leastTurns = 3

export function describeWitness(asked: AskedChannel, isEstimate: boolean, t: Translate): Witness {
  const { findings, spectra, obstacle, stretchCount, stretchSeconds } = asked
  const hypotheses = findings.hypotheses.map((judged) => describeHypothesis(judged, asked, t))
  const named = findings.hypotheses.find(({ isIndicated }) => isIndicated)
  const unseen = findings.hypotheses.filter(({ shape, found }) => found === undefined && isRace(shape.part))
  const reason = named === undefined ? reasonOf(obstacle, unseen, stretchSeconds, t) : undefined
  const verdict = verdictOf(named, reason)
  const beat = beatWords(findings.impactBeat, findings.shaftHz, t)
  return {
    verdict,
    sentence: sentenceOf(named, reason, spectra.length, t),
    reasons: isEstimate ? [beat, t('witness.estimate', { slip: 100 * slipShare })] : [beat],
    hypotheses,
    impactBeat: describeBeat(findings.impactBeat, findings.shaftHz),
    shaftHz: findings.shaftHz ?? null,
    bandsHz: spectra.map(({ bandHz }) => [...bandHz]),
    binHz: spectra.length === 0 ? null : spectra[0].binHz,
    stretchCount,
    stretchSeconds: stretchSeconds ?? null,
  }
}

function isRace(part: Hypothesis['part']): boolean {
  return part === 'outer-race' || part === 'inner-race'
}

function verdictOf(named: JudgedHypothesis | undefined, reason: string | undefined): WitnessVerdict {
  if (named !== undefined) return `fault-${named.shape.part}`
  return reason === undefined ? 'no-sign' : 'cannot-tell'
}

/** Why nothing can be said, where nothing was found; undefined = every race was looked at. */
function reasonOf(
  obstacle: WitnessObstacle | undefined,
  unseen: readonly JudgedHypothesis[],
  seconds: number | undefined,
  t: Translate,
): string | undefined {
  if (obstacle !== undefined) return obstacleWords(obstacle, t)
  if (unseen.length === 0) return undefined
  const parts = unseen.map(({ shape }) => t(`part.${shape.part}`)).join(', ')
  return t('witness.reason.cannot-part', { duration: formatSignificant(seconds ?? null), parts })
}

function obstacleWords(obstacle: WitnessObstacle, t: Translate): string {
  switch (obstacle.kind) {
    case 'band-too-low':
      return t('witness.reason.band-too-low', { rate: formatSignificant(obstacle.rateHz) })
    case 'too-few-turns':
      return t('witness.reason.too-few-turns', { turns: formatSignificant(obstacle.turns), least: leastTurns })
    default:
      return t(`witness.reason.${obstacle.kind}`)
  }
}

function sentenceOf(
  named: JudgedHypothesis | undefined,
  reason: string | undefined,
  count: number,
  t: Translate,
): string {
  if (named?.found === undefined) {
    return reason === undefined
      ? t('witness.sentence.no-sign', { count })
      : t('witness.sentence.cannot-tell', { reason })
  }
  const { found, shape, expectedHz } = named
  const [lowHz, highHz] = found.spectrum.bandHz
  return t('witness.sentence.fault', {
    part: t(`part.${shape.part}`),
    found: formatSignificant(found.fundamentalHz),
    off: offWords(found.fundamentalHz, expectedHz),
    strength: formatSignificant(decibels(found.strength)),
    depth: percent(found.depth),
    low: Math.round(lowHz),
    high: Math.round(highHz),
  })
}

/** "0.2 %" between what was found and what was expected. */
export function offWords(foundHz: number, expectedHz: number): string {
  return `${(100 * Math.abs(foundHz / expectedHz - 1)).toFixed(1)} %`
}

function describeHypothesis(judged: JudgedHypothesis, asked: AskedChannel, t: Translate): Hypothesis {
  const { shape, expectedHz, found, isIndicated } = judged
  const lines = faultLines(judged, asked)
  return {
    part: shape.part,
    orders: shape.orders,
    expectedHz,
    isJudged: found !== undefined,
    isIndicated,
    bandHz: found === undefined ? null : [...found.spectrum.bandHz],
    foundHz: found?.fundamentalHz ?? null,
    offPercent: found === undefined ? null : 100 * (found.fundamentalHz / expectedHz - 1),
    strengthDb: found === undefined ? null : decibels(found.strength),
    depth: found?.depth ?? null,
    quality: found?.quality ?? null,
    lines,
    evidenceFor: evidenceFor(judged, lines, t),
    evidenceAgainst: evidenceAgainst(judged, lines, t),
  }
}

function faultLines({ shape, expectedHz, found }: JudgedHypothesis, asked: AskedChannel): FaultLine[] {
  const spectrum = found?.spectrum ?? asked.spectra[0]
  const comb = found?.shape ?? { harmonicCount: shape.harmonicCount, sidebandCount: 0, sidebandHz: 0 }
  return combLines(comb, found?.fundamentalHz ?? expectedHz).map(({ harmonic, sideband, hz }) => {
    const bin = Math.round(hz / spectrum.binHz)
    const height = spectrum.heights[bin]
    const isBeyond = bin < 0 || bin >= spectrum.heights.length
    const isHidden = !isBeyond && (found === undefined || found.hidden[bin] === 1)
    const state = isBeyond ? 'beyond' : isHidden ? 'hidden' : height >= foundHeight ? 'found' : 'absent'
    const centreHz = harmonic * expectedHz
    const shift = sideband * comb.sidebandHz
    return {
      label: lineLabel(shape, harmonic, sideband),
      harmonic,
      sideband,
      expectedHz: Math.max(0, centreHz + shift),
      lowHz: Math.max(0, centreHz * (1 - slipShare) + shift),
      highHz: Math.max(0, centreHz * (1 + slipShare) + shift),
      foundHz: state === 'found' ? hz : null,
      heightDb: state === 'found' || state === 'absent' ? decibels(height) : null,
      state,
    }
  })
}

function evidenceFor(
  { shape, found, isByCage }: JudgedHypothesis,
  lines: readonly FaultLine[],
  t: Translate,
): string[] {
  if (found === undefined) return []
  const harmonics = lines.filter(({ sideband }) => sideband === 0)
  const sidebands = lines.filter(({ sideband }) => sideband !== 0)
  const seen = harmonics.filter(({ state }) => state === 'found')
  const beside = sidebands.filter(({ state }) => state === 'found').length
  const words: string[] = []
  if (seen.length > 0) {
    const list = seen.map(({ label, heightDb }) => `${label} (${Math.round(heightDb ?? 0)} dB)`).join(', ')
    const counts = { found: seen.length, total: harmonics.length }
    words.push(t('witness.for.harmonics', { ...counts, symbol: shape.symbol, lines: list }))
  }
  if (beside > 0) words.push(t('witness.for.sidebands', { found: beside, total: sidebands.length }))
  if (found.depth >= witnessThresholds.depth) words.push(t('witness.for.depth', { depth: percent(found.depth) }))
  if (isByCage) words.push(t('witness.for.cage', { symbol: shape.symbol }))
  return words
}

function evidenceAgainst(judged: JudgedHypothesis, lines: readonly FaultLine[], t: Translate): string[] {
  const { found } = judged
  if (found === undefined) return [t('witness.against.not-judged')]
  const listed = (state: FaultLine['state']): string =>
    lines
      .filter((line) => line.state === state && line.sideband === 0)
      .map(({ label }) => label)
      .join(', ')
  const sidebands = lines.filter(({ sideband }) => sideband !== 0)
  const words: string[] = []
  if (listed('absent') !== '') words.push(t('witness.against.harmonics', { lines: listed('absent') }))
  if (listed('hidden') !== '') words.push(t('witness.against.hidden', { lines: listed('hidden') }))
  if (sidebands.length > 0 && sidebands.every(({ state }) => state !== 'found')) {
    words.push(t('witness.against.sidebands'))
  }
  return [...words, ...weaknesses(judged, found, t)]
}

function weaknesses({ isIndicated, isByCage }: JudgedHypothesis, found: FoundComb, t: Translate): string[] {
  if (isByCage && isIndicated) return []
  const { strength, depth, first } = witnessThresholds
  const words: string[] = []
  if (found.first <= first) words.push(t('witness.against.first'))
  if (found.strength < strength) {
    const [own, least] = [found.strength, strength].map((height) => formatSignificant(decibels(height)))
    words.push(t('witness.against.strength', { strength: own, least }))
  }
  if (found.depth < depth) {
    words.push(t('witness.against.depth', { depth: percent(found.depth), least: percent(depth) }))
  }
  if (words.length === 0 && !isIndicated) words.push(t('witness.against.element'))
  return words
}

function beatWords(beat: FoundComb | undefined, shaftHz: number | undefined, t: Translate): string {
  if (beat === undefined) return t('witness.beat.none')
  const [lowHz, highHz] = beat.spectrum.bandHz
  const values = {
    rate: formatSignificant(beat.fundamentalHz),
    depth: percent(beat.depth),
    low: Math.round(lowHz),
    high: Math.round(highHz),
  }
  if (shaftHz === undefined) return t('witness.beat.no-speed', values)
  return t('witness.beat.some', { ...values, orders: (beat.fundamentalHz / shaftHz).toFixed(2) })
}

function describeBeat(beat: FoundComb | undefined, shaftHz: number | undefined): ImpactBeat | null {
  if (beat === undefined) return null
  return {
    frequencyHz: beat.fundamentalHz,
    orders: shaftHz === undefined ? null : beat.fundamentalHz / shaftHz,
    strengthDb: decibels(beat.strength),
    depth: beat.depth,
    bandHz: [...beat.spectrum.bandHz],
  }
}

function decibels(nepers: number): number {
  return nepers * decibelsPerNeper
}

function percent(share: number): number {
  return Math.round(100 * share)
}
