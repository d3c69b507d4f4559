import { AnalyzerError } from '../../shared/errors'

/** Features after global average pooling: `featureCount` numbers an example, row-major. */
export interface HeadData {
  readonly features: Float64Array
  readonly featureCount: number
  readonly labels: readonly (1 | -1)[]
  /** importance of each example, ≥ 0; only their proportions matter */
  readonly weights: Float64Array
}

/** logit = Σ weights·features + bias, on features as the trunk gives them. */
export interface LogisticHead {
  readonly weights: Float64Array
  readonly bias: number
}

export interface FitHeadSettings {
  /** of the standardised weights, ≥ 0 */
  readonly penalty: number
  /** the sign that each feature's weight may have; undefined = either */
  readonly signs: readonly (1 | -1)[] | undefined
}

/**
 * Logistic regression with an L2 penalty on standardised weights, by Newton's method (iteratively reweighted least
 * squares) in float64: convex, so the same data give the same head, without a seed or a learning rate.
 * Minimises mean(weight · log(1 + e^(−label·logit))) + penalty/2 · |standardised weights|². The standardisation is
 * folded into the result, as is everything affine before a linear head.
 */
export function fitHead(data: HeadData, settings: FitHeadSettings): LogisticHead {
  const { penalty, signs } = settings
  const isNonNegative = signs !== undefined
  const { featureCount, labels } = data
  if (labels.length === 0 || new Set(labels).size < 2) {
    throw new AnalyzerError('bad-request', 'Training needs healthy and faulty recordings; one kind is missing.')
  }
  const weights = normalised(data.weights)
  const { means, deviations } = standardisation(data, weights)
  const size = featureCount + 1
  const rows = standardisedRows(data, means, deviations, signs)
  let solution = new Float64Array(size)
  let loss = lossOf(rows, labels, weights, solution, penalty)
  for (let iteration = 0; iteration < 100; iteration++) {
    const step = newtonStep(rows, labels, weights, solution, penalty, isNonNegative)
    const next = lineSearch(rows, labels, weights, solution, step, penalty, loss)
    const gained = loss - next.loss
    solution = next.solution
    loss = next.loss
    if (gained < 1e-12) break
  }
  return unfold(solution, means, deviations, signs)
}

function normalised(weights: Float64Array): Float64Array {
  let sum = 0
  for (const weight of weights) sum += weight
  return weights.map((weight) => weight / sum)
}

function standardisation(data: HeadData, weights: Float64Array) {
  const { features, featureCount, labels } = data
  const means = new Float64Array(featureCount)
  const deviations = new Float64Array(featureCount)
  for (let k = 0; k < featureCount; k++) {
    for (let i = 0; i < labels.length; i++) means[k] += weights[i] * features[i * featureCount + k]
    for (let i = 0; i < labels.length; i++) {
      deviations[k] += weights[i] * (features[i * featureCount + k] - means[k]) ** 2
    }
    deviations[k] = Math.sqrt(deviations[k]) || 1
  }
  return { means, deviations }
}

/** [examples × (features + 1)], turned to the sign they may have, the last column 1 for the bias. */
function standardisedRows(
  data: HeadData,
  means: Float64Array,
  deviations: Float64Array,
  signs: FitHeadSettings['signs'],
): Float64Array[] {
  const { features, featureCount, labels } = data
  return labels.map((_, i) => {
    const row = new Float64Array(featureCount + 1)
    for (let k = 0; k < featureCount; k++) {
      row[k] = ((signs?.[k] ?? 1) * (features[i * featureCount + k] - means[k])) / deviations[k]
    }
    row[featureCount] = 1
    return row
  })
}

type Labels = readonly (1 | -1)[]

function lossOf(rows: Float64Array[], labels: Labels, weights: Float64Array, w: Float64Array, penalty: number): number {
  let loss = 0
  for (let i = 0; i < rows.length; i++) {
    const margin = labels[i] * dot(rows[i], w)
    loss += weights[i] * (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin)
  }
  for (let k = 0; k < w.length - 1; k++) loss += 0.5 * penalty * w[k] * w[k]
  return loss
}

