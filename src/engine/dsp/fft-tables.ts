import { AnalyzerError } from '../../shared/errors'

/** cos and sin of 2πk/N for k = 0 … N − 1. */
export interface Twiddles {
  readonly cos: Float64Array
  readonly sin: Float64Array
}

/** 2²⁸ complex values are 4 GB: beyond it nothing sensible is asked for, and k² stays exact below 2⁵³. */
const lengthLimit = 2 ** 28

/** Prime factors in rising order; [] for 0 and 1. @throws AnalyzerError bad-request for what is not a length */
export function factorsOf(length: number): number[] {
  if (!Number.isInteger(length) || length < 0 || length > lengthLimit) {
    throw new AnalyzerError('bad-request', `A transform has ${length} samples; it needs 0 to ${lengthLimit}.`, {
      length,
    })
  }
  const factors: number[] = []
  let rest = length
  for (let prime = 2; prime * prime <= rest; prime++) {
    while (rest % prime === 0) {
      factors.push(prime)
      rest /= prime
    }
  }
  if (rest > 1) factors.push(rest)
  return factors
}

export function cosineTable(length: number): Float64Array {
  const table = new Float64Array(length)
  for (let k = 0; k < length; k++) table[k] = unitCosine(k, length)
  return table
}

export function sineTable(length: number): Float64Array {
  const table = new Float64Array(length)
  for (let k = 0; k < length; k++) table[k] = unitSine(k, length)
  return table
}

/** cos(2πk/N), exact at multiples of a quarter turn; `k` in [0, N]. */
function unitCosine(k: number, length: number): number {
  return unitSine((4 * k + length) % (4 * length), 4 * length)
}

/** sin(2πk/N) from the first quarter turn: tables are symmetric to the last bit. */
function unitSine(k: number, length: number): number {
  if (2 * k > length) return -unitSine(length - k, length)
  const folded = 4 * k > length ? length / 2 - k : k
  return 8 * folded > length
    ? Math.cos((2 * Math.PI * (length / 4 - folded)) / length)
    : Math.sin((2 * Math.PI * folded) / length)
}
