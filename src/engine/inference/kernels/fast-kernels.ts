import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core'
import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { loadKernels, type Kernels } from '../../dsp/kernels/load-kernels'
import { fillLog1p } from '../../dsp/kernels/pointwise-kernel'

/**
 * Three kernels of the wasm backend (4.22.0) that are slow where our networks need them, replaced by the same mathematics;
 * everything else goes to the stock kernel. Measured in bench/cases/one-pass.ts.
 */
type KernelArguments = Parameters<KernelFunc>[0]
type StockKernel = ReturnType<typeof getKernel>
type KernelMaker = (args: KernelArguments, stock: StockKernel) => ReturnType<KernelFunc>

/** Rows shorter than this are joined element by element; the stock kernel makes two views for each (300 ns). */
const shortRow = 64
/** Outputs computed side by side: the width of XNNPACK's tiles in wasm. */
const phaseCount = 8
const leastTaps = 8
const leastOutputs = 64

let isRegistered = false

/** Call once the wasm backend's own kernels are registered (imported); repeating is harmless. */
export function registerFastKernels(): void {
  if (isRegistered) return
  isRegistered = true
  replace('Concat', concat)
  replace('Conv2D', conv2d)
  replace('Log1p', createLog1p())
}

function replace(kernelName: string, make: KernelMaker): void {
  const stock = getKernel(kernelName, 'wasm')
  unregisterKernel(kernelName, 'wasm')
  registerKernel({ ...stock, kernelFunc: (args) => make(args, stock) })
}

function concat(args: KernelArguments, stock: StockKernel): ReturnType<KernelFunc> {
  const inputs = Object.values(args.inputs).filter((input) => input !== undefined)
  const axis = axisOf(args.attrs, inputs[0].shape.length)
  const widths = inputs.map(({ shape }) => sizeOf(shape.slice(axis)))
  const isSlow =
    widths.every((width) => width > 0 && width < shortRow) && inputs.every(({ dtype }) => dtype === 'float32')
  if (!isSlow || inputs.length < 2) return stock.kernelFunc(args)
  const backend = backendOf(args)
  const shape = [...inputs[0].shape]
  shape[axis] = inputs.reduce((sum, input) => sum + input.shape[axis], 0)
  const output = backend.makeOutput(shape, 'float32')
  const rowWidth = widths.reduce((sum, width) => sum + width, 0)
  const target = backend.typedArrayFromHeap(output)
  let first = 0
  for (const [index, input] of inputs.entries()) {
    interleave(backend.typedArrayFromHeap(input), widths[index], target, rowWidth, first)
    first += widths[index]
  }
  return output
}

type HeapArray = ReturnType<BackendWasm['typedArrayFromHeap']>

function interleave(source: HeapArray, width: number, target: HeapArray, rowWidth: number, first: number): void {
  if (width === 1) {
    for (let i = 0, to = first; i < source.length; i++, to += rowWidth) target[to] = source[i]
    return
  }
  for (let from = 0, row = first; from < source.length; from += width, row += rowWidth) {
    for (let k = 0; k < width; k++) target[row + k] = source[from + k]
  }
}

/**
 * A filter over one input channel, y[n] = Σ_t h[t] · x[n + t], leaves XNNPACK's tiles (many channels in, many out) almost
 * empty. Eight neighbouring outputs become channels instead: x as rows of eight, and h as the block
 * H[m][q][p] = h[8m + q − p] (polyphase form), which is again a convolution, with full tiles.
 */
function conv2d(args: KernelArguments, stock: StockKernel): ReturnType<KernelFunc> {
  const { x, filter } = args.inputs
  if (x === undefined || filter === undefined || !isFilter(x, filter, args.attrs)) return stock.kernelFunc(args)
  const backend = backendOf(args)
  const [batch, , length] = x.shape
  const [, taps, , channels] = filter.shape
  const outputLength = length - taps + 1
  const blocks = Math.ceil(outputLength / phaseCount)
  const depth = Math.ceil((taps + phaseCount - 1) / phaseCount)
  const rowLength = (blocks + depth - 1) * phaseCount
  const rows = backend.makeOutput([batch, 1, rowLength / phaseCount, phaseCount], 'float32')
  const block = backend.makeOutput([1, depth, phaseCount, phaseCount * channels], 'float32')
  const output = backend.makeOutput([batch, 1, outputLength, channels], 'float32')
  // views of the heap after the last allocation that may move it
  padRows(backend.typedArrayFromHeap(x), length, backend.typedArrayFromHeap(rows), rowLength)
  fillBlock(backend.typedArrayFromHeap(filter), taps, channels, backend.typedArrayFromHeap(block))
  const made = stock.kernelFunc({ ...args, inputs: { x: rows, filter: block } })
  const phases = Array.isArray(made) ? made[0] : made
  const from = backend.typedArrayFromHeap(phases)
  const to = backend.typedArrayFromHeap(output)
  const rowSize = blocks * phaseCount * channels
  for (let b = 0; b < batch; b++) {
    to.set(from.subarray(b * rowSize, b * rowSize + outputLength * channels), b * outputLength * channels)
  }
  for (const { dataId } of [rows, block, phases]) backend.disposeData(dataId)
  return output
}

function isFilter(x: TensorInfo, filter: TensorInfo, attrs: NamedAttrMap | undefined): boolean {
  const [height, taps, inCount, outCount] = filter.shape
  const isOnes = (value: unknown): boolean => (Array.isArray(value) ? value.every((one) => one === 1) : value === 1)
  const isPlain =
    attrs?.pad === 'valid' && isOnes(attrs.strides) && isOnes(attrs.dilations) && attrs.dataFormat !== 'NCHW'
  const isNarrow = x.shape[1] === 1 && height === 1 && inCount === 1 && outCount <= phaseCount
  return isPlain && isNarrow && taps >= leastTaps && x.shape[2] - taps >= leastOutputs
}

function padRows(source: HeapArray, length: number, target: HeapArray, rowLength: number): void {
  target.fill(0)
  for (let from = 0, to = 0; from < source.length; from += length, to += rowLength) {
    target.set(source.subarray(from, from + length), to)
  }
}

function fillBlock(filter: HeapArray, taps: number, channels: number, block: HeapArray): void {
  block.fill(0)
  for (let phase = 0; phase < phaseCount; phase++) {
    for (let tap = 0; tap < taps; tap++) {
      const to = ((tap + phase) * phaseCount + phase) * channels
      for (let c = 0; c < channels; c++) block[to + c] = filter[tap * channels + c]
    }
  }
}

/** Four values at a time; the stock kernel calls the C library's log1p for each element. */
function createLog1p(): KernelMaker {
  let kernels: Kernels | undefined
  return (args, stock) => {
    const { x } = args.inputs
    if (x === undefined || x.dtype !== 'float32') return stock.kernelFunc(args)
    kernels ??= loadKernels()
    const backend = backendOf(args)
    const output = backend.makeOutput(x.shape, 'float32')
    fillLog1p(kernels, heapFloats(backend, x), heapFloats(backend, output))
    return output
  }
}

function heapFloats(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array // of a float32 tensor
}

function axisOf(attrs: NamedAttrMap | undefined, rank: number): number {
  const axis = Number(attrs?.axis ?? 0)
  return axis < 0 ? axis + rank : axis
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

function backendOf({ backend }: KernelArguments): BackendWasm {
  return backend as BackendWasm // tfjs-core hands the backend over as an opaque object; these kernels are wasm's
}
