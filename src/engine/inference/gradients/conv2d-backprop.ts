import { backend_util } from '@tensorflow/tfjs-core'
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'
import { KernelCalls } from './kernel-calls'

type Shape4 = [number, number, number, number]

/** Geometry of the forward convolution. */
export interface ConvGeometry {
  readonly strides: number | [number, number]
  readonly pad: 'valid' | 'same' | number
}

/**
 * dW[a, b, i, o] = Σ over batch and output positions of x[n, s·h + a, s·w + b, i] · dy[n, h, w, o]:
 * a forward convolution of x (batch ↔ channels) with dy as its filter, dilated by the stride.
 * x [n, H, W, i], dy [n, h, w, o] → [a, b, i, o], NHWC.
 */
export function conv2dBackpropFilter(
  backend: KernelBackend,
  x: TensorInfo,
  dy: TensorInfo,
  filterShape: Shape4,
  geometry: ConvGeometry,
): TensorInfo {
  const info = convInfo(toShape4(x.shape), filterShape, geometry)
  const calls = new KernelCalls(backend)
  let result: TensorInfo | undefined
  try {
    const padded = calls.pad(x, spatialPaddings(info.padInfo))
    const images = calls.transpose(padded, [3, 1, 2, 0])
    const filters = calls.transpose(dy, [1, 2, 0, 3])
    const sums = calls.conv2d(images, filters, [info.strideHeight, info.strideWidth])
    // where the stride does not divide the input there are further taps, which the filter does not have
    const taps = calls.slice(sums, [0, 0, 0, 0], [filterShape[2], filterShape[0], filterShape[1], filterShape[3]])
    result = calls.transpose(taps, [1, 2, 0, 3])
    return result
  } finally {
    calls.release(result)
  }
}

/**
 * dx by one forward convolution: the filter, flipped, is cut into its stride² phases, which become output channels and
 * are then interleaved (sub-pixel convolution), so that no multiplication by inserted zeros is done.
 * dy [n, h, w, o], filter [a, b, i, o] → [n, H, W, i], NHWC.
 */
export function conv2dBackpropInput(
  backend: KernelBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  inputShape: Shape4,
  geometry: ConvGeometry,
): TensorInfo {
  const filterShape = toShape4(filter.shape)
  const info = convInfo(inputShape, filterShape, geometry)
  const { strideHeight: sh, strideWidth: sw } = info
  const [height, width, inCount, outCount] = filterShape
  const tallTaps = Math.ceil(height / sh)
  const wideTaps = Math.ceil(width / sw)
  const calls = new KernelCalls(backend)
  let result: TensorInfo | undefined
  try {
    const whole = calls.pad(filter, [
      [0, tallTaps * sh - height],
      [0, wideTaps * sw - width],
      [0, 0],
      [0, 0],
    ])
    const phases = calls.reshape(whole, [tallTaps, sh, wideTaps, sw, inCount, outCount])
    const ordered = calls.transpose(phases, [0, 2, 5, 1, 3, 4])
    const filters = calls.reshape(ordered, [tallTaps, wideTaps, outCount, sh * sw * inCount])
    const flipped = calls.reverse(filters, [0, 1])
    const spread = calls.pad(dy, [
      [0, 0],
      [tallTaps - 1, tallTaps - 1],
      [wideTaps - 1, wideTaps - 1],
      [0, 0],
    ])
    const mixed = calls.conv2d(spread, flipped, [1, 1])
    const [batch, rows, columns] = mixed.shape
    const split = calls.reshape(mixed, [batch, rows, columns, sh, sw, inCount])
    const woven = calls.transpose(split, [0, 1, 3, 2, 4, 5])
    const full = calls.reshape(woven, [batch, rows * sh, columns * sw, inCount])
    result = cropOrPad(calls, full, inputShape, info.padInfo.top, info.padInfo.left)
    return result
  } finally {
    calls.release(result)
  }
}

/** The part of `full` that lies on the unpadded input; input behind the last tap has no gradient. */
function cropOrPad(calls: KernelCalls, full: TensorInfo, inputShape: Shape4, top: number, left: number): TensorInfo {
  const [batch, height, width, count] = inputShape
  const missingRows = Math.max(0, top + height - full.shape[1])
  const missingColumns = Math.max(0, left + width - full.shape[2])
  const filled = calls.pad(full, [
    [0, 0],
    [0, missingRows],
    [0, missingColumns],
    [0, 0],
  ])
  return calls.slice(filled, [0, top, left, 0], [batch, height, width, count])
}

function convInfo(inputShape: Shape4, filterShape: Shape4, geometry: ConvGeometry) {
  return backend_util.computeConv2DInfo(inputShape, filterShape, geometry.strides, 1, geometry.pad)
}

function spatialPaddings(pad: { top: number; bottom: number; left: number; right: number }): [number, number][] {
  return [
    [0, 0],
    [pad.top, pad.bottom],
    [pad.left, pad.right],
    [0, 0],
  ]
}

export function toShape4(shape: readonly number[]): Shape4 {
  return [shape[0], shape[1], shape[2], shape[3]]
}
