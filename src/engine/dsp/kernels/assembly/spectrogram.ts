import { toLevels } from './levels'

/**
 * Power spectra of tapered frames, four frames in the four lanes of a vector. A frame of N real samples is taken as
 * N/2 complex numbers (even samples real, odd ones imaginary), transformed by radix-4 Stockham stages (Stockham 1966;
 * Van Loan 1992, §1.7) and taken apart again; a last radix-2 stage, where log2(N/2) is odd, is done on the way.
 * Layout: a complex vector is 32 bytes, the real parts of the four frames, then the imaginary ones.
 * `twiddles`: for every radix-4 stage (lengths N/2, N/8, … ≥ 4) and p = 0 … length/4 − 1 six f32: cos and −sin of one,
 * two and three times 2πp/length; then for k = 0 … N/8 cos and sin of 2πk/N.
 * `work`: 2 · (N/2) complex vectors and N/2 + 1 vectors.
 */
export function transformFrames(
  source: usize,
  strideBytes: usize, // between the starts of frames
  frameCount: i32, // a multiple of 4
  weights: usize, // f32 [N], the taper
  twiddles: usize,
  half: i32, // N/2, a power of two ≥ 8
  work: usize,
  target: usize, // f32 [frameCount × (N/2 + 1)]
  pairScale: f32, // 1/(2·(Σw)²): one-sided power from twice the spectrum
  levelScale: f32, // 0: power; else levelScale · ln(power + floor)
  floor: f32,
): void {
  const workBytes = (<usize>half) << 5
  const other = work + workBytes
  const bins = other + workBytes
  const rowBytes = (<usize>half + 1) << 2
  for (let frame = 0; frame < frameCount; frame += 4) {
    loadAndTurn(source, strideBytes, weights, twiddles, half, work)
    let from = work
    let to = other
    let table = twiddles + <usize>half * 6
    let length = half >> 2
    let span = 4
    while (length >= 4) {
      turn(from, to, table, length, span)
      table += <usize>length * 6
      length >>= 2
      span <<= 2
      const swap = from
      from = to
      to = swap
    }
    takeApart(from, table, half, length == 2, pairScale, bins)
    if (levelScale != 0) toLevels(bins, half + 1, levelScale, floor)
    storeRows(bins, half, target, rowBytes)
    source += strideBytes << 2
    target += rowBytes << 2
  }
}

