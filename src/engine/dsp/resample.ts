import type { SampleRange } from '../../shared/sample-range'

export interface ResamplerOptions {
  readonly fromHz: number
  readonly toHz: number
}

/**
 * Sample-rate conversion by a polyphase windowed sinc (Kaiser β = 8: stop band −80 dB; −6 dB at 0.92 of the lower
 * Nyquist frequency, 32 zero crossings each side). Output sample k stands at time k / toHz exactly: no delay.
 * Any output range can be computed on its own and gives the same numbers. Outside the input the first and last sample
 * go on (a sensor's DC must not ring); NaN spreads over the filter's length.
 */
export interface Resampler {
  /** Output samples of an input of `inputCount`: all k with k / toHz < inputCount / fromHz. */
  outputCount(inputCount: number): number
  /** Input samples that the output range depends on; may reach outside the input. */
  inputRangeFor(output: SampleRange): SampleRange
  /** `input` begins at input sample `inputStart`; samples that it lacks are taken as its first or last one. */
  apply(input: Float32Array, inputStart: number, output: SampleRange): Float32Array
}

const kaiserBeta = 8
const zeroCrossings = 32
const cutoffShare = 0.92
/** Ratios of larger terms are taken to the nearest of this many phases, linear in between. */
const tablePhases = 1024

export function createResampler(options: ResamplerOptions): Resampler {
  const { fromHz, toHz } = options
  if (fromHz === toHz) return unchanged
  const divisor = commonDivisor(fromHz, toHz)
  const phaseCount = toHz / divisor
  const isExact = Number.isInteger(fromHz) && Number.isInteger(toHz) && phaseCount <= tablePhases
  const bank = filterBank(isExact ? phaseCount : tablePhases, Math.min(1, toHz / fromHz))
  const step = fromHz / toHz
  const centre = (k: number): number => (isExact ? Math.floor((k * fromHz) / toHz) : Math.floor(k * step))
  const inputRangeFor = (output: SampleRange): SampleRange => ({
    start: centre(output.start) - bank.halfLength,
    end: centre(Math.max(output.start, output.end - 1)) + bank.halfLength + 4,
  })
  return {
    outputCount: (inputCount) => (inputCount === 0 ? 0 : Math.ceil((inputCount * toHz) / fromHz - 1e-9)),
    inputRangeFor,
    apply(input, inputStart, output) {
      const needed = inputRangeFor(output)
      const padded = extend(input, inputStart, needed)
      const result = new Float32Array(Math.max(0, output.end - output.start))
      for (let i = 0; i < result.length; i++) {
        const k = output.start + i
        const middle = centre(k)
        const first = middle - bank.halfLength - needed.start
        if (isExact) {
          const phase = Math.round(((k * fromHz) % toHz) / divisor)
          result[i] = dot(padded, first, bank.taps[phase])
        } else {
          const position = (k * step - middle) * tablePhases
          const phase = Math.min(tablePhases - 1, Math.floor(position))
          const fraction = position - phase
          const lower = dot(padded, first, bank.taps[phase])
          result[i] = lower + (dot(padded, first, bank.taps[phase + 1]) - lower) * fraction
        }
      }
      return result
    },
  }
}

const unchanged: Resampler = {
  outputCount: (inputCount) => inputCount,
  inputRangeFor: (output) => output,
  apply: (input, inputStart, output) => extend(input, inputStart, output).slice(),
}

interface FilterBank {
  /** taps[phase][j] weighs input sample centre − halfLength + j; one phase more than asked for, for interpolation. */
  readonly taps: readonly Float64Array[]
  readonly halfLength: number
}

/** Each phase is scaled to a sum of 1: a constant comes out unchanged. */
function filterBank(phaseCount: number, ratio: number): FilterBank {
  const halfWidth = zeroCrossings / ratio // input samples
  const halfLength = Math.ceil(halfWidth)
  const taps: Float64Array[] = []
  for (let phase = 0; phase <= phaseCount; phase++) {
    const weights = new Float64Array(2 * halfLength + 4 - ((2 * halfLength) % 4))
    let sum = 0
    for (let j = 0; j < weights.length; j++) {
      const distance = j - halfLength - phase / phaseCount
      weights[j] = sinc(distance * ratio * cutoffShare) * kaiser(distance / halfWidth)
      sum += weights[j]
    }
    taps.push(weights.map((weight) => weight / sum))
  }
  return { taps, halfLength }
}

/** Four sums side by side: the additions do not wait for each other. `weights` has a multiple of four taps. */
function dot(samples: Float32Array, first: number, weights: Float64Array): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let j = 0; j < weights.length; j += 4) {
    a += samples[first + j] * weights[j]
    b += samples[first + j + 1] * weights[j + 1]
    c += samples[first + j + 2] * weights[j + 2]
    d += samples[first + j + 3] * weights[j + 3]
  }
  return a + b + (c + d)
}

/** `input` (which begins at `inputStart`) cut or extended to `range` by its first and last sample. */
function extend(input: Float32Array, inputStart: number, range: SampleRange): Float32Array {
  const length = Math.max(0, range.end - range.start)
  if (range.start >= inputStart && range.end <= inputStart + input.length) {
    return input.subarray(range.start - inputStart, range.start - inputStart + length)
  }
  const extended = new Float32Array(length)
  if (input.length === 0) return extended.fill(Number.NaN)
  const offset = inputStart - range.start
  extended.fill(input[0], 0, Math.max(0, Math.min(length, offset)))
  extended.fill(input[input.length - 1], Math.max(0, Math.min(length, offset + input.length)))
  const from = Math.max(0, -offset)
  const to = Math.min(input.length, length - offset)
  if (to > from) extended.set(input.subarray(from, to), Math.max(0, offset))
  return extended
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

/** Kaiser window at x in [−1, 1]; 0 outside. */
function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : besselI0(kaiserBeta * Math.sqrt(1 - x * x)) / besselI0(kaiserBeta)
}

/** Modified Bessel function of the first kind, order 0, by its power series (Abramowitz & Stegun 9.6.12). */
function besselI0(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
