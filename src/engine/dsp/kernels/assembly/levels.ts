import { logarithm } from './logarithm'

/** scale · ln(value + floor) in place. */
export function toLevels(values: usize, count: i32, scale: f32, floor: f32): void {
  const floors = f32x4.splat(floor)
  const scales = f32x4.splat(scale)
  const end = values + ((<usize>count) << 4)
  for (let at = values; at < end; at += 16) {
    v128.store(at, f32x4.mul(scales, logarithm(f32x4.add(v128.load(at), floors))))
  }
}

/**
 * ln(1 + value) in place, to a few units of the last place: ln(u) · value / (u − 1) with u = 1 + value takes back what
 * rounding u lost (Higham, Accuracy and Stability of Numerical Algorithms, 1.14.1). As ever −∞ at −1, NaN below.
 */
export function toLog1p(values: usize, count: i32): void {
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  const infinity = f32x4.splat(Infinity)
  const end = values + ((<usize>count) << 4)
  for (let at = values; at < end; at += 16) {
    const x = v128.load(at)
    const u = f32x4.add(one, x)
    const step = f32x4.sub(u, one)
    const scaled = f32x4.mul(logarithm(u), f32x4.div(x, step))
    const staysAsItIs = v128.or(f32x4.eq(step, zero), f32x4.eq(x, infinity))
    const atLeastZero = v128.bitselect(f32x4.splat(-Infinity), scaled, f32x4.eq(u, zero))
    const known = v128.bitselect(f32x4.splat(NaN), atLeastZero, f32x4.lt(u, zero))
    v128.store(at, v128.bitselect(x, known, staysAsItIs))
  }
}
