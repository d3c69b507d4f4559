/** Sixteen bytes each, written by prepare(): V8 builds a constant of 128 bits anew at each use, a load is free. */
const biasAt: usize = 16
const biasedTenAt: usize = 32
const minusFirstAt: usize = 48
const pointsAt: usize = 64
const zerosAt: usize = 80
const thousandsAt: usize = 96
const onesAt: usize = 112
const tenThousandsAt: usize = 128
const halvesAt: usize = 144
/** f64 [2 × 16]: powers of ten, then the same negative. */
const powersAt: usize = 256
/** u8 [2 × 16 × 16 × 16]: by sign, digits before and digits behind the point, the lanes that make the digits flush right. */
const lanesAt: usize = 512

const mostDigitsOfHalf: u32 = 9
const mostDigits: u32 = 15
const space: u32 = 32
const lineFeed: u32 = 10
const carriageReturn: u32 = 13

/** Writes the tables; once, before anything else. Gives the first address that is free. */
export function prepare(decimal: u32): usize {
  v128.store(biasAt, i8x16.splat(<i8>(48 + 128)))
  v128.store(biasedTenAt, i8x16.splat(-118))
  // a minus in the first place; elsewhere a byte that can stand in a number anyway
  v128.store(minusFirstAt, i8x16.replace_lane(i8x16.splat(48), 0, 45))
  v128.store(pointsAt, i8x16.splat(<i8>decimal))
  v128.store(zerosAt, i8x16.splat(48))
  v128.store(thousandsAt, i16x8(1000, 100, 10, 1, 1000, 100, 10, 1))
  v128.store(onesAt, i16x8.splat(1))
  v128.store(tenThousandsAt, i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1))
  v128.store(halvesAt, f64x2(1e8, 1))
  let power = 1.0
  for (let exponent: usize = 0; exponent <= mostDigitsOfHalf; exponent++) {
    store<f64>(powersAt + (exponent << 3), power)
    store<f64>(powersAt + ((16 + exponent) << 3), -power)
    power *= 10
  }
  for (let sign: u32 = 0; sign < 2; sign++) {
    for (let whole: u32 = 0; whole <= mostDigitsOfHalf; whole++) {
      for (let part: u32 = 0; part <= mostDigitsOfHalf; part++) writeLanes(sign, whole, part)
    }
  }
  return lanesAt + (512 << 4)
}

function writeLanes(sign: u32, whole: u32, part: u32): void {
  const at = shapeOf(sign, whole, part)
  const count = whole + part
  for (let lane: u32 = 0; lane < 16; lane++) {
    const digit = lane + count - 16 // wraps below the first digit: a lane that does not exist gives 0
    const from = digit < whole ? sign + digit : sign + digit + 1
    store<u8>(at + lane, lane + count < 16 ? 255 : <u8>from)
  }
}

function shapeOf(sign: u32, whole: u32, part: u32): usize {
  return lanesAt + ((<usize>((sign << 8) | (whole << 4) | part)) << 4)
}

/**
 * Rows [firstRow, endRow) of numbers from `start` on, up to `limit`; stops at the first row that is not plain, gives the row
 * that it came to. Plain: blanks, a minus, up to 9 digits, a point, up to 9 digits (15 in all, so that one division rounds as a correct
 * reading does; 16 characters with sign and point), blanks, delimiter or line end.
 * report: u32 [2 + columnCount × 2]; the first takes the address behind the last row that was read; from the third on the
 * address and width in bytes (4 = f32, 8 = f64, 0 = left out) of each column's first value.
 * The last byte before `limit` is a line end, the 32 behind it are zero.
 * What the next field waits for is kept short: sixteen bytes at once, all that can stand in a number, then the first that can't.
 */
export function readPlainRows(
  start: usize,
  limit: usize,
  delimiter: u32,
  report: usize,
  columnCount: u32,
  firstRow: u32,
  endRow: u32,
): u32 {
  const bias = v128.load(biasAt)
  const biasedTen = v128.load(biasedTenAt)
  const minusFirst = v128.load(minusFirstAt)
  const points = v128.load(pointsAt)
  const last = columnCount - 1
  let p = start
  let row = firstRow
  store<u32>(report, <u32>p)
  while (row < endRow && p < limit) {
    for (let column: u32 = 0; column <= last; column++) {
      while (<u32>load<u8>(p) == space) p++
      const bytes = v128.load(p)
      const isDigit = i8x16.lt_s(i8x16.sub(bytes, bias), biasedTen)
      const isPoint = i8x16.eq(bytes, points)
      const isMinus = i8x16.eq(bytes, minusFirst)
      const end = ctz((<u32>i8x16.bitmask(v128.or(isDigit, v128.or(isPoint, isMinus)))) ^ 0x1ffff)
      p += <usize>end
      if (!endsWell(p, column < last ? delimiter : lineFeed)) {
        p = behindBlanks(p)
        if (!endsWell(p, column < last ? delimiter : lineFeed)) return row
      }
      p++
      const behind: u32 = 1 << end
      const sign = (<u32>i8x16.bitmask(isMinus)) & 1
      const marks = (<u32>i8x16.bitmask(isPoint)) & (behind - 1)
      const place = ctz(marks | behind)
      const hasPoint = <u32>(marks != 0)
      const whole = place - sign
      const part = end - place - hasPoint
      const count = whole + part
      // one test for: no digit, more than 9 in a half, more than 15
      const room = (count - 1) | (mostDigitsOfHalf - whole) | (mostDigitsOfHalf - part) | (mostDigits - count)
      if (<i32>room < 0 || (marks & (marks - 1)) != 0) return row
      const entry = report + 8 + ((<usize>column) << 3)
      const width = load<u32>(entry, 4)
      if (width == 0) continue
      const digits = v128.swizzle(i8x16.sub(bytes, v128.load(zerosAt)), v128.load(shapeOf(sign, whole, part)))
      const value = integerOf(digits) / load<f64>(powersAt + ((<usize>((sign << 4) | part)) << 3))
      const target = <usize>load<u32>(entry)
      if (width == 8) store<f64>(target + ((<usize>row) << 3), value)
      else store<f32>(target + ((<usize>row) << 2), <f32>value)
    }
    row++
    store<u32>(report, <u32>p)
  }
  return row
}

function endsWell(p: usize, expected: u32): bool {
  return <u32>load<u8>(p) == expected
}

/** Blanks, and a carriage return that has a line feed behind it. */
function behindBlanks(start: usize): usize {
  let p = start
  while (<u32>load<u8>(p) == space) p++
  return <u32>load<u8>(p) == carriageReturn && <u32>load<u8>(p, 1) == lineFeed ? p + 1 : p
}

/** The number of 16 decimal digits, exact up to 15. */
function integerOf(digits: v128): f64 {
  const thousands = v128.load(thousandsAt)
  const low = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(digits), thousands)
  const high = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(digits), thousands)
  const fours = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_s(low, high), v128.load(onesAt))
  const eights = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_s(fours, fours), v128.load(tenThousandsAt))
  const halves = f64x2.mul(f64x2.convert_low_i32x4_s(eights), v128.load(halvesAt))
  return f64x2.extract_lane(halves, 0) + f64x2.extract_lane(halves, 1)
}
