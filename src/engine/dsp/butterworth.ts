import { AnalyzerError } from '../../shared/errors'

/** Second-order section: b0 + b1·z⁻¹ + b2·z⁻² over 1 + a1·z⁻¹ + a2·z⁻². */
export interface Section {
  readonly b0: number
  readonly b1: number
  readonly b2: number
  readonly a1: number
  readonly a2: number
}

export type ButterworthBand =
  | { readonly kind: 'low-pass'; readonly highHz: number }
  | { readonly kind: 'high-pass'; readonly lowHz: number }
  | { readonly kind: 'band-pass'; readonly lowHz: number; readonly highHz: number }

interface Complex {
  readonly re: number
  readonly im: number
}

/**
 * Butterworth filter as second-order sections, by the bilinear transform with prewarped corners (−3 dB there); a
 * band-pass has twice `order` poles. The same transfer function as scipy.signal.butter(…, output='sos').
 * @throws AnalyzerError bad-request for corners that are not 0 < low < high < half the rate
 */
export function designButterworth(order: number, band: ButterworthBand, sampleRateHz: number): Section[] {
  checkBand(order, band, sampleRateHz)
  const warp = (hz: number): number => Math.tan((Math.PI * hz) / sampleRateHz)
  const sections: Section[] = []
  // poles of the upper half plane and the real one; each stands for itself and its conjugate
  for (let k = 0; k < Math.ceil(order / 2); k++) {
    const angle = (Math.PI * (2 * k + 1)) / (2 * order) + Math.PI / 2
    const isReal = 2 * k + 1 === order
    const pole = isReal ? { re: -1, im: 0 } : { re: Math.cos(angle), im: Math.sin(angle) }
    sections.push(...sectionsOf(pole, isReal, band, warp))
  }
  return sections
}

/** Runs the cascade causally from rest. */
export function filterSections(sections: readonly Section[], samples: ArrayLike<number>): Float64Array {
  const output = Float64Array.from(samples)
  for (const section of sections) runSection(section, output, 0, 0)
  return output
}

/**
 * Forward and backward: no phase shift, the magnitude squared. The ends are extended by odd reflection and the filter
 * starts settled (Gustafsson 1996), as scipy.signal.sosfiltfilt does.
 */
export function filterZeroPhase(sections: readonly Section[], samples: ArrayLike<number>): Float64Array {
  const count = samples.length
  const firstOrderCount = Math.min(
    sections.filter((section) => section.b2 === 0).length,
    sections.filter((section) => section.a2 === 0).length,
  )
  const padding = Math.min(3 * (2 * sections.length + 1 - firstOrderCount), Math.max(0, count - 1))
  const extended = new Float64Array(count + 2 * padding)
  for (let i = 0; i < padding; i++) {
    extended[i] = 2 * samples[0] - samples[padding - i]
    extended[padding + count + i] = 2 * samples[count - 1] - samples[count - 2 - i]
  }
  for (let i = 0; i < count; i++) extended[padding + i] = samples[i]
  runSettled(sections, extended)
  extended.reverse()
  runSettled(sections, extended)
  extended.reverse()
  return extended.slice(padding, padding + count)
}

/** |H| at a frequency. */
export function magnitudeAt(sections: readonly Section[], hz: number, sampleRateHz: number): number {
  const angle = (-2 * Math.PI * hz) / sampleRateHz
  const at = (c0: number, c1: number, c2: number): number =>
    Math.hypot(c0 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle), c1 * Math.sin(angle) + c2 * Math.sin(2 * angle))
  return sections.reduce((product, s) => (product * at(s.b0, s.b1, s.b2)) / at(1, s.a1, s.a2), 1)
}

function sectionsOf(pole: Complex, isReal: boolean, band: ButterworthBand, warp: (hz: number) => number): Section[] {
  if (band.kind === 'band-pass') return bandPassSections(pole, isReal, warp(band.lowHz), warp(band.highHz))
  const corner = warp(band.kind === 'low-pass' ? band.highHz : band.lowHz)
  const zero = band.kind === 'low-pass' ? -1 : 1
  // low-pass s → s/corner; high-pass s → corner/s; all poles have magnitude 1, so 1/p is its conjugate
  const moved = { re: pole.re * corner, im: pole.im * corner }
  const z = bilinear(moved)
  if (isReal) {
    const gain = zero === -1 ? (1 - z.re) / 2 : (1 + z.re) / 2
    return [{ b0: gain, b1: -zero * gain, b2: 0, a1: -z.re, a2: 0 }]
  }
  const [a1, a2] = conjugatePair(z)
  const gain = (1 - zero * a1 + a2) / 4 // 1 at DC (zeros at −1) or at Nyquist (zeros at 1)
  return [{ b0: gain, b1: -2 * zero * gain, b2: gain, a1, a2 }]
}