/** First stage, fused with taper and transposition: samples of four frames in, complex vectors out. */
function loadAndTurn(
  source: usize,
  strideBytes: usize,
  weights: usize,
  twiddles: usize,
  half: i32,
  target: usize,
): void {
  const source1 = source + strideBytes
  const source2 = source1 + strideBytes
  const source3 = source2 + strideBytes
  const quarterBytes = (<usize>half) << 1 // a quarter of the frame's samples
  for (let at: usize = 0; at < quarterBytes; at += 16) {
    let place = at
    let weight = v128.load(weights + place)
    let f0 = f32x4.mul(v128.load(source + place), weight)
    let f1 = f32x4.mul(v128.load(source1 + place), weight)
    let f2 = f32x4.mul(v128.load(source2 + place), weight)
    let f3 = f32x4.mul(v128.load(source3 + place), weight)
    let low01 = f32x4.shuffle(f0, f1, 0, 4, 1, 5)
    let low23 = f32x4.shuffle(f2, f3, 0, 4, 1, 5)
    let high01 = f32x4.shuffle(f0, f1, 2, 6, 3, 7)
    let high23 = f32x4.shuffle(f2, f3, 2, 6, 3, 7)
    const aRe = f32x4.shuffle(low01, low23, 0, 1, 4, 5)
    const aIm = f32x4.shuffle(low01, low23, 2, 3, 6, 7)
    const aReNext = f32x4.shuffle(high01, high23, 0, 1, 4, 5)
    const aImNext = f32x4.shuffle(high01, high23, 2, 3, 6, 7)

    place += quarterBytes
    weight = v128.load(weights + place)
    f0 = f32x4.mul(v128.load(source + place), weight)
    f1 = f32x4.mul(v128.load(source1 + place), weight)
    f2 = f32x4.mul(v128.load(source2 + place), weight)
    f3 = f32x4.mul(v128.load(source3 + place), weight)
    low01 = f32x4.shuffle(f0, f1, 0, 4, 1, 5)
    low23 = f32x4.shuffle(f2, f3, 0, 4, 1, 5)
    high01 = f32x4.shuffle(f0, f1, 2, 6, 3, 7)
    high23 = f32x4.shuffle(f2, f3, 2, 6, 3, 7)
    const bRe = f32x4.shuffle(low01, low23, 0, 1, 4, 5)
    const bIm = f32x4.shuffle(low01, low23, 2, 3, 6, 7)
    const bReNext = f32x4.shuffle(high01, high23, 0, 1, 4, 5)
    const bImNext = f32x4.shuffle(high01, high23, 2, 3, 6, 7)

    place += quarterBytes
    weight = v128.load(weights + place)
    f0 = f32x4.mul(v128.load(source + place), weight)
    f1 = f32x4.mul(v128.load(source1 + place), weight)
    f2 = f32x4.mul(v128.load(source2 + place), weight)
    f3 = f32x4.mul(v128.load(source3 + place), weight)
    low01 = f32x4.shuffle(f0, f1, 0, 4, 1, 5)
    low23 = f32x4.shuffle(f2, f3, 0, 4, 1, 5)
    high01 = f32x4.shuffle(f0, f1, 2, 6, 3, 7)
    high23 = f32x4.shuffle(f2, f3, 2, 6, 3, 7)
    const cRe = f32x4.shuffle(low01, low23, 0, 1, 4, 5)
    const cIm = f32x4.shuffle(low01, low23, 2, 3, 6, 7)
    const cReNext = f32x4.shuffle(high01, high23, 0, 1, 4, 5)
    const cImNext = f32x4.shuffle(high01, high23, 2, 3, 6, 7)

    place += quarterBytes
    weight = v128.load(weights + place)
    f0 = f32x4.mul(v128.load(source + place), weight)
    f1 = f32x4.mul(v128.load(source1 + place), weight)
    f2 = f32x4.mul(v128.load(source2 + place), weight)
    f3 = f32x4.mul(v128.load(source3 + place), weight)
    low01 = f32x4.shuffle(f0, f1, 0, 4, 1, 5)
    low23 = f32x4.shuffle(f2, f3, 0, 4, 1, 5)
    high01 = f32x4.shuffle(f0, f1, 2, 6, 3, 7)
    high23 = f32x4.shuffle(f2, f3, 2, 6, 3, 7)
    const dRe = f32x4.shuffle(low01, low23, 0, 1, 4, 5)
    const dIm = f32x4.shuffle(low01, low23, 2, 3, 6, 7)
    const dReNext = f32x4.shuffle(high01, high23, 0, 1, 4, 5)
    const dImNext = f32x4.shuffle(high01, high23, 2, 3, 6, 7)

    // outputs 4p … 4p + 3 are neighbours; p moves by two for every 16 bytes of samples
    const table = twiddles + at * 3
    const to = target + (at << 4)
    butterfly(aRe, aIm, bRe, bIm, cRe, cIm, dRe, dIm, table, to, 32)
    butterfly(aReNext, aImNext, bReNext, bImNext, cReNext, cImNext, dReNext, dImNext, table + 24, to + 128, 32)
  }
}

/** One radix-4 butterfly; its four outputs are turned by the table's angles and lie `spanBytes` apart. */
function butterfly(
  aRe: v128,
  aIm: v128,
  bRe: v128,
  bIm: v128,
  cRe: v128,
  cIm: v128,
  dRe: v128,
  dIm: v128,
  table: usize,
  to: usize,
  spanBytes: usize,
): void {
  const sumRe = f32x4.add(aRe, cRe)
  const sumIm = f32x4.add(aIm, cIm)
  const differenceRe = f32x4.sub(aRe, cRe)
  const differenceIm = f32x4.sub(aIm, cIm)
  const oddSumRe = f32x4.add(bRe, dRe)
  const oddSumIm = f32x4.add(bIm, dIm)
  const oddDifferenceRe = f32x4.sub(bRe, dRe)
  const oddDifferenceIm = f32x4.sub(bIm, dIm)
  v128.store(to, f32x4.add(sumRe, oddSumRe))
  v128.store(to, f32x4.add(sumIm, oddSumIm), 16)
  const oneRe = f32x4.add(differenceRe, oddDifferenceIm)
  const oneIm = f32x4.sub(differenceIm, oddDifferenceRe)
  const twoRe = f32x4.sub(sumRe, oddSumRe)
  const twoIm = f32x4.sub(sumIm, oddSumIm)
  const threeRe = f32x4.sub(differenceRe, oddDifferenceIm)
  const threeIm = f32x4.add(differenceIm, oddDifferenceRe)
  let cosine = v128.load32_splat(table)
  let sine = v128.load32_splat(table, 4)
  to += spanBytes
  v128.store(to, f32x4.sub(f32x4.mul(oneRe, cosine), f32x4.mul(oneIm, sine)))
  v128.store(to, f32x4.add(f32x4.mul(oneRe, sine), f32x4.mul(oneIm, cosine)), 16)
  cosine = v128.load32_splat(table, 8)
  sine = v128.load32_splat(table, 12)
  to += spanBytes
  v128.store(to, f32x4.sub(f32x4.mul(twoRe, cosine), f32x4.mul(twoIm, sine)))
  v128.store(to, f32x4.add(f32x4.mul(twoRe, sine), f32x4.mul(twoIm, cosine)), 16)
  cosine = v128.load32_splat(table, 16)
  sine = v128.load32_splat(table, 20)
  to += spanBytes
  v128.store(to, f32x4.sub(f32x4.mul(threeRe, cosine), f32x4.mul(threeIm, sine)))
  v128.store(to, f32x4.add(f32x4.mul(threeRe, sine), f32x4.mul(threeIm, cosine)), 16)
}

