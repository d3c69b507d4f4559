import { createBluestein } from './fft-bluestein'
import { cosineTable, factorsOf, sineTable, type Twiddles } from './fft-tables'
import { passOf3, passOf5 } from './fft-odd-passes'
import { passOf, passOf2, passOf4, type ComplexArrays } from './fft-passes'

/** Largest prime factor that is transformed directly; its pass costs its square. Others go by Bluestein. */
const largestDirectPrime = 31

/**
 * Complex discrete Fourier transform of a fixed length, in place on separate real and imaginary parts.
 * X[k] = Σ x[n] e^(−2πi kn/N), unscaled; `inverse` divides by N, so that inverse(forward(x)) = x.
 * Holds its own tables and work arrays: one call at a time.
 */
export interface ComplexFft {
  readonly length: number
  /** Both arrays have `length` values. */
  forward(real: Float64Array, imaginary: Float64Array): void
  inverse(real: Float64Array, imaginary: Float64Array): void
}

/**
 * Any length ≥ 0: Stockham passes of radix 4, 2 and odd primes up to 31 (Van Loan 1992, §1.7), else Bluestein's chirp
 * (1970). Float64; error about 1e-16 · log₂ N of the largest |X|.
 */
export function createFft(length: number): ComplexFft {
  const factors = factorsOf(length)
  const largest = factors[factors.length - 1] ?? 1
  const forward = largest > largestDirectPrime ? createBluestein(length, createFft) : createStockham(length, factors)
  return {
    length,
    forward,
    inverse(real, imaginary) {
      forward(imaginary, real) // exchanging the parts conjugates the exponent
      for (let n = 0; n < length; n++) {
        real[n] /= length
        imaginary[n] /= length
      }
    },
  }
}

/**
 * Transform of real samples: bins 0 … ⌊N/2⌋ of the unscaled X[k] (the others are their conjugates).
 * Samples may be Float32 or Float64; sums are float64.
 */
export interface RealFft {
  readonly length: number
  /** ⌊length / 2⌋ + 1 */
  readonly binCount: number
  forward(samples: Float32Array | Float64Array, real: Float64Array, imaginary: Float64Array): void
  /** The imaginary parts of DC and (even length) Nyquist count as 0. Leaves `real` and `imaginary` as they are. */
  inverse(real: Float64Array, imaginary: Float64Array, samples: Float32Array | Float64Array): void
}

export function createRealFft(length: number): RealFft {
  return length % 2 === 0 && length > 0 ? createEvenRealFft(length) : createOddRealFft(length)
}

const passes = new Map([
  [2, passOf2],
  [3, passOf3],
  [4, passOf4],
  [5, passOf5],
])

function createStockham(
  length: number,
  factors: readonly number[],
): (real: Float64Array, imaginary: Float64Array) => void {
  const radices = radicesOf(factors)
  const twiddles: Twiddles = { cos: cosineTable(length), sin: sineTable(length) }
  const workReal = new Float64Array(length)
  const workImaginary = new Float64Array(length)
  return (real, imaginary) => {
    let from: ComplexArrays = { real, imaginary }
    let to: ComplexArrays = { real: workReal, imaginary: workImaginary }
    let stride = 1
    for (const radix of radices) {
      const part = length / stride
      const pass = passes.get(radix)
      if (pass === undefined) passOf(radix, from, to, part, stride, twiddles)
      else pass(from, to, part, stride, twiddles)
      stride *= radix
      ;[from, to] = [to, from]
    }
    if (from.real === real) return
    real.set(from.real)
    imaginary.set(from.imaginary)
  }
}

/** Pairs of 2 become 4: a quarter fewer passes over memory. */
function radicesOf(factors: readonly number[]): number[] {
  const twos = factors.filter((factor) => factor === 2).length
  const radices = new Array<number>(twos >> 1).fill(4)
  if (twos % 2 === 1) radices.push(2)
  return [...radices, ...factors.filter((factor) => factor !== 2)]
}

/** Even samples as real, odd ones as imaginary parts of a transform of half the length, then taken apart. */
function createEvenRealFft(length: number): RealFft {
  const half = length / 2
  const fft = createFft(half)
  const cos = cosineTable(length)
  const sin = sineTable(length)
  const zr = new Float64Array(half)
  const zi = new Float64Array(half)
  return {
    length,
    binCount: half + 1,
    forward(samples, real, imaginary) {
      for (let n = 0; n < half; n++) {
        zr[n] = samples[2 * n]
        zi[n] = samples[2 * n + 1]
      }
      fft.forward(zr, zi)
      for (let k = 0; k <= half; k++) {
        const a = k === half ? 0 : k
        const b = k === 0 ? 0 : half - k
        const evenReal = (zr[a] + zr[b]) / 2
        const evenImaginary = (zi[a] - zi[b]) / 2
        const oddReal = (zi[a] + zi[b]) / 2
        const oddImaginary = (zr[b] - zr[a]) / 2
        real[k] = evenReal + cos[k] * oddReal + sin[k] * oddImaginary
        imaginary[k] = evenImaginary + cos[k] * oddImaginary - sin[k] * oddReal
      }
    },
    inverse(real, imaginary, samples) {
      for (let k = 0; k < half; k++) {
        const mirror = half - k
        const ownImaginary = k === 0 ? 0 : imaginary[k]
        const mirrorImaginary = k === 0 ? 0 : imaginary[mirror]
        const evenReal = (real[k] + real[mirror]) / 2
        const evenImaginary = (ownImaginary - mirrorImaginary) / 2
        const differenceReal = (real[k] - real[mirror]) / 2
        const differenceImaginary = (ownImaginary + mirrorImaginary) / 2
        const oddReal = cos[k] * differenceReal - sin[k] * differenceImaginary
        const oddImaginary = cos[k] * differenceImaginary + sin[k] * differenceReal
        zr[k] = evenReal - oddImaginary
        zi[k] = evenImaginary + oddReal
      }
      fft.inverse(zr, zi)
      for (let n = 0; n < half; n++) {
        samples[2 * n] = zr[n]
        samples[2 * n + 1] = zi[n]
      }
    },
  }
}

function createOddRealFft(length: number): RealFft {
  const fft = createFft(length)
  const binCount = length === 0 ? 0 : (length - 1) / 2 + 1
  const zr = new Float64Array(length)
  const zi = new Float64Array(length)
  return {
    length,
    binCount,
    forward(samples, real, imaginary) {
      for (let n = 0; n < length; n++) zr[n] = samples[n]
      zi.fill(0)
      fft.forward(zr, zi)
      for (let k = 0; k < binCount; k++) {
        real[k] = zr[k]
        imaginary[k] = zi[k]
      }
    },
    inverse(real, imaginary, samples) {
      zr[0] = real[0]
      zi[0] = 0
      for (let k = 1; k < binCount; k++) {
        zr[k] = zr[length - k] = real[k]
        zi[k] = imaginary[k]
        zi[length - k] = -imaginary[k]
      }
      fft.inverse(zr, zi)
      for (let n = 0; n < length; n++) samples[n] = zr[n]
    },
  }
}
