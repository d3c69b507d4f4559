import { AnalyzerError } from '../../shared/errors'
import { averagedSpectrum } from '../dsp/spectrum'
import { checkShaftSpeed } from './speed-checks'

export interface SpeedSearch {
  readonly slowestRpm: number
  readonly fastestRpm: number
}

export interface SpeedEstimate {
  readonly shaftSpeedRpm: number
  /**
   * 0 … 1: from how far the best comb stands above the next one, and above nothing. About the share of estimates so
   * clear that were right on made and on measured machines (docs/diagnosis.md); another machine may differ.
   */
  readonly confidence: number
  /** Harmonics of the shaft that stand at least 10 dB above what surrounds them. */
  readonly harmonics: readonly number[]
  /** The next best speeds, best first. */
  readonly others: readonly { readonly shaftSpeedRpm: number; readonly share: number }[]
  readonly isEstimate: true
}

const harmonicCount = 8
/** Frames as long as this, where the recording is: finer lines suffer from speed that wanders. */
const longestFrameSeconds = 8
const tallestLineDb = 25
const certainDb = 6
const clearnessScale = 0.12
const visibleDb = 10
const medianHalfWidth = 24 // bins
/** A comb whose teeth are every 2nd, 3rd, 5th or 7th tooth of a finer one that is there too is not the shaft's. */
const divisors = [2, 3, 5, 7]
/** Two speeds are two answers when they are further apart than this. */
const distinctShare = 0.02
const mostOthers = 4

/**
 * Shaft speed from the signal alone: the comb f, 2f … 8f that stands highest above its surroundings (as
 * Hermes 1988 sums subharmonics), less the tallest of the combs f/2, f/3, f/5, f/7 between its teeth, which would make
 * f a harmonic. Heights are dB over the median of 49 bins, at most 25, weighted by 1/√h. Always an estimate: a
 * bearing fault louder than the shaft's own lines has a comb too, and can pass for the shaft.
 * @throws AnalyzerError bad-request for a search that is no range, gaps, or a signal shorter than eight slowest turns
 */
export function estimateSpeed(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  search: SpeedSearch,
): SpeedEstimate {
  checkSearch(samples, sampleRateHz, search)
  const lines = findLines(samples, sampleRateHz, search.fastestRpm)
  const lowHz = search.slowestRpm / 60
  const highHz = Math.min(search.fastestRpm / 60, sampleRateHz / 4)
  const ranked = rankCandidates(lines, lowHz, highHz)
  const [best, ...others] = ranked
  const fundamentalHz = refine(lines, best.hz)
  const next = others.length === 0 ? 0 : Math.max(0, others[0].score)
  const margin = best.score > 0 ? (best.score - next) / best.score : 0
  return {
    shaftSpeedRpm: 60 * fundamentalHz,
    confidence: confidenceOf(margin, best.score),
    harmonics: visibleHarmonics(lines, fundamentalHz),
    others: others.slice(0, mostOthers).map(({ hz, score }) => ({
      shaftSpeedRpm: 60 * hz,
      share: best.score > 0 ? Math.max(0, score) / best.score : 0,
    })),
    isEstimate: true,
  }
}

/** 1 − exp(−clearness / 0.12): fitted to how often estimates were right, in bins of clearness, on 566 channels. */
function confidenceOf(margin: number, scoreDb: number): number {
  const clearness = Math.max(0, Math.min(1, margin)) * Math.max(0, Math.min(1, scoreDb / certainDb))
  return 1 - Math.exp(-clearness / clearnessScale)
}

function checkSearch(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  { slowestRpm, fastestRpm }: SpeedSearch,
): void {
  checkShaftSpeed(slowestRpm)
  checkShaftSpeed(fastestRpm)
  if (!(slowestRpm < fastestRpm) || slowestRpm / 60 >= sampleRateHz / 4) {
    throw new AnalyzerError(
      'bad-request',
      `A speed between ${slowestRpm} and ${fastestRpm} rpm cannot be looked for at ${sampleRateHz} Hz; the first must be the smaller and below ${15 * sampleRateHz} rpm.`,
      { slowestRpm, fastestRpm },
    )
  }
  const turns = (samples.length / sampleRateHz) * (slowestRpm / 60)
  if (turns < harmonicCount) {
    throw new AnalyzerError(
      'bad-request',
      `The signal holds ${turns.toFixed(1)} turns at ${slowestRpm} rpm; estimating a speed needs at least ${harmonicCount}: look for faster shafts only, or record longer.`,
      { turns, slowestRpm },
    )
  }
}

