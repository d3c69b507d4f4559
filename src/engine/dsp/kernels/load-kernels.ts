import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AnalyzerError } from '../../../shared/errors'
import { findPackageRoot } from '../../package-root'

/** What resources/kernels/dsp.wasm exports; sources and exact meaning in ./assembly. Addresses are bytes. */
export interface Kernels extends KernelExports {
  /** Whose tables lie in the memory: users share an instance, and who finds another's writes his own again. */
  occupant: object | undefined
}

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
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

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: object }
}
// neither lib ES2023 nor @types/node 20 declares it, and the engine is compiled without the DOM's types
declare const WebAssembly: WebAssemblyApi

export function loadKernels(): Kernels {
  const path = join(findPackageRoot(), 'resources/kernels/dsp.wasm')
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), {})
    return { ...(exports as KernelExports), occupant: undefined } // our own file
  } catch (cause) {
    throw new AnalyzerError(
      'internal',
      `The signal processing kernels could not be loaded from ${path}; "npm run build:kernels" makes them.`,
      { path },
      { cause },
    )
  }
}

/**
 * Makes the memory `byteCount` long at least and gives it to `occupant`, from byte 64 on (the module has no data of its
 * own). Views taken before are void.
 */
export function occupyMemory(kernels: Kernels, byteCount: number, occupant: object): void {
  const { memory } = kernels
  kernels.occupant = occupant
  const missing = byteCount - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536))
}
