// Weighted sums of float32 samples in float64, two lanes of two sums each: the additions do not wait for each other.
// `taps`: f64 [phases × tapCount], tapCount a multiple of 4; `input` is the sample under the first tap.

/** Output i lies `down` / `up` input samples after output i − 1; phase = numerator of its fraction, in [0, up). */
export function resampleByPhases(
  input: usize,
  output: usize,
  count: i32,
  taps: usize,
  tapCount: i32,
  firstPhase: i32,
  up: i32,
  down: i32,
): void {
  const whole = (<usize>(down / up)) << 2
  const rest = down % up
  const rowBytes = (<usize>tapCount) << 3
  let phase = firstPhase
  let from = input
  for (const end = output + ((<usize>count) << 2); output < end; output += 4) {
    store<f32>(output, <f32>weightedSum(from, taps + <usize>phase * rowBytes, rowBytes))
    from += whole
    phase += rest
    if (phase >= up) {
      phase -= up
      from += 4
    }
  }
}

/** Output k lies at input sample k · step; weights are linear between `phaseCount` phases. `input` is at sample `origin`. */
export function resampleBetweenPhases(
  input: usize,
  output: usize,
  count: i32,
  taps: usize,
  tapCount: i32,
  phaseCount: i32,
  first: f64,
  step: f64,
  origin: f64,
): void {
  const rowBytes = (<usize>tapCount) << 3
  for (let i = 0; i < count; i++) {
    const position = (first + <f64>i) * step
    const middle = Math.floor(position)
    const finePosition = (position - middle) * <f64>phaseCount
    const phase = min(phaseCount - 1, <i32>finePosition)
    const from = input + ((<usize>(middle - origin)) << 2)
    const row = taps + <usize>phase * rowBytes
    const lower = weightedSum(from, row, rowBytes)
    const upper = weightedSum(from, row + rowBytes, rowBytes)
    store<f32>(output + ((<usize>i) << 2), <f32>(lower + (upper - lower) * (finePosition - <f64>phase)))
  }
}

function weightedSum(samples: usize, weights: usize, weightBytes: usize): f64 {
  let ab = f64x2.splat(0)
  let cd = ab
  let at = samples
  for (const end = weights + weightBytes; weights < end; weights += 32) {
    const four = v128.load(at)
    ab = f64x2.add(ab, f64x2.mul(f64x2.promote_low_f32x4(four), v128.load(weights)))
    const high = v128.shuffle<u64>(four, four, 1, 1)
    cd = f64x2.add(cd, f64x2.mul(f64x2.promote_low_f32x4(high), v128.load(weights, 16)))
    at += 16
  }
  const sums = f64x2.extract_lane(ab, 0) + f64x2.extract_lane(ab, 1)
  return sums + (f64x2.extract_lane(cd, 0) + f64x2.extract_lane(cd, 1))
}
