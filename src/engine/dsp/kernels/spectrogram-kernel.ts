import { countBins, countFrames, type FrameOptions } from '../frames'
import { createTaper } from '../taper'
import { occupyMemory, type Kernels } from './load-kernels'

/**
 * [frames × (fftLength / 2 + 1)] in float32: one-sided power for factor 0, else factor · ln(power + floor).
 */
export type KernelSpectra = (
  samples: Float32Array,
  options: FrameOptions,
  factor: number,
  floor: number,
) => Float32Array

/** Powers of two from 16 to 65,536. */
export function fitsKernel({ fftLength }: FrameOptions): boolean {
  return fftLength >= 16 && fftLength <= 65_536 && Number.isInteger(Math.log2(fftLength))
}

const partBytes = 128 * 1024 // of samples and of results at once: both with the tables fit a 512 KiB second-level cache

/** Tables of one setting and where everything lies in the kernels' memory (bytes). */
interface Plan {
  readonly options: FrameOptions
  readonly weights: number
  readonly twiddles: number
  readonly work: number
  readonly target: number
  readonly source: number
  /** from frame to frame in the kernels' memory */
  readonly strideSamples: number
  /** overlapping frames share their samples, unless they are zero padded */
  readonly sharesSamples: boolean
  /** a multiple of 4 */
  readonly framesAtOnce: number
  readonly pairScale: number
}

/** Runs the SIMD kernel part by part, and keeps the tables of the last setting. */
export function createKernelSpectra(kernels: Kernels): KernelSpectra {
  let held: Plan | undefined
  return (samples, options, factor, floor) => {
    if (held === undefined || kernels.occupant !== held || !isSame(held.options, options)) {
      held = preparePlan(kernels, options)
    }
    const values = new Float32Array(countFrames(samples.length, options) * countBins(options))
    runPlan(kernels, held, values, samples, factor, floor)
    return values
  }
}

function isSame(a: FrameOptions, b: FrameOptions): boolean {
  return (
    a.frameLength === b.frameLength && a.hopLength === b.hopLength && a.fftLength === b.fftLength && a.taper === b.taper
  )
}

function preparePlan(kernels: Kernels, options: FrameOptions): Plan {
  const { frameLength, hopLength, fftLength, taper } = options
  const tapered = createTaper(taper, frameLength)
  const gain = tapered.reduce((sum, weight) => sum + weight, 0)
  const angles = twiddlesOf(fftLength)
  const sharesSamples = frameLength === fftLength && hopLength <= fftLength
  const strideSamples = sharesSamples ? hopLength : fftLength
  const framesAtOnce = framesOfPart(fftLength, strideSamples)
  const half = fftLength / 2

  const weights = 64
  const twiddles = weights + 4 * fftLength
  const work = roundUp(twiddles + 4 * angles.length)
  const target = roundUp(work + 64 * half + 16 * (half + 1))
  const source = roundUp(target + 4 * framesAtOnce * (half + 1))
  const pairScale = 0.5 / (gain * gain)
  const plan = {
    options,
    weights,
    twiddles,
    work,
    target,
    source,
    strideSamples,
    sharesSamples,
    framesAtOnce,
    pairScale,
  }
  occupyMemory(kernels, source + 4 * ((framesAtOnce - 1) * strideSamples + fftLength), plan)
  const padded = new Float32Array(kernels.memory.buffer, weights, fftLength)
  padded.fill(0)
  padded.set(tapered)
  new Float32Array(kernels.memory.buffer, twiddles, angles.length).set(angles)
  return plan
}

function framesOfPart(fftLength: number, strideSamples: number): number {
  const byTarget = partBytes / (4 * (fftLength / 2 + 1))
  const bySource = (partBytes - 4 * fftLength) / (4 * strideSamples)
  return Math.max(4, 4 * Math.floor(Math.min(byTarget, bySource) / 4))
}

function roundUp(address: number): number {
  return Math.ceil(address / 64) * 64
}

/** In the order that ./assembly/spectrogram.ts reads them. */
function twiddlesOf(fftLength: number): Float64Array {
  const values: number[] = []
  for (let length = fftLength / 2; length >= 4; length /= 4) {
    for (let p = 0; p < length / 4; p++) {
      for (let multiple = 1; multiple <= 3; multiple++) {
        const angle = (2 * Math.PI * multiple * p) / length
        values.push(Math.cos(angle), -Math.sin(angle))
      }
    }
  }
  for (let k = 0; k <= fftLength / 8; k++) {
    const angle = (2 * Math.PI * k) / fftLength
    values.push(Math.cos(angle), Math.sin(angle))
  }
  return Float64Array.from(values)
}

function runPlan(
  kernels: Kernels,
  plan: Plan,
  values: Float32Array,
  samples: Float32Array,
  factor: number,
  floor: number,
): void {
  const { hopLength, fftLength } = plan.options
  const binCount = fftLength / 2 + 1
  const frameCount = values.length / binCount
  const target = new Float32Array(kernels.memory.buffer, plan.target, plan.framesAtOnce * binCount)
  for (let first = 0; first < frameCount; first += plan.framesAtOnce) {
    const count = Math.min(plan.framesAtOnce, frameCount - first)
    loadSamples(kernels, plan, samples, first * hopLength, count)
    kernels.transformFrames(
      plan.source,
      4 * plan.strideSamples,
      4 * Math.ceil(count / 4), // frames past the end are computed from what lies there and not taken
      plan.weights,
      plan.twiddles,
      fftLength / 2,
      plan.work,
      plan.target,
      plan.pairScale,
      factor,
      floor,
    )
    const isWhole = count === plan.framesAtOnce
    values.set(isWhole ? target : target.subarray(0, count * binCount), first * binCount)
  }
}

/** Frames that are zero padded are laid apart, so that what follows a frame (a NaN, say) is not multiplied by 0. */
function loadSamples(kernels: Kernels, plan: Plan, samples: Float32Array, start: number, count: number): void {
  const { frameLength, hopLength, fftLength } = plan.options
  if (plan.sharesSamples) {
    const length = (count - 1) * hopLength + frameLength
    const memory = new Float32Array(kernels.memory.buffer, plan.source, length)
    memory.set(samples.subarray(start, start + length))
    return
  }
  const memory = new Float32Array(kernels.memory.buffer, plan.source, count * fftLength)
  for (let frame = 0; frame < count; frame++) {
    const from = start + frame * hopLength
    memory.set(samples.subarray(from, from + frameLength), frame * fftLength)
    memory.fill(0, frame * fftLength + frameLength, (frame + 1) * fftLength)
  }
}
