import type { Twiddles } from './fft-tables'

/** Separate real and imaginary parts of the same length. */
export interface ComplexArrays {
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

/*
 * One Stockham pass (decimation in frequency, self-sorting): transforms of length `part`, of which `stride` lie side by
 * side, become `radix` times as many of length part / radix. With m = part / radix, for p < m and q < stride:
 *   to[q + stride·(radix·p + j)] = w^(jp) · Σ_k from[q + stride·(p + m·k)] · e^(−2πi jk/radix),  w = e^(−2πi/part).
 * part · stride is the whole length N, so w^(jp) stands in the table of N at j·p·stride.
 */

export function passOf2(from: ComplexArrays, to: ComplexArrays, part: number, stride: number, table: Twiddles): void {
  const { real: xr, imaginary: xi } = from
  const { real: yr, imaginary: yi } = to
  const half = (part >> 1) * stride
  for (let p = 0; p < half; p += stride) {
    const wr = table.cos[p]
    const wi = -table.sin[p]
    for (let q = 0; q < stride; q++) {
      const a = p + q
      const b = a + half
      const y = 2 * p + q
      const dr = xr[a] - xr[b]
      const di = xi[a] - xi[b]
      yr[y] = xr[a] + xr[b]
      yi[y] = xi[a] + xi[b]
      yr[y + stride] = wr * dr - wi * di
      yi[y + stride] = wr * di + wi * dr
    }
  }
}

export function passOf4(from: ComplexArrays, to: ComplexArrays, part: number, stride: number, table: Twiddles): void {
  const { real: xr, imaginary: xi } = from
  const { real: yr, imaginary: yi } = to
  const quarter = (part >> 2) * stride
  for (let p = 0; p < quarter; p += stride) {
    const w1r = table.cos[p]
    const w1i = -table.sin[p]
    const w2r = table.cos[2 * p]
    const w2i = -table.sin[2 * p]
    const w3r = table.cos[3 * p]
    const w3i = -table.sin[3 * p]
    for (let q = 0; q < stride; q++) {
      const a = p + q
      const b = a + quarter
      const c = b + quarter
      const d = c + quarter
      const sumReal = xr[a] + xr[c]
      const sumImaginary = xi[a] + xi[c]
      const differenceReal = xr[a] - xr[c]
      const differenceImaginary = xi[a] - xi[c]
      const otherReal = xr[b] + xr[d]
      const otherImaginary = xi[b] + xi[d]
      const turnedReal = xi[b] - xi[d] // −i · (x[b] − x[d])
      const turnedImaginary = xr[d] - xr[b]
      const y = 4 * p + q
      yr[y] = sumReal + otherReal
      yi[y] = sumImaginary + otherImaginary
      const r1 = differenceReal + turnedReal
      const i1 = differenceImaginary + turnedImaginary
      yr[y + stride] = w1r * r1 - w1i * i1
      yi[y + stride] = w1r * i1 + w1i * r1
      const r2 = sumReal - otherReal
      const i2 = sumImaginary - otherImaginary
      yr[y + 2 * stride] = w2r * r2 - w2i * i2
      yi[y + 2 * stride] = w2r * i2 + w2i * r2
      const r3 = differenceReal - turnedReal
      const i3 = differenceImaginary - turnedImaginary
      yr[y + 3 * stride] = w3r * r3 - w3i * i3
      yi[y + 3 * stride] = w3r * i3 + w3i * r3
    }
  }
}

/** Any radix; the small transforms are done by definition, radix² products each. */
export function passOf(
  radix: number,
  from: ComplexArrays,
  to: ComplexArrays,
  part: number,
  stride: number,
  table: Twiddles,
): void {
  const { real: xr, imaginary: xi } = from
  const { real: yr, imaginary: yi } = to
  // N / radix: the distance of a small transform's samples, and of its roots of unity in the table
  const step = (part / radix) * stride
  for (let p = 0; p < step; p += stride) {
    for (let j = 0; j < radix; j++) {
      const wr = table.cos[j * p]
      const wi = -table.sin[j * p]
      for (let q = 0; q < stride; q++) {
        let sumReal = 0
        let sumImaginary = 0
        for (let k = 0; k < radix; k++) {
          const root = ((j * k) % radix) * step
          const c = table.cos[root]
          const s = -table.sin[root]
          const x = p + q + k * step
          sumReal += xr[x] * c - xi[x] * s
          sumImaginary += xr[x] * s + xi[x] * c
        }
        const y = radix * p + j * stride + q
        yr[y] = wr * sumReal - wi * sumImaginary
        yi[y] = wr * sumImaginary + wi * sumReal
      }
    }
  }
}