/** A radix-4 stage: `length`·`span` numbers, x[q + span·(p + j·length/4)] → y[q + span·(4p + j)]. */
function turn(from: usize, to: usize, table: usize, length: i32, span: i32): void {
  const spanBytes = (<usize>span) << 5
  const quarter = length >> 2
  const quarterBytes = spanBytes * <usize>quarter
  turnFirst(from, to, spanBytes, quarterBytes)
  for (let p = 1; p < quarter; p++) {
    table += 24
    from += spanBytes
    to += spanBytes << 2
    const cosine1 = v128.load32_splat(table)
    const sine1 = v128.load32_splat(table, 4)
    const cosine2 = v128.load32_splat(table, 8)
    const sine2 = v128.load32_splat(table, 12)
    const cosine3 = v128.load32_splat(table, 16)
    const sine3 = v128.load32_splat(table, 20)
    for (let q: usize = 0; q < spanBytes; q += 32) {
      let x = from + q
      const aRe = v128.load(x)
      const aIm = v128.load(x, 16)
      x += quarterBytes
      const bRe = v128.load(x)
      const bIm = v128.load(x, 16)
      x += quarterBytes
      const cRe = v128.load(x)
      const cIm = v128.load(x, 16)
      x += quarterBytes
      const dRe = v128.load(x)
      const dIm = v128.load(x, 16)
      const sumRe = f32x4.add(aRe, cRe)
      const sumIm = f32x4.add(aIm, cIm)
      const differenceRe = f32x4.sub(aRe, cRe)
      const differenceIm = f32x4.sub(aIm, cIm)
      const oddSumRe = f32x4.add(bRe, dRe)
      const oddSumIm = f32x4.add(bIm, dIm)
      const oddDifferenceRe = f32x4.sub(bRe, dRe)
      const oddDifferenceIm = f32x4.sub(bIm, dIm)
      let y = to + q
      v128.store(y, f32x4.add(sumRe, oddSumRe))
      v128.store(y, f32x4.add(sumIm, oddSumIm), 16)
      const oneRe = f32x4.add(differenceRe, oddDifferenceIm)
      const oneIm = f32x4.sub(differenceIm, oddDifferenceRe)
      y += spanBytes
      v128.store(y, f32x4.sub(f32x4.mul(oneRe, cosine1), f32x4.mul(oneIm, sine1)))
      v128.store(y, f32x4.add(f32x4.mul(oneRe, sine1), f32x4.mul(oneIm, cosine1)), 16)
      const twoRe = f32x4.sub(sumRe, oddSumRe)
      const twoIm = f32x4.sub(sumIm, oddSumIm)
      y += spanBytes
      v128.store(y, f32x4.sub(f32x4.mul(twoRe, cosine2), f32x4.mul(twoIm, sine2)))
      v128.store(y, f32x4.add(f32x4.mul(twoRe, sine2), f32x4.mul(twoIm, cosine2)), 16)
      const threeRe = f32x4.sub(differenceRe, oddDifferenceIm)
      const threeIm = f32x4.add(differenceIm, oddDifferenceRe)
      y += spanBytes
      v128.store(y, f32x4.sub(f32x4.mul(threeRe, cosine3), f32x4.mul(threeIm, sine3)))
      v128.store(y, f32x4.add(f32x4.mul(threeRe, sine3), f32x4.mul(threeIm, cosine3)), 16)
    }
  }
}

