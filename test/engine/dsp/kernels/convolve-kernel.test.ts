import { describe, expect, it } from 'vitest'
import { highPassTaps } from '../../../../src/engine/dsp/high-pass'
import { createConvolution } from '../../../../src/engine/dsp/kernels/convolve-kernel'
import { loadKernels } from '../../../../src/engine/dsp/kernels/load-kernels'
import { fillLog1p } from '../../../../src/engine/dsp/kernels/pointwise-kernel'
import { createRandom } from '../../../../src/shared/random'
import { expectArraysClose } from '../../../helpers/expect-arrays-close'

const kernels = loadKernels()
const taps = highPassTaps({ cutoffHz: 150, tapCount: 97 }, 12_000)
const convolve = createConvolution(kernels, taps)
const random = createRandom(4)
const noise = Float32Array.from({ length: 20_000 }, () => random.normal())

function reference(samples: Float32Array): Float32Array {
  return Float32Array.from({ length: samples.length - taps.length + 1 }, (_, n) =>
    taps.reduce((sum, tap, j) => sum + tap * samples[n + j], 0),
  )
}

describe('convolution', () => {
  it('is the sum in float64, rounded once to float32, over several parts', () => {
    // float64 sums in another order differ by 1e-16, which moves a float32 by one unit at most
    expectArraysClose(convolve(noise), reference(noise), 2.4e-7)
  })

  it('gives back the taps around a single sample, and whole overlaps only', () => {
    const samples = new Float32Array(200)
    samples[100] = 1
    const output = convolve(samples)
    expect(output.length).toBe(104)
    expectArraysClose(output.subarray(4, 101), taps.slice().reverse(), 0)
  })

  it.each([96, 97, 98, 104, 105])('gives %i − 96 values', (length) => {
    const samples = noise.subarray(0, length)
    expectArraysClose(convolve(samples), reference(samples), 2.4e-7)
  })

  it('shares its kernels with others', () => {
    const before = convolve(noise)
    fillLog1p(kernels, new Float32Array(100), new Float32Array(100))
    expect(convolve(noise)).toEqual(before)
  })
})
