import { AnalyzerError } from '../../shared/errors'
import { probabilityOf } from '../timeline/score-series'
import type { Scored } from './metrics'
import { balancingWeights, quantileOfSorted } from './metrics'

/** Temperatures searched: beyond them probabilities are steps or coins, and the search says so by staying at the end. */
export const temperatureBounds = { low: 0.02, high: 50 } as const

/**
 * Mean negative log-likelihood of labels under σ(logit / temperature), each label weighing half.
 * Items are logits of recordings of bearings that were not trained on.
 */
export function negativeLogLikelihood(items: readonly Scored[], temperature: number): number {
  const weightOf = balancingWeights(items)
  if (weightOf === undefined) return Number.NaN
  let sum = 0
  for (const item of items) {
    const margin = (item.label * item.score) / temperature
    sum += weightOf(item) * (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin)
  }
  return sum
}

/**
 * Temperature scaling (Guo et al. 2017): the T in `temperatureBounds` with the least NLL. The NLL is convex in 1/T,
 * so it has one minimum in log T, found by golden-section search to a relative 1e-6.
 */
export function fitTemperature(items: readonly Scored[]): number {
  if (balancingWeights(items) === undefined) {
    throw new AnalyzerError('bad-request', 'Calibration needs healthy and faulty recordings that were not trained on.')
  }
  const ratio = (Math.sqrt(5) - 1) / 2
  const lossAt = (logTemperature: number) => negativeLogLikelihood(items, Math.exp(logTemperature))
  let low = Math.log(temperatureBounds.low)
  let high = Math.log(temperatureBounds.high)
  let left = high - ratio * (high - low)
  let right = low + ratio * (high - low)
  let leftLoss = lossAt(left)
  let rightLoss = lossAt(right)
  while (high - low > 1e-6) {
    if (leftLoss <= rightLoss) {
      high = right
      right = left
      rightLoss = leftLoss
      left = high - ratio * (high - low)
      leftLoss = lossAt(left)
    } else {
      low = left
      left = right
      leftLoss = rightLoss
      right = low + ratio * (high - low)
      rightLoss = lossAt(right)
    }
  }
  return Math.exp((low + high) / 2)
}

export interface ThresholdAims {
  /** greatest share of healthy recordings that may be called fault, per machine */
  readonly falseAlarms: number
  /** greatest share of faulty recordings that may be called healthy, per machine */
  readonly misses: number
}

/**
 * Probabilities for the card. `fault`: the strictest of the machines' (1 − falseAlarms) quantiles of healthy
 * recordings, so that the aim holds on every machine and not in the mean only; `healthy`: the strictest of the
 * machines' quantiles of faults, but never above `fault`; uncertain in between.
 */
export function chooseThresholds(
  machines: readonly (readonly Scored[])[],
  temperature: number,
  aims: ThresholdAims,
): { healthy: number; fault: number } {
  let fault = 0.5
  let healthy = 0.5
  for (const items of machines) {
    const sorted = (label: 1 | -1) =>
      Float64Array.from(
        items.filter((item) => item.label === label).map((item) => probabilityOf(item.score, temperature)),
      ).sort()
    const healthyEnd = quantileOfSorted(sorted(-1), 1 - aims.falseAlarms)
    const faultEnd = quantileOfSorted(sorted(1), aims.misses)
    if (healthyEnd > fault) fault = healthyEnd
    if (faultEnd < healthy) healthy = faultEnd
  }
  return { healthy: roundDown(healthy), fault: roundUp(fault) }
}

/** Three digits, outward: a threshold read on the card is the one that is used. */
function roundUp(probability: number): number {
  return Math.min(0.999, Math.ceil(probability * 1000) / 1000)
}

function roundDown(probability: number): number {
  return Math.max(0.001, Math.floor(probability * 1000) / 1000)
}
