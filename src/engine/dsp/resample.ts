import { AnalyzerError } from '../../shared/errors'
import type { SampleRange } from '../../shared/sample-range'
import { createKernelFilter, type Phases } from './kernels/resample-kernel'
import { kaiser, sinc } from './windowed-sinc'

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
/** Weights of all phases together, about: a few megabytes. Longer filters change more slowly and need fewer phases. */
const weightLimit = 1_000_000
/** Beyond it the filter alone is longer than 64,000 samples: no sensor's rate, but a slip of the keyboard. */
const largestRatio = 1000

/** @throws AnalyzerError bad-request for rates that are not positive numbers, or more than 1000 times the output's rate */
export function createResampler(options: ResamplerOptions): Resampler {
  const { fromHz, toHz } = options
  checkRates(options)
  if (fromHz === toHz) return unchanged
  const ratio = Math.min(1, toHz / fromHz)
  const halfLength = Math.ceil(zeroCrossings / ratio)
  const phases = phasesOf(options, halfLength)
  const { isExact } = phases
  const taps = filterBank(phases.phaseCount, ratio, halfLength)
  const filter = createKernelFilter({ ...phases, taps, tapCount: tapCountOf(halfLength) })
  const step = fromHz / toHz
  const centre = (k: number): number => (isExact ? Math.floor((k * fromHz) / toHz) : Math.floor(k * step))
  const inputRangeFor = (output: SampleRange): SampleRange => ({
    start: centre(output.start) - halfLength,
    end: centre(Math.max(output.start, output.end - 1)) + halfLength + 4,
  })
  return {
    outputCount: (inputCount) => (inputCount === 0 ? 0 : Math.ceil((inputCount * toHz) / fromHz - 1e-9)),
    inputRangeFor,
    apply(input, inputStart, output) {
      const needed = inputRangeFor(output)
      const result = new Float32Array(Math.max(0, output.end - output.start))
      // in parts: the kernel's memory stays small however long the range is
      const partLength = filter.outputsAtOnce
      for (let start = output.start; start < output.end; start += partLength) {
        const part = { start, end: Math.min(start + partLength, output.end) }
        const range = part.start === output.start && part.end === output.end ? needed : inputRangeFor(part)
        const padded = extend(input, inputStart, range)
        filter.run(padded, range.start + halfLength, part, result.subarray(part.start - output.start))
      }
      return result
    },
  }
}

function checkRates({ fromHz, toHz }: ResamplerOptions): void {
  if (fromHz > 0 && toHz > 0 && Number.isFinite(fromHz) && Number.isFinite(toHz) && fromHz <= largestRatio * toHz)
    return
  throw new AnalyzerError(
    'bad-request',
    `A rate of ${fromHz} Hz cannot be brought to ${toHz} Hz; it must be above 0 and at most ${largestRatio * toHz} Hz.`,
    { fromHz, toHz },
  )
}

/** Whole rates whose ratio has small terms have a phase for every output; others go by a table. */
function phasesOf({ fromHz, toHz }: ResamplerOptions, halfLength: number): Phases {
  const tapCount = tapCountOf(halfLength)
  const isWhole = Number.isInteger(fromHz) && Number.isInteger(toHz)
  const divisor = isWhole ? commonDivisor(fromHz, toHz) : 1
  const up = toHz / divisor
  if (isWhole && up <= tablePhases && (up + 1) * tapCount <= weightLimit) {
    return { isExact: true, phaseCount: up, down: fromHz / divisor, step: fromHz / toHz }
  }
  const phaseCount = Math.min(tablePhases, Math.max(1, Math.floor(weightLimit / tapCount)))
  return { isExact: false, phaseCount, down: 0, step: fromHz / toHz }
}

const unchanged: Resampler = {
  outputCount: (inputCount) => inputCount,
  inputRangeFor: (output) => output,
  apply: (input, inputStart, output) => extend(input, inputStart, output).slice(),
}

/** A multiple of 4, as the kernel takes four at a time; what is too many weighs 0. */
function tapCountOf(halfLength: number): number {
  return 2 * halfLength + 4 - ((2 * halfLength) % 4)
}

/**
 * [(phaseCount + 1) × taps]: weight j of a phase is that of input sample centre − halfLength + j. One phase more than
 * asked for, to interpolate towards. Each phase is scaled to a sum of 1: a constant comes out unchanged.
 */
function filterBank(phaseCount: number, ratio: number, halfLength: number): Float64Array {
  const halfWidth = zeroCrossings / ratio // input samples
  const tapCount = tapCountOf(halfLength)
  const taps = new Float64Array((phaseCount + 1) * tapCount)
  for (let phase = 0; phase <= phaseCount; phase++) {
    const weights = taps.subarray(phase * tapCount, (phase + 1) * tapCount)
    let sum = 0
    for (let j = 0; j < tapCount; j++) {
      const distance = j - halfLength - phase / phaseCount
      weights[j] = sinc(distance * ratio * cutoffShare) * kaiser(distance / halfWidth, kaiserBeta)
      sum += weights[j]
    }
    for (let j = 0; j < tapCount; j++) weights[j] /= sum
  }
  return taps
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

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
