import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core'
import type { KernelBackend, KernelFunc, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core'
import { AnalyzerError } from '../../../shared/errors'
import type { ConvGeometry } from './conv2d-backprop'
import { conv2dBackpropFilter, conv2dBackpropInput, toShape4 } from './conv2d-backprop'

interface KernelArguments {
  readonly inputs: NamedTensorInfoMap
  readonly attrs?: NamedAttrMap
  readonly backend: unknown
}

let isRegistered = false

/**
 * Lets the wasm backend train: it has no Conv2DBackpropFilter, and its Conv2DBackpropInput is a naive loop.
 * Safe to call twice. The wasm backend's own kernels must have been registered (imported) before.
 */
export function registerWasmGradients(): void {
  if (isRegistered) return
  isRegistered = true
  registerKernel({ kernelName: 'Conv2DBackpropFilter', backendName: 'wasm', kernelFunc: asKernel(backpropFilter) })
  const stock = getKernel('Conv2DBackpropInput', 'wasm')
  unregisterKernel('Conv2DBackpropInput', 'wasm')
  registerKernel({ ...stock, kernelFunc: asKernel(backpropInput) })
}

function backpropFilter({ inputs, attrs, backend }: KernelArguments) {
  return conv2dBackpropFilter(
    asBackend(backend),
    tensorOf(inputs, 'x'),
    tensorOf(inputs, 'dy'),
    toShape4(numbersOf(attrs?.filterShape)),
    geometryOf(attrs),
  )
}

function backpropInput({ inputs, attrs, backend }: KernelArguments) {
  return conv2dBackpropInput(
    asBackend(backend),
    tensorOf(inputs, 'dy'),
    tensorOf(inputs, 'filter'),
    toShape4(numbersOf(attrs?.inputShape)),
    geometryOf(attrs),
  )
}

function asKernel(kernel: (args: KernelArguments) => ReturnType<typeof conv2dBackpropFilter>): KernelFunc {
  return (args) => kernel(args)
}

function asBackend(backend: unknown): KernelBackend {
  return backend as KernelBackend // tfjs-core hands the backend over as an opaque object
}

function geometryOf(attrs: NamedAttrMap | undefined): ConvGeometry {
  const strides = attrs?.strides
  if (attrs?.dataFormat !== undefined && attrs.dataFormat !== 'NHWC') {
    throw new AnalyzerError('internal', `Gradients on wasm take NHWC, not ${String(attrs.dataFormat)}.`)
  }
  const steps = typeof strides === 'number' ? [strides, strides] : numbersOf(strides)
  return { strides: [steps[0], steps[1]], pad: padOf(attrs?.pad) }
}

function tensorOf(inputs: NamedTensorInfoMap, name: string): TensorInfo {
  const tensor = inputs[name]
  if (tensor === undefined) throw new AnalyzerError('internal', `A gradient kernel was called without ${name}.`)
  return tensor
}

function padOf(pad: unknown): ConvGeometry['pad'] {
  if (pad === 'valid' || pad === 'same' || typeof pad === 'number') return pad
  throw new AnalyzerError('internal', 'Gradients on wasm take the paddings valid, same or a number.')
}

function numbersOf(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : []
}
