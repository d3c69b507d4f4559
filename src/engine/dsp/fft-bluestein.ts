import type { ComplexFft } from './fft'

/**
 * Bluestein's chirp transform (1970): kn = (k² + n² − (k − n)²) / 2 makes a transform of any length a convolution,
 * done by transforms of a power of two ≥ 2N − 1.
 */
export function createBluestein(
  length: number,
  createFft: (length: number) => ComplexFft,
): (real: Float64Array, imaginary: Float64Array) => void {
  const size = 2 ** Math.ceil(Math.log2(2 * length - 1))
  const fft = createFft(size)
  const { cos, sin } = chirpOf(length)
  const filterReal = new Float64Array(size)
  const filterImaginary = new Float64Array(size)
  for (let n = 0; n < length; n++) {
    filterReal[n] = filterReal[(size - n) % size] = cos[n]
    filterImaginary[n] = filterImaginary[(size - n) % size] = sin[n]
  }
  fft.forward(filterReal, filterImaginary)
  const workReal = new Float64Array(size)
  const workImaginary = new Float64Array(size)
  return (real, imaginary) => {
    workReal.fill(0, length)
    workImaginary.fill(0, length)
    multiplyByChirp(real, imaginary, cos, sin, workReal, workImaginary)
    fft.forward(workReal, workImaginary)
    for (let k = 0; k < size; k++) {
      const r = workReal[k]
      const i = workImaginary[k]
      workReal[k] = r * filterReal[k] - i * filterImaginary[k]
      workImaginary[k] = r * filterImaginary[k] + i * filterReal[k]
    }
    fft.inverse(workReal, workImaginary)
    multiplyByChirp(workReal, workImaginary, cos, sin, real, imaginary)
  }
}

/** e^(πi n²/N); n² is taken modulo 2N first, as large angles lose their digits. */
function chirpOf(length: number): { readonly cos: Float64Array; readonly sin: Float64Array } {
  const cos = new Float64Array(length)
  const sin = new Float64Array(length)
  let square = 0 // n² mod 2N
  for (let n = 0; n < length; n++) {
    cos[n] = Math.cos((Math.PI * square) / length)
    sin[n] = Math.sin((Math.PI * square) / length)
    square = (square + 2 * n + 1) % (2 * length)
  }
  return { cos, sin }
}

/** to = from · (cos − i sin), over the chirp's length. */
function multiplyByChirp(
  fromReal: Float64Array,
  fromImaginary: Float64Array,
  cos: Float64Array,
  sin: Float64Array,
  toReal: Float64Array,
  toImaginary: Float64Array,
): void {
  for (let n = 0; n < cos.length; n++) {
    const r = fromReal[n]
    const i = fromImaginary[n]
    toReal[n] = r * cos[n] + i * sin[n]
    toImaginary[n] = i * cos[n] - r * sin[n]
  }
}
