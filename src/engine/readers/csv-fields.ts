/** Powers of ten that a double holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent)

const minus = 45
const plus = 43
const zero = 48

/** Largest relative error of the quick estimate below: 19 digits, one multiplication, one power. */
const estimateError = 8e-16

/**
 * The decimal number in bytes [start, end), with a '.' or ',' as `decimal` and an exponent e, E, d or D.
 * NaN when the bytes are no number. The result rounds to the same float32 as Number() of the text; up to 15 digits it is
 * Number() itself (Clinger 1990: an integer below 2^53 and a power of ten up to 22, one rounding).
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  let p = start
  const isNegative = bytes[p] === minus
  if (isSign(bytes[p])) p++
  let mantissa = 0
  let digitCount = 0 // digits seen
  let significant = 0 // digits since the first that is not zero
  let exponent = 0
  let hasPoint = false
  for (; p < end; p++) {
    const digit = bytes[p] - zero
    if (digit >= 0 && digit <= 9) {
      digitCount++
      if (significant > 0 || digit > 0) significant++
      if (significant <= 19) {
        mantissa = mantissa * 10 + digit
        if (hasPoint) exponent--
      } else if (!hasPoint) exponent++
    } else if (bytes[p] === decimal && !hasPoint) hasPoint = true
    else break
  }
  exponent += digitCount === 0 ? Number.NaN : parseExponent(bytes, p, end)
  if (Number.isNaN(exponent)) return Number.NaN
  const magnitude = scaled(mantissa, exponent, significant) ?? Math.abs(Number(textOf(bytes, start, end, decimal)))
  return isNegative ? -magnitude : magnitude
}

function isSign(byte: number): boolean {
  return byte === minus || byte === plus
}

/** The exponent behind the digits, 0 when nothing follows, NaN when something else does. */
function parseExponent(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0
  const letter = bytes[start] | 32
  if (letter !== 101 && letter !== 100) return Number.NaN
  let p = start + 1
  const isNegative = bytes[p] === minus
  if (isSign(bytes[p])) p++
  if (p >= end) return Number.NaN
  let value = 0
  for (; p < end; p++) {
    const digit = bytes[p] - zero
    if (digit < 0 || digit > 9) return Number.NaN
    value = Math.min(value * 10 + digit, 100_000)
  }
  return isNegative ? -value : value
}

/**
 * Exact up to 15 digits and small exponents; else an estimate, which is enough when the float32 on both sides of its error
 * is the same. Undefined: the case is hard, Number() decides.
 */
function scaled(mantissa: number, exponent: number, significant: number): number | undefined {
  if (mantissa === 0) return 0
  if (significant <= 15 && exponent >= -22 && exponent <= 22) {
    return exponent < 0 ? mantissa / exactPowers[-exponent] : mantissa * exactPowers[exponent]
  }
  if (exponent < -250 || exponent > 250) return undefined
  const value = mantissa * 10 ** exponent
  const isSettled = Math.fround(value * (1 - estimateError)) === Math.fround(value * (1 + estimateError))
  return isSettled ? value : undefined
}

function textOf(bytes: Uint8Array, start: number, end: number, decimal: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += bytes[i] === decimal ? '.' : String.fromCharCode(bytes[i])
  return text.replace(/[dD]/, 'e')
}

/** NaN, Inf, null, NA, N/A, '-' and what Microsoft's runtime printed for them: known ways to say "no value". */
export function isNoValueWord(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 10) return false
  const word = textOf(bytes, start, end, 0).toLowerCase()
  return /^[+-]?(nan|inf|infinity|null|na|n\/a|#n\/a|1\.#qnan0*|1\.#ind0*|1\.#inf0*|-)$/.test(word)
}

/**
 * Seconds of 'hh:mm:ss.fff', 'yyyy-mm-dd hh:mm:ss.fff', 'dd.mm.yyyy hh:mm', 'mm/dd/yyyy hh:mm:ss PM'; days count from
 * 1970-01-01 minus `baseDay`, so that a double keeps nanoseconds. NaN when the bytes are no time. Zones are left out:
 * only differences are used.
 */
export function parseTimestamp(bytes: Uint8Array, start: number, end: number, baseDay: number): number {
  const parts = [0, 0, 0, 0, 0, 0, 0]
  let count = 0
  let p = start
  let firstBreak = 0
  let fraction = 0
  while (p < end && count < 7) {
    const partStart = p
    let value = 0
    while (p < end && bytes[p] >= zero && bytes[p] <= 57) value = value * 10 + bytes[p++] - zero
    if (p === partStart) break
    if (isFractionBreak(bytes, partStart - 1, count, firstBreak)) {
      fraction = value / 10 ** (p - partStart)
      break
    }
    parts[count++] = value
    if (count === 1) firstBreak = bytes[p]
    p = skipBreak(bytes, p, end)
  }
  const isClock = firstBreak === 58
  if (count < (isClock ? 2 : 3)) return Number.NaN
  const [hour, minute, second] = isClock ? parts : parts.slice(3)
  const day = isClock ? 0 : dayOf(parts[0], parts[1], parts[2], firstBreak) - baseDay
  return day * 86_400 + clockHour(hour, bytes, p, end) * 3600 + minute * 60 + second + fraction
}

/** The fraction follows the seconds, after '.', ',' or a fourth ':'. */
function isFractionBreak(bytes: Uint8Array, at: number, count: number, firstBreak: number): boolean {
  const secondsDone = count === (firstBreak === 58 ? 3 : 6)
  return secondsDone && (bytes[at] === 46 || bytes[at] === 44 || bytes[at] === 58)
}

/** One separator: a punctuation mark, or 'T' or spaces between date and time. */
function skipBreak(bytes: Uint8Array, start: number, end: number): number {
  let p = start
  if (p < end && [45, 47, 46, 44, 58, 84, 116].includes(bytes[p])) return p + 1
  while (p < end && bytes[p] === 32) p++
  return p
}

function clockHour(hour: number, bytes: Uint8Array, start: number, end: number): number {
  for (let p = start; p < end - 1; p++) {
    if ((bytes[p + 1] | 32) !== 109) continue
    if ((bytes[p] | 32) === 112) return (hour % 12) + 12
    if ((bytes[p] | 32) === 97) return hour % 12
  }
  return hour
}

/** Days since 1970-01-01 of year-month-day, day.month.year or month/day/year (day first where it must be). */
function dayOf(first: number, second: number, third: number, firstBreak: number): number {
  if (first > 31) return civilDay(first, second, third)
  const isMonthFirst = firstBreak === 47 && first <= 12
  return isMonthFirst ? civilDay(third, first, second) : civilDay(third, second, first)
}

function civilDay(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / 86_400_000
}