/** Heights over the surroundings, dB, 0 … 25, by bin. */
interface Lines {
  readonly binHz: number
  readonly heightDb: Float64Array
  readonly power: Float64Array
}

function findLines(samples: Float32Array | Float64Array, sampleRateHz: number, fastestRpm: number): Lines {
  const frameLength = Math.min(samples.length, Math.round(longestFrameSeconds * sampleRateHz))
  const { power, binHz } = averagedSpectrum(samples, sampleRateHz, {
    frameLength,
    hopLength: Math.max(1, frameLength >> 1),
    fftLength: frameLength,
    taper: 'hann',
    removesMean: true,
  })
  if (Number.isNaN(power[0])) {
    throw new AnalyzerError('bad-request', 'The signal has gaps throughout; estimating a speed needs one without.')
  }
  const binCount = Math.min(power.length, Math.ceil(((harmonicCount + 1) * fastestRpm) / 60 / binHz) + 2)
  const heightDb = new Float64Array(binCount)
  for (let bin = 1; bin < binCount; bin++) {
    const start = Math.max(1, bin - medianHalfWidth)
    const near = power.slice(start, Math.min(power.length, bin + medianHalfWidth + 1)).sort()
    const level = 10 * Math.log10(power[bin] / near[near.length >> 1])
    heightDb[bin] = level > 0 ? Math.min(tallestLineDb, level) : 0
  }
  return { binHz, heightDb, power }
}

interface Candidate {
  readonly hz: number
  /** weighted mean of heights, dB */
  readonly score: number
}

/** Local bests of the comb, distinct ones, best first. */
function rankCandidates(lines: Lines, lowHz: number, highHz: number): readonly Candidate[] {
  const stepHz = lines.binHz / (2 * harmonicCount)
  const all: Candidate[] = []
  for (let hz = lowHz; hz <= highHz; hz += stepHz) all.push({ hz, score: combScore(lines, hz) })
  all.sort((a, b) => b.score - a.score)
  const distinct: Candidate[] = []
  for (const candidate of all) {
    if (distinct.every(({ hz }) => Math.abs(candidate.hz / hz - 1) > distinctShare)) distinct.push(candidate)
    if (distinct.length > mostOthers) break
  }
  return distinct
}

function combScore(lines: Lines, hz: number): number {
  const teeth = toothHeight(lines, hz, 1)
  let between = 0
  for (const divisor of divisors) between = Math.max(between, toothHeight(lines, hz / divisor, divisor))
  return teeth - between
}

/** Weighted mean height at the first eight multiples of `hz` that are no multiples of `left` (1 = at all of them). */
function toothHeight(lines: Lines, hz: number, left: number): number {
  let sum = 0
  let weights = 0
  for (let multiple = 1, taken = 0; taken < harmonicCount; multiple++) {
    if (left > 1 && multiple % left === 0) continue
    taken += 1
    const weight = 1 / Math.sqrt(taken)
    sum += weight * heightAt(lines, multiple * hz)
    weights += weight
  }
  return sum / weights
}

function heightAt({ binHz, heightDb }: Lines, hz: number): number {
  const bin = Math.round(hz / binHz)
  let height = 0
  for (let i = bin - 1; i <= bin + 1; i++) if (i > 0 && heightDb[i] > height) height = heightDb[i]
  return height
}

/** Places of the visible harmonics, each by a parabola through its log power, over h: weighted by height and h². */
function refine(lines: Lines, roughHz: number): number {
  const { binHz, power } = lines
  let sum = 0
  let weights = 0
  for (const h of visibleHarmonics(lines, roughHz)) {
    let bin = Math.round((h * roughHz) / binHz)
    if (power[bin + 1] > power[bin]) bin += 1
    else if (bin > 1 && power[bin - 1] > power[bin]) bin -= 1
    const [left, top, right] = [power[bin - 1], power[bin], power[bin + 1]].map((value) => Math.log(value))
    const bend = left - 2 * top + right
    const offset = bend < 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend))) : 0
    const weight = lines.heightDb[bin] * h * h
    sum += weight * (((bin + offset) * binHz) / h)
    weights += weight
  }
  return weights > 0 ? sum / weights : roughHz
}

function visibleHarmonics(lines: Lines, hz: number): readonly number[] {
  const visible = []
  for (let h = 1; h <= harmonicCount; h++) if (heightAt(lines, h * hz) >= visibleDb) visible.push(h)
  return visible
}
