import type { CardSpectrogram } from '../../shared/model-card'
import type { FrameOptions } from '../dsp/frames'
import { highPassTaps } from '../dsp/high-pass'
import { createConvolution } from '../dsp/kernels/convolve-kernel'
import { loadKernels } from '../dsp/kernels/load-kernels'
import { fillLevels } from '../dsp/kernels/pointwise-kernel'
import type { ConditionedSignal } from '../dsp/conditioned-signal'
import type { NetworkGeometry } from './geometry'
import { inputLengthOf } from './geometry'

/** One-sided power of each frame, [frames × (fftLength / 2 + 1)], whole frames only. */
export type PowerFrames = (samples: Float32Array, settings: FrameOptions) => Float32Array

/** What the network is given for a run of map steps, and which of these steps saw nothing but measured samples. */
export interface ChunkInput {
  /** [inputLength × inputBins × inputCount] */
  readonly values: Float32Array
  readonly inputLength: number
  /** 1 = every sample of the step's receptive field is a finite number */
  readonly isMeasured: Uint8Array
}

/** A conditioned signal cut into what the network sees. Positions are map steps; ranges agree however they are cut. */
export interface NetworkInput {
  /** steps of the map over the whole signal; 0 = shorter than the receptive field */
  readonly stepCount: number
  /** samples at the model's rate */
  readonly stepSamples: number
  /** samples at the model's rate */
  readonly receptiveFieldSamples: number
  /** Input of the steps [firstStep, firstStep + stepCount). */
  read(firstStep: number, stepCount: number): Promise<ChunkInput>
}

interface Grid {
  readonly stepCount: number
  readonly stepSamples: number
  readonly receptiveFieldSamples: number
}

/** 1D: the samples themselves. */
export function waveformInput(signal: ConditionedSignal, geometry: NetworkGeometry): NetworkInput {
  const grid = gridOf(signal, geometry.totalStride, geometry.receptiveField)
  return {
    ...grid,
    read: async (firstStep, stepCount) => {
      const { values, isMeasured } = await readSteps(signal, grid, firstStep, stepCount)
      return { values, inputLength: inputLengthOf(geometry, stepCount), isMeasured }
    },
  }
}

/**
 * 2D: ln(power + floor) of the card's bins; frame i is cut from the high-passed samples
 * [i · hop, i · hop + frameLength + taps − 1).
 */
export function spectrogramInput(
  signal: ConditionedSignal,
  geometry: NetworkGeometry,
  settings: CardSpectrogram,
  powerFrames: PowerFrames,
): NetworkInput {
  const { hopLength, frameLength } = settings
  const { highPass } = settings
  const taps = highPass === null ? undefined : highPassTaps(highPass, signal.sampleRateHz)
  const fieldSamples = (geometry.receptiveField - 1) * hopLength + frameLength + (taps?.length ?? 1) - 1
  const grid = gridOf(signal, geometry.totalStride * hopLength, fieldSamples)
  const kernels = loadKernels()
  const filter = taps && createConvolution(kernels, taps)
  return {
    ...grid,
    read: async (firstStep, stepCount) => {
      const { values: samples, isMeasured } = await readSteps(signal, grid, firstStep, stepCount)
      const inputLength = inputLengthOf(geometry, stepCount)
      const values = new Float32Array(inputLength * settings.binCount * signal.inputCount)
      for (let input = 0; input < signal.inputCount; input++) {
        const view = viewOf(samples, input, signal.inputCount)
        const power = powerFrames(filter ? filter(view) : view, settings)
        fillLevels(kernels, power, power, settings.floor)
        takeBins(values, power, input, signal.inputCount, settings)
      }
      return { values, inputLength, isMeasured }
    },
  }
}

function gridOf(signal: ConditionedSignal, stepSamples: number, receptiveFieldSamples: number): Grid {
  const stepCount = Math.max(0, Math.floor((signal.sampleCount - receptiveFieldSamples) / stepSamples) + 1)
  return { stepCount, stepSamples, receptiveFieldSamples }
}

/** Samples of the steps' receptive fields with 0 for what is not a finite number, and the steps that hold none such. */
async function readSteps(
  signal: ConditionedSignal,
  grid: Grid,
  firstStep: number,
  stepCount: number,
): Promise<{ values: Float32Array; isMeasured: Uint8Array }> {
  const { stepSamples, receptiveFieldSamples } = grid
  const start = firstStep * stepSamples
  const end = start + (stepCount - 1) * stepSamples + receptiveFieldSamples
  const values = await signal.read({ start, end })
  const isMeasured = new Uint8Array(stepCount).fill(1)
  let copy: Float32Array | undefined
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue
    copy ??= Float32Array.from(values) // the signal may hand out its own memory
    copy[i] = 0
    const sample = Math.floor(i / signal.inputCount)
    const first = Math.max(0, Math.ceil((sample - receptiveFieldSamples + 1) / stepSamples))
    const last = Math.min(stepCount - 1, Math.floor(sample / stepSamples))
    for (let step = first; step <= last; step++) isMeasured[step] = 0
  }
  return { values: copy ?? values, isMeasured }
}

function viewOf(samples: Float32Array, input: number, inputCount: number): Float32Array {
  if (inputCount === 1) return samples
  const view = new Float32Array(samples.length / inputCount)
  for (let i = 0; i < view.length; i++) view[i] = samples[i * inputCount + input]
  return view
}

/** Levels of the card's bins of each frame, as value `input` of `inputCount`. */
function takeBins(
  values: Float32Array,
  levels: Float32Array,
  input: number,
  inputCount: number,
  { binCount, firstBin, fftLength }: CardSpectrogram,
): void {
  const levelBins = fftLength / 2 + 1
  if (inputCount === 1 && levelBins === binCount) {
    values.set(levels.subarray(0, values.length))
    return
  }
  const frameCount = values.length / (binCount * inputCount)
  for (let frame = 0; frame < frameCount; frame++) {
    const from = frame * levelBins + firstBin
    const to = frame * binCount
    for (let bin = 0; bin < binCount; bin++) values[(to + bin) * inputCount + input] = levels[from + bin]
  }
}
