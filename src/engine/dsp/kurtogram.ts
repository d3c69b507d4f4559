import { AnalyzerError } from '../../shared/errors'
import { createBandSplitters, type ComplexSignal, type Splitter } from './kurtogram-filters'

export interface KurtogramLevel {
  /** 0, 1, 1.58, 2, 2.58 …: log₂ of the number of bands. */
  readonly level: number
  readonly bandwidthHz: number
  /** Of the complex envelope of the band [i, i + 1) · bandwidthHz; 0 for Gaussian noise, below 0 for tones. */
  readonly kurtosis: Float64Array
}

export interface KurtogramBand {
  readonly level: number
  readonly bandHz: readonly [number, number]
  readonly kurtosis: number
}

export interface Kurtogram {
  readonly sampleRateHz: number
  /** From the whole band to the finest. */
  readonly levels: readonly KurtogramLevel[]
}

const mostLevels = 9
/** A node of the finest level still holds this many values: fewer say nothing about a fourth moment. */
const leastNodeLength = 64

/** Levels that a signal of this length bears. */
export function kurtogramLevelCount(sampleCount: number): number {
  return Math.max(1, Math.min(mostLevels, Math.floor(Math.log2(sampleCount / leastNodeLength))))
}

/**
 * Fast kurtogram (Antoni 2007, MSSP 21, §4): a binary tree of quasi-analytic band halves and, from every node of it, a
 * split in three; kurtosis of each node's complex envelope c, ⟨|c|⁴⟩/⟨|c|²⟩² − 2 with its mean removed (− 3 for the real
 * signal of level 0). Filters and cut-offs as in the published program: see kurtogram-filters.
 * @throws AnalyzerError bad-request for gaps, or a signal too short for the levels
 */
export function fastKurtogram(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  levelCount: number,
): Kurtogram {
  check(samples, levelCount)
  const whole: ComplexSignal = { real: Float64Array.from(samples), imaginary: new Float64Array(samples.length) }
  const { halves, thirds } = createBandSplitters()
  const levels: KurtogramLevel[] = [
    { level: 0, bandwidthHz: sampleRateHz / 2, kurtosis: Float64Array.of(complexKurtosis(whole, 0) - 1) },
  ]
  let nodes: readonly ComplexSignal[] = [whole]
  for (let level = 1; level <= levelCount; level++) {
    const parents = nodes
    nodes = parents.flatMap((node) => halves.split(node))
    levels.push(levelOf(nodes, halves, sampleRateHz))
    if (level === levelCount) break
    levels.push(
      levelOf(
        parents.flatMap((node) => thirds.split(node)),
        thirds,
        sampleRateHz,
      ),
    )
  }
  return { sampleRateHz, levels }
}

/**
 * The band of the greatest kurtosis among those at least this wide. An envelope holds rates up to its band's width only.
 * Undefined where no band is so wide.
 */
export function bestBand(kurtogram: Kurtogram, leastBandwidthHz: number): KurtogramBand | undefined {
  let best: KurtogramBand | undefined
  for (const { level, bandwidthHz, kurtosis } of kurtogram.levels) {
    if (bandwidthHz < leastBandwidthHz) continue
    kurtosis.forEach((value, index) => {
      if (best !== undefined && value <= best.kurtosis) return
      best = { level, bandHz: [index * bandwidthHz, (index + 1) * bandwidthHz], kurtosis: value }
    })
  }
  return best
}

function levelOf(nodes: readonly ComplexSignal[], { settling }: Splitter, sampleRateHz: number): KurtogramLevel {
  return {
    level: Math.log2(nodes.length),
    bandwidthHz: sampleRateHz / 2 / nodes.length,
    kurtosis: Float64Array.from(nodes, (node) => complexKurtosis(node, settling)),
  }
}

/** ⟨|c − ⟨c⟩|⁴⟩ / ⟨|c − ⟨c⟩|²⟩² − 2 from sample `start` on; 0 where nothing moves. */
function complexKurtosis({ real, imaginary }: ComplexSignal, start: number): number {
  const count = real.length - start
  let meanReal = 0
  let meanImaginary = 0
  for (let i = start; i < real.length; i++) {
    meanReal += real[i]
    meanImaginary += imaginary[i]
  }
  meanReal /= count
  meanImaginary /= count
  let squares = 0
  let fourths = 0
  for (let i = start; i < real.length; i++) {
    const power = (real[i] - meanReal) ** 2 + (imaginary[i] - meanImaginary) ** 2
    squares += power
    fourths += power * power
  }
  return squares > 0 ? (fourths * count) / (squares * squares) - 2 : 0
}

function check(samples: Float32Array | Float64Array, levelCount: number): void {
  if (!Number.isInteger(levelCount) || levelCount < 1 || levelCount > mostLevels) {
    throw new AnalyzerError(
      'bad-request',
      `A kurtogram of ${levelCount} levels cannot be made; it has 1 to ${mostLevels}.`,
    )
  }
  const needed = leastNodeLength * 2 ** levelCount
  if (samples.length < needed) {
    throw new AnalyzerError(
      'bad-request',
      `The signal has ${samples.length} samples; a kurtogram of ${levelCount} levels needs at least ${needed}.`,
      { sampleCount: samples.length, levelCount },
    )
  }
  for (let i = 0; i < samples.length; i++) {
    if (Number.isFinite(samples[i])) continue
    throw new AnalyzerError('bad-request', `The signal has a gap at sample ${i}; a kurtogram needs one without gaps.`)
  }
}
