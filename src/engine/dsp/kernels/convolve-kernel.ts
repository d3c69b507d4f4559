import { occupyMemory, type Kernels } from './load-kernels'

const tapsAt = 64
const outputsAtOnce = 8192 // a multiple of 8; with the float64 samples they stay in the second-level cache
const spareSamples = 8

/**
 * y[n] = Σ_j taps[j] · x[n + j] in float64, whole overlaps only: samples.length − taps.length + 1 values. Kernels that
 * others use too are shared by turns.
 */
export function createConvolution(kernels: Kernels, taps: Float32Array): (samples: Float32Array) => Float32Array {
  const most = outputsAtOnce + taps.length + spareSamples
  const wideAt = tapsAt + 8 * taps.length
  const outputAt = wideAt + 8 * most
  const samplesAt = outputAt + 4 * outputsAtOnce
  const plan = {}
  return (samples) => {
    const output = new Float32Array(Math.max(0, samples.length - taps.length + 1))
    if (kernels.occupant !== plan) {
      occupyMemory(kernels, samplesAt + 4 * most, plan)
      new Float64Array(kernels.memory.buffer, tapsAt, taps.length).set(taps)
    }
    const { buffer } = kernels.memory
    const room = new Float32Array(buffer, samplesAt, most)
    for (let first = 0; first < output.length; first += outputsAtOnce) {
      const count = Math.min(outputsAtOnce, output.length - first)
      room.set(samples.subarray(first, first + count + taps.length - 1))
      kernels.convolve(samplesAt, wideAt, outputAt, Math.ceil(count / 8), tapsAt, taps.length)
      output.set(new Float32Array(buffer, outputAt, count), first)
    }
    return output
  }
}
