import { getKernel } from '@tensorflow/tfjs-core'
import type { KernelBackend, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core'

/**
 * Calls of stock wasm kernels from inside a kernel of ours. Every result is owned by this object until `release`;
 * only what `keep` names survives. Without that, one handle a step leaks.
 */
export class KernelCalls {
  private readonly made = new Set<TensorInfo['dataId']>()
  private readonly backend: KernelBackend

  constructor(backend: KernelBackend) {
    this.backend = backend
  }

  pad(x: TensorInfo, paddings: readonly (readonly [number, number])[]): TensorInfo {
    if (paddings.every(([before, after]) => before === 0 && after === 0)) return x
    return this.call('PadV2', { x }, { paddings: paddings.map((pair) => [...pair]), constantValue: 0 })
  }

  transpose(x: TensorInfo, perm: readonly number[]): TensorInfo {
    return this.call('Transpose', { x }, { perm: [...perm] })
  }

  reverse(x: TensorInfo, dims: readonly number[]): TensorInfo {
    return this.call('Reverse', { x }, { dims: [...dims] })
  }

  slice(x: TensorInfo, begin: readonly number[], size: readonly number[]): TensorInfo {
    if (size.every((length, axis) => length === x.shape[axis] && begin[axis] === 0)) return x
    return this.call('Slice', { x }, { begin: [...begin], size: [...size] })
  }

  /** 'valid', NHWC, stride 1. */
  conv2d(x: TensorInfo, filter: TensorInfo, dilations: readonly [number, number]): TensorInfo {
    const attrs = { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations: [...dilations] }
    return this.call('Conv2D', { x, filter }, attrs)
  }

  /** The same numbers under another shape; no copy, no new handle. */
  reshape(x: TensorInfo, shape: readonly number[]): TensorInfo {
    return { dataId: x.dataId, dtype: x.dtype, shape: [...shape] }
  }

  /** Frees everything that was made but `result`. */
  release(result: TensorInfo | undefined): void {
    for (const dataId of this.made) {
      if (dataId !== result?.dataId) this.backend.disposeData(dataId)
    }
    this.made.clear()
  }

  private call(name: string, inputs: Record<string, TensorInfo>, attrs: NamedAttrMap): TensorInfo {
    const output = getKernel(name, 'wasm').kernelFunc({ inputs, attrs, backend: this.backend })
    const info = Array.isArray(output) ? output[0] : output
    const isInput = Object.values(inputs).some((input) => input.dataId === info.dataId)
    // transpose answers a reference to its input where nothing moves; take that count back, the input stays its owner's
    if (isInput || this.made.has(info.dataId)) this.backend.disposeData(info.dataId)
    else this.made.add(info.dataId)
    return info
  }
}