/** p = 0 of a stage, where nothing is turned: half of the work when length is 8, all of it when it is 4. */
function turnFirst(from: usize, to: usize, spanBytes: usize, quarterBytes: usize): void {
  for (let q: usize = 0; q < spanBytes; q += 32) {
    let x = from + q
    const aRe = v128.load(x)
    const aIm = v128.load(x, 16)
    x += quarterBytes
    const bRe = v128.load(x)
    const bIm = v128.load(x, 16)
    x += quarterBytes
    const cRe = v128.load(x)
    const cIm = v128.load(x, 16)
    x += quarterBytes
    const dRe = v128.load(x)
    const dIm = v128.load(x, 16)
    const sumRe = f32x4.add(aRe, cRe)
    const sumIm = f32x4.add(aIm, cIm)
    const differenceRe = f32x4.sub(aRe, cRe)
    const differenceIm = f32x4.sub(aIm, cIm)
    const oddSumRe = f32x4.add(bRe, dRe)
    const oddSumIm = f32x4.add(bIm, dIm)
    const oddDifferenceRe = f32x4.sub(bRe, dRe)
    const oddDifferenceIm = f32x4.sub(bIm, dIm)
    let y = to + q
    v128.store(y, f32x4.add(sumRe, oddSumRe))
    v128.store(y, f32x4.add(sumIm, oddSumIm), 16)
    y += spanBytes
    v128.store(y, f32x4.add(differenceRe, oddDifferenceIm))
    v128.store(y, f32x4.sub(differenceIm, oddDifferenceRe), 16)
    y += spanBytes
    v128.store(y, f32x4.sub(sumRe, oddSumRe))
    v128.store(y, f32x4.sub(sumIm, oddSumIm), 16)
    y += spanBytes
    v128.store(y, f32x4.sub(differenceRe, oddDifferenceIm))
    v128.store(y, f32x4.add(differenceIm, oddDifferenceRe), 16)
  }
}

/**
 * Power of the real frames' spectrum X from the packed transform Z: 2X[k] = E + W·O, 2X[N/2 − k] = conj(E − W·O),
 * E = Z[k] + conj Z[N/2 − k], O = (Z[k] − conj Z[N/2 − k])/i, W = exp(−2πik/N). Bins k, N/2 − k and N/4 ∓ k at a time:
 * they share their inputs where the last radix-2 stage is still to be done.
 */
function takeApart(from: usize, table: usize, half: i32, endsInTwo: bool, pairScale: f32, bins: usize): void {
  const scale = f32x4.splat(pairScale)
  const edgeScale = f32x4.splat(2 * pairScale)
  const middleScale = f32x4.splat(4 * pairScale)
  const quarter = half >> 1 // N/4
  const quarterBytes = (<usize>quarter) << 5
  let aRe = v128.load(from)
  let aIm = v128.load(from, 16)
  let bRe = v128.load(from + quarterBytes)
  let bIm = v128.load(from + quarterBytes, 16)
  if (endsInTwo) {
    const re = aRe
    const im = aIm
    aRe = f32x4.add(re, bRe)
    aIm = f32x4.add(im, bIm)
    bRe = f32x4.sub(re, bRe)
    bIm = f32x4.sub(im, bIm)
  }
  const zero = f32x4.add(aRe, aIm)
  const nyquist = f32x4.sub(aRe, aIm)
  v128.store(bins, f32x4.mul(f32x4.mul(zero, zero), edgeScale))
  v128.store(bins + ((<usize>half) << 4), f32x4.mul(f32x4.mul(nyquist, nyquist), edgeScale))
  v128.store(
    bins + ((<usize>quarter) << 4),
    f32x4.mul(f32x4.add(f32x4.mul(bRe, bRe), f32x4.mul(bIm, bIm)), middleScale),
  )
  const pairCount = quarter >> 1
  for (let k = 1; k <= pairCount; k++) {
    const up = from + ((<usize>k) << 5)
    const down = from + ((<usize>(quarter - k)) << 5)
    aRe = v128.load(up)
    aIm = v128.load(up, 16)
    bRe = v128.load(up + quarterBytes)
    bIm = v128.load(up + quarterBytes, 16)
    let cRe = v128.load(down)
    let cIm = v128.load(down, 16)
    let dRe = v128.load(down + quarterBytes)
    let dIm = v128.load(down + quarterBytes, 16)
    if (endsInTwo) {
      let re = aRe
      let im = aIm
      aRe = f32x4.add(re, bRe)
      aIm = f32x4.add(im, bIm)
      bRe = f32x4.sub(re, bRe)
      bIm = f32x4.sub(im, bIm)
      re = cRe
      im = cIm
      cRe = f32x4.add(re, dRe)
      cIm = f32x4.add(im, dIm)
      dRe = f32x4.sub(re, dRe)
      dIm = f32x4.sub(im, dIm)
    }
    const turnAt = table + ((<usize>k) << 3)
    const cosine = v128.load32_splat(turnAt)
    const sine = v128.load32_splat(turnAt, 4)
    // a = Z[k], d = Z[N/2 − k], c = Z[N/4 − k], b = Z[N/4 + k]; the angle of N/4 − k has sine and cosine exchanged
    const place = bins + ((<usize>k) << 4)
    const mirror = bins + ((<usize>(half - k)) << 4)
    storePair(aRe, aIm, dRe, dIm, cosine, sine, scale, place, mirror)
    const below = bins + ((<usize>(quarter - k)) << 4)
    const above = bins + ((<usize>(quarter + k)) << 4)
    storePair(cRe, cIm, bRe, bIm, sine, cosine, scale, below, above)
  }
}

