/**
 * Smallest and largest sample of each whole block, NaN passed over; NaN for a block of NaN only.
 * samples: f32 [blockCount × blockLength], blockLength a multiple of 16; output: f32 [blockCount] each
 */
export function minMaxBlocks(samples: usize, minima: usize, maxima: usize, blockCount: i32, blockLength: i32): void {
  const blockBytes = (<usize>blockLength) << 2
  let from = samples
  for (let block: usize = 0; block < <usize>blockCount; block++) {
    let low0 = f32x4.splat(Infinity)
    let low1 = low0
    let high0 = f32x4.splat(-Infinity)
    let high1 = high0
    for (const end = from + blockBytes; from < end; from += 64) {
      const a = v128.load(from)
      const b = v128.load(from, 16)
      const c = v128.load(from, 32)
      const d = v128.load(from, 48)
      // pmin(p, q) = q < p ? q : p, so a NaN as second operand is passed over
      low0 = f32x4.pmin(f32x4.pmin(low0, a), c)
      low1 = f32x4.pmin(f32x4.pmin(low1, b), d)
      high0 = f32x4.pmax(f32x4.pmax(high0, a), c)
      high1 = f32x4.pmax(f32x4.pmax(high1, b), d)
    }
    storeBlock(f32x4.pmin(low0, low1), f32x4.pmax(high0, high1), minima + (block << 2), maxima + (block << 2))
  }
}

/** The same over values that are minima and maxima already: blockLength (multiple of 4) pairs become one. */
export function minMaxPairs(
  fromMinima: usize,
  fromMaxima: usize,
  minima: usize,
  maxima: usize,
  blockCount: i32,
  blockLength: i32,
): void {
  const blockBytes = (<usize>blockLength) << 2
  for (let block: usize = 0; block < <usize>blockCount; block++) {
    let low = f32x4.splat(Infinity)
    let high = f32x4.splat(-Infinity)
    const at = block * blockBytes
    for (let offset = at; offset < at + blockBytes; offset += 16) {
      low = f32x4.pmin(low, v128.load(fromMinima + offset))
      high = f32x4.pmax(high, v128.load(fromMaxima + offset))
    }
    storeBlock(low, high, minima + (block << 2), maxima + (block << 2))
  }
}

function storeBlock(lows: v128, highs: v128, minimum: usize, maximum: usize): void {
  const low2 = f32x4.pmin(lows, v128.shuffle<f32>(lows, lows, 2, 3, 0, 1))
  const low = f32x4.extract_lane(f32x4.pmin(low2, v128.shuffle<f32>(low2, low2, 1, 0, 3, 2)), 0)
  const high2 = f32x4.pmax(highs, v128.shuffle<f32>(highs, highs, 2, 3, 0, 1))
  const high = f32x4.extract_lane(f32x4.pmax(high2, v128.shuffle<f32>(high2, high2, 1, 0, 3, 2)), 0)
  store<f32>(minimum, low > high ? NaN : low)
  store<f32>(maximum, low > high ? NaN : high)
}