/** s → (s² + ω0²)/(bandwidth·s): every pole becomes two, each section has one zero at DC and one at Nyquist. */
function bandPassSections(pole: Complex, isReal: boolean, low: number, high: number): Section[] {
  const centreSquared = low * high
  const half = { re: (pole.re * (high - low)) / 2, im: (pole.im * (high - low)) / 2 }
  const root = squareRoot({ re: half.re ** 2 - half.im ** 2 - centreSquared, im: 2 * half.re * half.im })
  const upper = bilinear({ re: half.re + root.re, im: half.im + root.im })
  const lower = bilinear({ re: half.re - root.re, im: half.im - root.im })
  const pairs = isReal ? [productPair(upper, lower)] : [conjugatePair(upper), conjugatePair(lower)]
  const angle = 2 * Math.atan(Math.sqrt(centreSquared))
  return pairs.map(([a1, a2]) => {
    const unscaled = { b0: 1, b1: 0, b2: -1, a1, a2 }
    const gain = 1 / magnitudeAt([unscaled], angle, 2 * Math.PI)
    return { ...unscaled, b0: gain, b2: -gain }
  })
}

/** z = (1 + s)/(1 − s), with s already prewarped. */
function bilinear(s: Complex): Complex {
  const scale = (1 - s.re) ** 2 + s.im ** 2
  return { re: (1 - s.re ** 2 - s.im ** 2) / scale, im: (2 * s.im) / scale }
}

function conjugatePair(z: Complex): [number, number] {
  return [-2 * z.re, z.re ** 2 + z.im ** 2]
}

/** Two real poles, or a pair that is conjugate already. */
function productPair(p: Complex, q: Complex): [number, number] {
  return [-(p.re + q.re), p.re * q.re - p.im * q.im]
}

function squareRoot(z: Complex): Complex {
  const magnitude = Math.hypot(z.re, z.im)
  const re = Math.sqrt((magnitude + z.re) / 2)
  const im = Math.sqrt((magnitude - z.re) / 2)
  return { re, im: z.im < 0 ? -im : im }
}

/** Direct form II transposed, in place, from the given state. */
function runSection(section: Section, samples: Float64Array, state1: number, state2: number): void {
  const { b0, b1, b2, a1, a2 } = section
  let s1 = state1
  let s2 = state2
  for (let i = 0; i < samples.length; i++) {
    const input = samples[i]
    const output = b0 * input + s1
    s1 = b1 * input - a1 * output + s2
    s2 = b2 * input - a2 * output
    samples[i] = output
  }
}

/** Each section starts as if its first input had stood there for ever. */
function runSettled(sections: readonly Section[], samples: Float64Array): void {
  for (const section of sections) {
    const { b0, b1, b2, a1, a2 } = section
    const first = samples[0]
    const s1 = (b1 - a1 * b0 + b2 - a2 * b0) / (1 + a1 + a2)
    const s2 = (1 + a1) * s1 - (b1 - a1 * b0)
    runSection(section, samples, s1 * first, s2 * first)
  }
}

function checkBand(order: number, band: ButterworthBand, sampleRateHz: number): void {
  const low = band.kind === 'low-pass' ? 0 : band.lowHz
  const high = band.kind === 'high-pass' ? sampleRateHz / 2 : band.highHz
  const isOrdered = low < high && (band.kind === 'low-pass' || low > 0)
  const isBelowNyquist = band.kind === 'high-pass' ? low < sampleRateHz / 2 : high < sampleRateHz / 2
  if (!isOrdered || !isBelowNyquist || !Number.isInteger(order) || order < 1) {
    throw new AnalyzerError(
      'bad-request',
      `A ${band.kind} filter of order ${order} from ${low} to ${high} Hz is not possible at ${sampleRateHz} Hz; it needs 0 < low < high < ${sampleRateHz / 2} Hz.`,
      { order, low, high, sampleRateHz },
    )
  }
}
