import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AnalyzerError } from '../shared/errors'
import { findPackageRoot } from './package-root'

/** Memory of a kernel; views taken before `grow` are void after it. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: object }
}
// neither lib ES2023 nor @types/node 20 declares it, and the engine is compiled without the DOM's types
declare const WebAssembly: WebAssemblyApi

const pageBytes = 65_536

/** resources/kernels/<layer>.wasm, made by scripts/build-kernels.mjs from the AssemblyScript of that layer. */
export function compileKernels(layer: 'dsp' | 'readers'): object {
  const path = join(findPackageRoot(), 'resources/kernels', `${layer}.wasm`)
  try {
    return new WebAssembly.Module(readFileSync(path))
  } catch (cause) {
    throw new AnalyzerError(
      'internal',
      `The kernels could not be loaded from ${path}; "npm run build:kernels" makes them.`,
      { path },
      { cause },
    )
  }
}

/** An instance with memory of its own; the caller knows what the layer exports. */
export function startKernels(module: object): object {
  return new WebAssembly.Instance(module, {}).exports
}

/** Makes the memory `byteCount` long at least; true when it had to grow. */
export function growMemory(memory: KernelMemory, byteCount: number): boolean {
  const missing = byteCount - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes))
  return missing > 0
}
