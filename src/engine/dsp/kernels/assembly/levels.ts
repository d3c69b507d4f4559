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
