import { AnalyzerError } from '../../shared/errors'
import { createRandom } from '../../shared/random'

/** One recording as evaluation sees it: a number that should be larger for faults, and what is true. */
export interface Scored {
  readonly score: number
  readonly label: 1 | -1
}

export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * Area under the ROC curve = P(score of a fault > score of a healthy one) + ½ P(equal): Mann–Whitney U with midranks
 * (Hanley & McNeil 1982). Undefined without both labels. O(n log n).
 */
export function aurocOf(items: readonly Scored[]): number | undefined {
  requireMeasured(items)
  const faults = sortedScores(items, 1)
  const healthy = sortedScores(items, -1)
  return aurocOfSorted(faults, healthy)
}

export interface BootstrapOptions {
  readonly resamples: number
  /** share inside the interval, e.g. 0.95 */
  readonly level: number
  readonly seed: number | string
}

/** AUROC with a percentile bootstrap interval; recordings are drawn within each label (stratified). */
export function aurocInterval(items: readonly Scored[], options: BootstrapOptions): Interval | undefined {
  const value = aurocOf(items)
  if (value === undefined) return undefined
  const random = createRandom(options.seed)
  const faults = sortedScores(items, 1)
  const healthy = sortedScores(items, -1)
  const draws = new Float64Array(options.resamples)
  const drawnFaults = new Float64Array(faults.length)
  const drawnHealthy = new Float64Array(healthy.length)
  for (let b = 0; b < options.resamples; b++) {
    for (let i = 0; i < faults.length; i++) drawnFaults[i] = faults[random.integer(faults.length)]
    for (let i = 0; i < healthy.length; i++) drawnHealthy[i] = healthy[random.integer(healthy.length)]
    draws[b] = aurocOfSorted(drawnFaults.sort(), drawnHealthy.sort()) ?? Number.NaN
  }
  draws.sort()
  const tail = (1 - options.level) / 2
  return { value, low: quantileOfSorted(draws, tail), high: quantileOfSorted(draws, 1 - tail) }
}

/** Mean of the shares of faults with score ≥ threshold and of healthy ones below it. */
export function balancedAccuracyOf(items: readonly Scored[], threshold: number): number | undefined {
  const { faultCount, healthyCount, hits, falseAlarms } = countDecisions(items, threshold)
  if (faultCount === 0 || healthyCount === 0) return undefined
  return (hits / faultCount + 1 - falseAlarms / healthyCount) / 2
}

/** Share of the healthy recordings with score ≥ threshold. */
export function falseAlarmShareOf(items: readonly Scored[], threshold: number): number | undefined {
  const { healthyCount, falseAlarms } = countDecisions(items, threshold)
  return healthyCount === 0 ? undefined : falseAlarms / healthyCount
}

/** Share of the faults with score ≥ threshold. */
export function hitShareOf(items: readonly Scored[], threshold: number): number | undefined {
  const { faultCount, hits } = countDecisions(items, threshold)
  return faultCount === 0 ? undefined : hits / faultCount
}

/**
 * Expected calibration error (Naeini et al. 2015) over `binCount` equal bins of the probability of a fault; each label
 * counts half in all, so that a set's share of faults does not decide. Scores are probabilities here.
 */
export function expectedCalibrationError(items: readonly Scored[], binCount: number): number | undefined {
  requireMeasured(items)
  const weightOf = balancingWeights(items)
  if (weightOf === undefined) return undefined
  const weights = new Float64Array(binCount)
  const predicted = new Float64Array(binCount)
  const observed = new Float64Array(binCount)
  for (const item of items) {
    const bin = Math.min(binCount - 1, Math.max(0, Math.floor(item.score * binCount)))
    const weight = weightOf(item)
    weights[bin] += weight
    predicted[bin] += weight * item.score
    observed[bin] += item.label === 1 ? weight : 0
  }
  let error = 0
  for (let bin = 0; bin < binCount; bin++) error += Math.abs(predicted[bin] - observed[bin])
  return error
}

/** The threshold with the highest balanced accuracy: midway between two scores; the lowest such if several tie. */
export function bestThreshold(items: readonly Scored[]): number {
  requireMeasured(items)
  const scores = [...new Set(items.map((item) => item.score))].sort((a, b) => a - b)
  let best = scores.length > 0 ? scores[0] : Number.NaN
  let bestAccuracy = balancedAccuracyOf(items, best) ?? Number.NaN
  for (let i = 1; i < scores.length; i++) {
    const threshold = (scores[i - 1] + scores[i]) / 2
    const accuracy = balancedAccuracyOf(items, threshold) ?? Number.NaN
    if (accuracy > bestAccuracy) {
      best = threshold
      bestAccuracy = accuracy
    }
  }
  return best
}

/** Linear between order statistics (type 7, as NumPy). Input ascending; NaN when empty. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (position - below) * (sorted[above] - sorted[below])
}

/** Weights that sum to 1 and give each label half; undefined without both labels. */
export function balancingWeights(items: readonly Scored[]): ((item: Scored) => number) | undefined {
  const faultCount = items.filter((item) => item.label === 1).length
  const healthyCount = items.length - faultCount
  if (faultCount === 0 || healthyCount === 0) return undefined
  return (item) => 0.5 / (item.label === 1 ? faultCount : healthyCount)
}

function countDecisions(items: readonly Scored[], threshold: number) {
  requireMeasured(items)
  let faultCount = 0
  let hits = 0
  let falseAlarms = 0
  for (const { score, label } of items) {
    if (label === 1) faultCount += 1
    if (score >= threshold) {
      if (label === 1) hits += 1
      else falseAlarms += 1
    }
  }
  return { faultCount, healthyCount: items.length - faultCount, hits, falseAlarms }
}

function requireMeasured(items: readonly Scored[]): void {
  const place = items.findIndex((item) => Number.isNaN(item.score))
  if (place >= 0) {
    throw new AnalyzerError('internal', `Score ${place} of ${items.length} is NaN; leave out what was not measured.`)
  }
}

function sortedScores(items: readonly Scored[], label: 1 | -1): Float64Array {
  return Float64Array.from(items.filter((item) => item.label === label).map((item) => item.score)).sort()
}

/** Both ascending. For each fault: healthy ones below it, and half of those equal to it. */
function aurocOfSorted(faults: Float64Array, healthy: Float64Array): number | undefined {
  if (faults.length === 0 || healthy.length === 0) return undefined
  let below = 0
  let notAbove = 0
  let sum = 0
  for (const fault of faults) {
    while (below < healthy.length && healthy[below] < fault) below += 1
    if (notAbove < below) notAbove = below
    while (notAbove < healthy.length && healthy[notAbove] <= fault) notAbove += 1
    sum += (below + notAbove) / 2
  }
  return sum / (faults.length * healthy.length)
}