function storePair(
  aRe: v128,
  aIm: v128,
  bRe: v128,
  bIm: v128,
  cosine: v128,
  sine: v128,
  scale: v128,
  place: usize,
  mirror: usize,
): void {
  const evenRe = f32x4.add(aRe, bRe)
  const evenIm = f32x4.sub(aIm, bIm)
  const oddRe = f32x4.sub(aRe, bRe)
  const oddIm = f32x4.add(aIm, bIm)
  const turnedRe = f32x4.sub(f32x4.mul(cosine, oddIm), f32x4.mul(sine, oddRe))
  const turnedIm = f32x4.add(f32x4.mul(cosine, oddRe), f32x4.mul(sine, oddIm))
  const re = f32x4.add(evenRe, turnedRe)
  const im = f32x4.sub(evenIm, turnedIm)
  v128.store(place, f32x4.mul(f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im)), scale))
  const mirrorRe = f32x4.sub(evenRe, turnedRe)
  const mirrorIm = f32x4.add(evenIm, turnedIm)
  v128.store(mirror, f32x4.mul(f32x4.add(f32x4.mul(mirrorRe, mirrorRe), f32x4.mul(mirrorIm, mirrorIm)), scale))
}

/** From vectors of four frames to four rows of half + 1 numbers. */
function storeRows(bins: usize, half: i32, target: usize, rowBytes: usize): void {
  const row1 = target + rowBytes
  const row2 = row1 + rowBytes
  const row3 = row2 + rowBytes
  const end = (<usize>half) << 2
  for (let at: usize = 0; at < end; at += 16) {
    const from = bins + (at << 2)
    const b0 = v128.load(from)
    const b1 = v128.load(from, 16)
    const b2 = v128.load(from, 32)
    const b3 = v128.load(from, 48)
    const low01 = f32x4.shuffle(b0, b1, 0, 4, 1, 5)
    const low23 = f32x4.shuffle(b2, b3, 0, 4, 1, 5)
    const high01 = f32x4.shuffle(b0, b1, 2, 6, 3, 7)
    const high23 = f32x4.shuffle(b2, b3, 2, 6, 3, 7)
    v128.store(target + at, f32x4.shuffle(low01, low23, 0, 1, 4, 5))
    v128.store(row1 + at, f32x4.shuffle(low01, low23, 2, 3, 6, 7))
    v128.store(row2 + at, f32x4.shuffle(high01, high23, 0, 1, 4, 5))
    v128.store(row3 + at, f32x4.shuffle(high01, high23, 2, 3, 6, 7))
  }
  const last = v128.load(bins + (end << 2))
  store<f32>(target + end, f32x4.extract_lane(last, 0))
  store<f32>(row1 + end, f32x4.extract_lane(last, 1))
  store<f32>(row2 + end, f32x4.extract_lane(last, 2))
  store<f32>(row3 + end, f32x4.extract_lane(last, 3))
}
