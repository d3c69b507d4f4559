/** A spectrum in which lines are looked for: of the squared envelope of a band, or of the evidence. */
export interface LineSpectrum {
  readonly bandHz: readonly [number, number]
  readonly binHz: number
  /** ln(power / noise), the highest of three neighbouring bins: lines lie between bins and slip spreads them. */
  readonly heights: Float64Array
  /** Mean square of a bin, the highest of three. */
  readonly power: Float64Array
  /** Mean power of noise, from the local median. */
  readonly noise: Float64Array
}

/** Median of exponentially distributed power is ln 2 of its mean. */
const medianToMean = 1 / Math.LN2

/** @param medianWidthHz much wider than a line, narrow enough to follow the noise */
export function lineSpectrum(
  power: Float64Array,
  binHz: number,
  bandHz: readonly [number, number],
  medianWidthHz: number,
): LineSpectrum {
  const reach = Math.max(8, Math.round(medianWidthHz / binHz / 2))
  const noise = slidingMedian(power, reach).map((median) => median * medianToMean)
  const raw = power.map((value, bin) => (value > 0 && noise[bin] > 0 ? Math.log(value / noise[bin]) : silentHeight))
  return { bandHz, binHz, heights: largestOfThree(raw), power: largestOfThree(power), noise }
}

const silentHeight = -20

function largestOfThree(values: Float64Array): Float64Array {
  return values.map((value, i) => Math.max(value, values[i - 1] ?? value, values[i + 1] ?? value))
}

/** Median of values[i − reach … i + reach], cut at the ends. */
export function slidingMedian(values: Float64Array, reach: number): Float64Array {
  const sorted: number[] = []
  const medians = new Float64Array(values.length)
  let end = 0
  for (let i = 0; i < values.length; i++) {
    for (; end < values.length && end <= i + reach; end++) sorted.splice(placeOf(sorted, values[end]), 0, values[end])
    if (i - reach > 0) sorted.splice(placeOf(sorted, values[i - reach - 1]), 1)
    const middle = sorted.length >> 1
    medians[i] = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
  return medians
}

/** First place whose value is not below. */
function placeOf(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Half the width of a Hann line, twice: nearer than this a line cannot be told from the shaft's. */
const guardBins = 4
/** A shaft's speed wanders by this share within a recording. */
const guardShare = 0.003

/** 1 = a harmonic of the shaft (or DC) is there: no line of a bearing can be told from it. */
export function shaftGuard({ heights, binHz }: LineSpectrum, shaftHz: number | undefined): Uint8Array {
  const hidden = new Uint8Array(heights.length)
  for (let bin = 0; bin < hidden.length; bin++) {
    const hz = bin * binHz
    const harmonic = shaftHz === undefined ? 0 : Math.round(hz / shaftHz)
    const centreHz = harmonic * (shaftHz ?? 0)
    hidden[bin] = Math.abs(hz - centreHz) <= Math.max(guardBins * binHz, guardShare * centreHz) ? 1 : 0
  }
  return hidden
}

/** Skirts of a harmonic of the shaft reach no further than this share of the shaft's rate. */
const skirtShare = 0.12

/**
 * Unsteady shafts give their harmonics skirts, and skirts are even: what lies as high at the other side of the harmonic is
 * no line. Heights near a harmonic that stands higher count over their mirror image.
 */
export function withoutSkirts(spectrum: LineSpectrum, shaftHz: number): LineSpectrum {
  const { heights, binHz } = spectrum
  const last = heights.length - 1
  const clipped = (hz: number): number => Math.max(0, Math.min(last, Math.round(hz / binHz)))
  const own = heights.map((height, bin) => {
    const hz = bin * binHz
    const centreHz = Math.round(hz / shaftHz) * shaftHz
    if (Math.abs(hz - centreHz) >= skirtShare * shaftHz) return height
    if (centreHz > 0 && heights[clipped(centreHz)] <= height) return height
    return height - Math.max(0, heights[clipped(2 * centreHz - hz)])
  })
  return { ...spectrum, heights: own }
}

const refineShare = 0.015
const refineSteps = 120
const refineHarmonics = 8
/** Mean height in nepers from which the harmonics of the shaft are there at all. */
const refineLeastHeight = 1.5

/** The shaft's rate within 1.5 % of what was said, where its harmonics stand highest in all bands; as said without any. */
export function refineShaft(spectra: readonly LineSpectrum[], saidHz: number): number {
  let best = { hz: saidHz, height: refineLeastHeight }
  for (let step = 0; step <= refineSteps; step++) {
    const hz = saidHz * (1 + refineShare * ((2 * step) / refineSteps - 1))
    let sum = 0
    for (const { heights, binHz } of spectra) {
      for (let k = 1; k <= refineHarmonics; k++) {
        sum += Math.min(largestHeight, Math.max(0, heights[Math.round((k * hz) / binHz)] ?? 0))
      }
    }
    const height = sum / (spectra.length * refineHarmonics)
    if (height > best.height) best = { hz, height }
  }
  return best.hz
}

/** A line counts up to this height, nepers of power (26 dB): one tall line must not outvote an absent comb. */
export const largestHeight = 6
