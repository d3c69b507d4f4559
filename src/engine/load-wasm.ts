import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AnalyzerError } from '../shared/errors'
import { findPackageRoot } from './package-root'

/** Memory of a kernel; views taken before `grow` are void after it. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** Memory of a fixed size that several threads may use; passed to a worker as it is. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: object }
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedMemory
}
// neither lib ES2023 nor @types/node 20 declares it, and the engine is compiled without the DOM's types
declare const WebAssembly: WebAssemblyApi

const pageBytes = 65_536
/** Compiled once a process; a module holds no state. */
const compiled = new Map<string, object>()

/** resources/kernels/<layer>.wasm, made by scripts/build-kernels.mjs from the AssemblyScript of that layer. */
export function compileKernels(layer: 'dsp' | 'readers'): object {
  const known = compiled.get(layer)
  if (known) return known
  const path = join(findPackageRoot(), 'resources/kernels', `${layer}.wasm`)
  try {
    const module = new WebAssembly.Module(readFileSync(path))
    compiled.set(layer, module)
    return module
  } catch (cause) {
    throw new AnalyzerError(
      'internal',
      `The kernels could not be loaded from ${path}; "npm run build:kernels" makes them.`,
      { path },
      { cause },
    )
  }
}

/** An instance with memory of its own, or with the one that is given; the caller knows what the layer exports. */
export function startKernels(module: object, memory?: SharedMemory): object {
  return new WebAssembly.Instance(module, memory ? { env: { memory } } : {}).exports
}

export function createSharedMemory(byteCount: number): SharedMemory {
  const pages = Math.ceil(byteCount / pageBytes)
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
}

/** Makes the memory `byteCount` long at least. */
export function growMemory(memory: KernelMemory, byteCount: number): void {
  const missing = byteCount - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes))
}
