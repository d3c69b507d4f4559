/**
 * Natural logarithm of four positive normal numbers, error below 2e-7 of a unit: x = 2^e · m with m in [√½, √2),
 * ln m = 2 (s + s³/3 + s⁵/5 + s⁷/7 + s⁹/9), s = (m − 1) / (m + 1). NaN and infinity stay what they are.
 */
export function logarithm(x: v128): v128 {
  const offset = i32x4.sub(x, i32x4.splat(0x3f3504f3)) // bits of √½
  const e = i32x4.shr_s(offset, 23)
  const m = i32x4.sub(x, i32x4.shl(e, 23))
  const one = f32x4.splat(1)
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one))
  const q = f32x4.mul(s, s)
  let series = f32x4.add(f32x4.splat(2.0 / 7), f32x4.mul(q, f32x4.splat(2.0 / 9)))
  series = f32x4.add(f32x4.splat(2.0 / 5), f32x4.mul(q, series))
  series = f32x4.add(f32x4.splat(2.0 / 3), f32x4.mul(q, series))
  series = f32x4.mul(f32x4.mul(q, s), series)
  const mantissa = f32x4.add(f32x4.add(s, s), series)
  const exponent = f32x4.mul(f32x4.convert_i32x4_s(e), f32x4.splat(0.6931471805599453))
  return v128.bitselect(f32x4.add(exponent, mantissa), x, f32x4.lt(x, f32x4.splat(Infinity)))
}
