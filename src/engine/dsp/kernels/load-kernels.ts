import { compileKernels, growMemory, startKernels, type KernelMemory } from '../../load-wasm'

/** What resources/kernels/dsp.wasm exports; sources and exact meaning in ./assembly. Addresses are bytes. */
export interface Kernels extends KernelExports {
  /** Whose tables lie in the memory: users share an instance, and who finds another's writes his own again. */
  occupant: object | undefined
}

interface KernelExports {
  readonly memory: KernelMemory
  transformFrames(
    source: number,
    strideBytes: number,
    frameCount: number,
    weights: number,
    twiddles: number,
    half: number,
    work: number,
    target: number,
    pairScale: number,
    levelScale: number,
    floor: number,
  ): void
  resampleByPhases(
    input: number,
    output: number,
    count: number,
    taps: number,
    tapCount: number,
    firstPhase: number,
    up: number,
    down: number,
  ): void
  resampleBetweenPhases(
    input: number,
    output: number,
    count: number,
    taps: number,
    tapCount: number,
    phaseCount: number,
    first: number,
    step: number,
    origin: number,
  ): void
  convolve(samples: number, wide: number, output: number, blockCount: number, taps: number, tapCount: number): void
  toLevels(values: number, count: number, scale: number, floor: number): void
  toLog1p(values: number, count: number): void
  minMaxBlocks(samples: number, minima: number, maxima: number, blockCount: number, blockLength: number): void
  minMaxPairs(
    fromMinima: number,
    fromMaxima: number,
    minima: number,
    maxima: number,
    blockCount: number,
    blockLength: number,
  ): void
}

export function loadKernels(): Kernels {
  return { ...(startKernels(compileKernels('dsp')) as KernelExports), occupant: undefined } // our own file
}

/**
 * Makes the memory `byteCount` long at least and gives it to `occupant`, from byte 64 on (the module has no data of its
 * own). Views taken before are void.
 */
export function occupyMemory(kernels: Kernels, byteCount: number, occupant: object): void {
  kernels.occupant = occupant
  growMemory(kernels.memory, byteCount)
}
