/**
 * Class activation maps as Zhou et al. 2016 define them (arXiv:1512.04150), never stretched or clipped, on plain arrays:
 * the reference for what the networks compute inside their graph.
 */

/** g_k = mean of f_k over positions. @param features [positions × K] @returns [K]; NaN without positions */
export function globalAverages(features: Float32Array, featureCount: number): Float64Array {
  const sums = new Float64Array(featureCount)
  for (let i = 0; i < features.length; i++) sums[i % featureCount] += features[i]
  const positions = features.length / featureCount
  return sums.map((sum) => sum / positions)
}

/** Confidence score S_n = Σ_k W[n,k] · g_k + b_n. @param weights row n of W [K] */
export function confidenceScore(pooled: ArrayLike<number>, weights: ArrayLike<number>, bias: number): number {
  let sum = bias
  for (let k = 0; k < weights.length; k++) sum += weights[k] * pooled[k]
  return sum
}

/**
 * CAM_n(position) = Σ_k W[n,k] · f_k(position), without bias: mean(CAM_n) + b_n = S_n.
 * @param features [positions × K] @param weights row n of W [K] @returns [positions], logit units
 */
export function classActivationMap(features: Float32Array, weights: ArrayLike<number>): Float32Array {
  const featureCount = weights.length
  const map = new Float32Array(features.length / featureCount)
  for (let position = 0; position < map.length; position++) {
    let sum = 0
    for (let k = 0; k < featureCount; k++) sum += weights[k] * features[position * featureCount + k]
    map[position] = sum
  }
  return map
}

/**
 * e(position) = (CAM_fault + b_fault) − (CAM_healthy + b_healthy), signed, in logit units: the mean over a segment is its
 * logit. Red pushes to fault, blue to healthy.
 */
export function evidenceMap(
  healthy: { readonly map: Float32Array; readonly bias: number },
  fault: { readonly map: Float32Array; readonly bias: number },
): Float32Array {
  return fault.map.map((value, i) => value + fault.bias - (healthy.map[i] + healthy.bias))
}
