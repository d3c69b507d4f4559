export type Taper = 'hann' | 'hamming' | 'blackman' | 'flattop' | 'rectangular'

/** Cosine coefficients a₀ − a₁ cos x + a₂ cos 2x − …; flattop as D'Antona & Ferrero 2006 (ISO 18431-2's). */
const coefficients: Readonly<Record<Taper, readonly number[]>> = {
  rectangular: [1],
  hann: [0.5, 0.5],
  hamming: [0.54, 0.46],
  blackman: [0.42, 0.5, 0.08],
  flattop: [0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368],
}

/** Periodic taper w[n] of the DFT's period (scipy.signal.get_window): w[length] = w[0] is left out. One sample weighs 1. */
export function createTaper(taper: Taper, length: number): Float64Array {
  if (length === 1) return Float64Array.of(1)
  const weights = new Float64Array(length)
  for (let n = 0; n < length; n++) {
    let sign = 1
    for (const [k, coefficient] of coefficients[taper].entries()) {
      weights[n] += sign * coefficient * Math.cos((2 * Math.PI * ((k * n) % length)) / length)
      sign = -sign
    }
  }
  return weights
}

/** Mean of the weights: what a sine on a bin is scaled by. NaN for no weights. */
export function coherentGain(weights: Float64Array): number {
  return sumOf(weights) / weights.length
}

/** Equivalent noise bandwidth in bins, N Σw² / (Σw)²: 1 rectangular, 1.5 Hann. NaN for no weights. */
export function noiseBandwidthBins(weights: Float64Array): number {
  let squares = 0
  for (const weight of weights) squares += weight * weight
  return (weights.length * squares) / sumOf(weights) ** 2
}

function sumOf(weights: Float64Array): number {
  let sum = 0
  for (const weight of weights) sum += weight
  return sum
}
