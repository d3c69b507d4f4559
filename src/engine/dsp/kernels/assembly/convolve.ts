/**
 * y[n] = Σ_j taps[j] · x[n + j] in float64, stored as float32; eight sums side by side.
 * samples: f32 [8 · blockCount + tapCount − 1, and 7 to spare]; wide: room for as many f64; taps: f64 [tapCount]
 */
export function convolve(
  samples: usize,
  wide: usize,
  output: usize,
  blockCount: i32,
  taps: usize,
  tapCount: i32,
): void {
  const sampleBytes = (<usize>(8 * blockCount + tapCount + 7)) << 2
  for (let at: usize = 0; at < sampleBytes; at += 8) {
    v128.store(wide + (at << 1), f64x2.promote_low_f32x4(v128.load64_zero(samples + at)))
  }
  const tapBytes = (<usize>tapCount) << 3
  for (let block = 0; block < blockCount; block++) {
    let ab = f64x2.splat(0)
    let cd = ab
    let ef = ab
    let gh = ab
    for (let at: usize = 0; at < tapBytes; at += 8) {
      const tap = v128.load64_splat(taps + at)
      const from = wide + at
      ab = f64x2.add(ab, f64x2.mul(tap, v128.load(from)))
      cd = f64x2.add(cd, f64x2.mul(tap, v128.load(from, 16)))
      ef = f64x2.add(ef, f64x2.mul(tap, v128.load(from, 32)))
      gh = f64x2.add(gh, f64x2.mul(tap, v128.load(from, 48)))
    }
    v128.store(output, narrow(ab, cd))
    v128.store(output, narrow(ef, gh), 16)
    output += 32
    wide += 64
  }
}

function narrow(low: v128, high: v128): v128 {
  return v128.shuffle<u64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
}