function newtonStep(
  rows: Float64Array[],
  labels: Labels,
  weights: Float64Array,
  w: Float64Array,
  penalty: number,
  isNonNegative: boolean,
): Float64Array {
  const size = w.length
  const gradient = new Float64Array(size)
  const hessian = Array.from({ length: size }, () => new Float64Array(size))
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]
    const probability = 1 / (1 + Math.exp(-dot(row, w)))
    const error = weights[i] * (probability - (labels[i] === 1 ? 1 : 0))
    const curvature = weights[i] * probability * (1 - probability)
    for (let j = 0; j < size; j++) {
      gradient[j] += error * row[j]
      for (let k = 0; k <= j; k++) hessian[j][k] += curvature * row[j] * row[k]
    }
  }
  for (let k = 0; k < size; k++) {
    const isBias = k === size - 1
    if (!isBias) gradient[k] += penalty * w[k]
    hessian[k][k] += (isBias ? 0 : penalty) + 1e-10
  }
  return isNonNegative ? boundedStep(hessian, gradient, w) : solvePositive(hessian, gradient)
}

/** Halves the step until the loss falls; a convex loss falls for a step short enough. */
function lineSearch(
  rows: Float64Array[],
  labels: Labels,
  weights: Float64Array,
  solution: Float64Array,
  step: Float64Array,
  penalty: number,
  loss: number,
): { solution: Float64Array<ArrayBuffer>; loss: number } {
  for (let share = 1; share > 1e-6; share /= 2) {
    const next = Float64Array.from(solution, (value, k) => value - share * step[k])
    const nextLoss = lossOf(rows, labels, weights, next, penalty)
    if (nextLoss < loss) return { solution: next, loss: nextLoss }
  }
  return { solution: Float64Array.from(solution), loss }
}

/**
 * The step d that minimises the quadratic model −gradient·d + ½ d·H·d with every weight (not the bias) w − d ≥ 0,
 * by cyclic coordinate descent; `lower` holds H's lower triangle.
 */
function boundedStep(lower: Float64Array[], gradient: Float64Array, w: Float64Array): Float64Array {
  const size = gradient.length
  const step = new Float64Array(size)
  for (let sweep = 0; sweep < 2000; sweep++) {
    let moved = 0
    for (let j = 0; j < size; j++) {
      let slope = gradient[j]
      for (let k = 0; k < size; k++) slope -= (k <= j ? lower[j][k] : lower[k][j]) * step[k]
      const wanted = step[j] + slope / lower[j][j]
      const next = j === size - 1 ? wanted : Math.min(wanted, w[j])
      moved = Math.max(moved, Math.abs(next - step[j]))
      step[j] = next
    }
    if (moved < 1e-12) break
  }
  return step
}

function unfold(
  solution: Float64Array,
  means: Float64Array,
  deviations: Float64Array,
  signs: FitHeadSettings['signs'],
): LogisticHead {
  const weights = new Float64Array(means.length)
  let bias = solution[means.length]
  for (let k = 0; k < means.length; k++) {
    weights[k] = ((signs?.[k] ?? 1) * solution[k]) / deviations[k]
    bias -= weights[k] * means[k]
  }
  return { weights, bias }
}

/** Cholesky; `lower` holds the lower triangle of a positive definite matrix and is overwritten. */
function solvePositive(lower: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length
  const x = Float64Array.from(right)
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = lower[j][k]
      for (let i = 0; i < k; i++) sum -= lower[j][i] * lower[k][i]
      lower[j][k] = j === k ? Math.sqrt(Math.max(sum, 1e-300)) : sum / lower[k][k]
    }
    for (let i = 0; i < j; i++) x[j] -= lower[j][i] * x[i]
    x[j] /= lower[j][j]
  }
  for (let j = size - 1; j >= 0; j--) {
    for (let i = j + 1; i < size; i++) x[j] -= lower[i][j] * x[i]
    x[j] /= lower[j][j]
  }
  return x
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
