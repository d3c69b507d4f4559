import { sinc } from './windowed-sinc'

/** The filter bank of the fast kurtogram (Antoni 2007, §4.2; lengths and cut-offs of the published program). */

export interface ComplexSignal {
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

export interface Splitter {
  /** Equal parts of the node's band, rising; each again fills [0, ½) of its own rate. */
  split(node: ComplexSignal): ComplexSignal[]
  /** First values of a part that are still the filter filling up. */
  readonly settling: number
}

/** Prototype low-passes, as multiples of the sampling rate; the published ones are wider than their bands. */
const halfOrder = 16
const halfCutoff = 0.2
const thirdOrder = 24
const thirdCutoff = 0.4 / 3

interface Filter {
  readonly taps: ComplexSignal
  /** 1 or −1 every other output: brings an upper band, which decimation turns over zero, back to [0, ½). */
  readonly alternates: boolean
}

export function createBandSplitters(): { readonly halves: Splitter; readonly thirds: Splitter } {
  const half = designLowPass(halfOrder, halfCutoff)
  const third = designLowPass(thirdOrder, thirdCutoff)
  return {
    // h₀ = h·e^{jπn/4} and h₁ = h·e^{j3πn/4}: [0, ¼] and [¼, ½]
    halves: splitter(2, [
      { taps: modulate(half, 1 / 8), alternates: false },
      { taps: modulate(half, 3 / 8), alternates: true },
    ]),
    thirds: splitter(3, [
      { taps: modulate(third, 1 / 12), alternates: false },
      { taps: modulate(third, 3 / 12), alternates: true },
      { taps: modulate(third, 5 / 12), alternates: false },
    ]),
  }
}

function splitter(factor: number, filters: readonly Filter[]): Splitter {
  return {
    settling: halfOrder,
    split: (node) => filters.map((filter) => filterAndDecimate(node, filter, factor)),
  }
}

/** y[m] = Σ h[k] x[factor·m + factor − 1 − k], from rest. */
function filterAndDecimate({ real, imaginary }: ComplexSignal, filter: Filter, factor: number): ComplexSignal {
  const { real: hr, imaginary: hi } = filter.taps
  const count = Math.floor(real.length / factor)
  const outReal = new Float64Array(count)
  const outImaginary = new Float64Array(count)
  for (let m = 0; m < count; m++) {
    const last = factor * m + factor - 1
    const tapCount = Math.min(hr.length, last + 1)
    let sumReal = 0
    let sumImaginary = 0
    for (let k = 0; k < tapCount; k++) {
      const xr = real[last - k]
      const xi = imaginary[last - k]
      sumReal += hr[k] * xr - hi[k] * xi
      sumImaginary += hr[k] * xi + hi[k] * xr
    }
    const sign = filter.alternates && m % 2 === 0 ? -1 : 1
    outReal[m] = sign * sumReal
    outImaginary[m] = sign * sumImaginary
  }
  return { real: outReal, imaginary: outImaginary }
}

/** Hamming-windowed sinc of `order` + 1 taps, sum 1; cut-off in cycles a sample. */
function designLowPass(order: number, cutoff: number): Float64Array {
  const taps = new Float64Array(order + 1)
  let sum = 0
  for (let n = 0; n <= order; n++) {
    taps[n] = sinc(2 * cutoff * (n - order / 2)) * (0.54 - 0.46 * Math.cos((2 * Math.PI * n) / order))
    sum += taps[n]
  }
  return taps.map((tap) => tap / sum)
}

/** h[n] · e^{2πi·centre·n}; `centre` in cycles a sample. */
function modulate(taps: Float64Array, centre: number): ComplexSignal {
  return {
    real: taps.map((tap, n) => tap * Math.cos(2 * Math.PI * centre * n)),
    imaginary: taps.map((tap, n) => tap * Math.sin(2 * Math.PI * centre * n)),
  }
}
