import type { ComplexArrays } from './fft-passes'
import type { Twiddles } from './fft-tables'

/* Passes of radix 3 and 5 as in fft-passes.ts: rates and frame lengths of whole seconds are full of these factors. */

const sin60 = Math.sqrt(3) / 2
const cos72 = (Math.sqrt(5) - 1) / 4
const cos144 = (-Math.sqrt(5) - 1) / 4
const sin72 = Math.sqrt(10 + 2 * Math.sqrt(5)) / 4
const sin144 = Math.sqrt(10 - 2 * Math.sqrt(5)) / 4

export function passOf3(from: ComplexArrays, to: ComplexArrays, part: number, stride: number, table: Twiddles): void {
  const { real: xr, imaginary: xi } = from
  const { real: yr, imaginary: yi } = to
  const step = (part / 3) * stride
  for (let p = 0; p < step; p += stride) {
    const w1r = table.cos[p]
    const w1i = -table.sin[p]
    const w2r = table.cos[2 * p]
    const w2i = -table.sin[2 * p]
    for (let q = 0; q < stride; q++) {
      const a = p + q
      const b = a + step
      const c = b + step
      const sumReal = xr[b] + xr[c]
      const sumImaginary = xi[b] + xi[c]
      const turnedReal = sin60 * (xi[b] - xi[c]) // −i · (x[b] − x[c]) · sin 60°
      const turnedImaginary = sin60 * (xr[c] - xr[b])
      const middleReal = xr[a] - sumReal / 2
      const middleImaginary = xi[a] - sumImaginary / 2
      const y = 3 * p + q
      yr[y] = xr[a] + sumReal
      yi[y] = xi[a] + sumImaginary
      const r1 = middleReal + turnedReal
      const i1 = middleImaginary + turnedImaginary
      yr[y + stride] = w1r * r1 - w1i * i1
      yi[y + stride] = w1r * i1 + w1i * r1
      const r2 = middleReal - turnedReal
      const i2 = middleImaginary - turnedImaginary
      yr[y + 2 * stride] = w2r * r2 - w2i * i2
      yi[y + 2 * stride] = w2r * i2 + w2i * r2
    }
  }
}

export function passOf5(from: ComplexArrays, to: ComplexArrays, part: number, stride: number, table: Twiddles): void {
  const { real: xr, imaginary: xi } = from
  const { real: yr, imaginary: yi } = to
  const step = (part / 5) * stride
  for (let p = 0; p < step; p += stride) {
    const y0 = 5 * p
    for (let q = 0; q < stride; q++) {
      const a = p + q
      const b = a + step
      const c = b + step
      const d = c + step
      const e = d + step
      const outerReal = xr[b] + xr[e]
      const outerImaginary = xi[b] + xi[e]
      const innerReal = xr[c] + xr[d]
      const innerImaginary = xi[c] + xi[d]
      const y = y0 + q
      yr[y] = xr[a] + outerReal + innerReal
      yi[y] = xi[a] + outerImaginary + innerImaginary
      const nearReal = xr[a] + cos72 * outerReal + cos144 * innerReal
      const nearImaginary = xi[a] + cos72 * outerImaginary + cos144 * innerImaginary
      const farReal = xr[a] + cos144 * outerReal + cos72 * innerReal
      const farImaginary = xi[a] + cos144 * outerImaginary + cos72 * innerImaginary
      // −i · (sin · differences)
      const nearTurnedReal = sin72 * (xi[b] - xi[e]) + sin144 * (xi[c] - xi[d])
      const nearTurnedImaginary = -sin72 * (xr[b] - xr[e]) - sin144 * (xr[c] - xr[d])
      const farTurnedReal = sin144 * (xi[b] - xi[e]) - sin72 * (xi[c] - xi[d])
      const farTurnedImaginary = -sin144 * (xr[b] - xr[e]) + sin72 * (xr[c] - xr[d])
      yr[y + stride] = nearReal + nearTurnedReal
      yi[y + stride] = nearImaginary + nearTurnedImaginary
      yr[y + 2 * stride] = farReal + farTurnedReal
      yi[y + 2 * stride] = farImaginary + farTurnedImaginary
      yr[y + 3 * stride] = farReal - farTurnedReal
      yi[y + 3 * stride] = farImaginary - farTurnedImaginary
      yr[y + 4 * stride] = nearReal - nearTurnedReal
      yi[y + 4 * stride] = nearImaginary - nearTurnedImaginary
    }
    if (p > 0) for (let j = 1; j < 5; j++) turn(to, y0 + j * stride, stride, table.cos[j * p], -table.sin[j * p])
  }
}

/** Multiplies `count` values from `first` on by wr + i·wi. */
function turn({ real, imaginary }: ComplexArrays, first: number, count: number, wr: number, wi: number): void {
  for (let at = first; at < first + count; at++) {
    const r = real[at]
    real[at] = wr * r - wi * imaginary[at]
    imaginary[at] = wr * imaginary[at] + wi * r
  }
}
