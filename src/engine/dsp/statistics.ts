/** Statistics of a signal's vibration: central moments about the mean, peak and RMS about the mean (offset is not vibration). */
export interface SignalStatistics {
  readonly sampleCount: number // samples that are numbers
  readonly mean: number
  /** √(Σ(x − mean)²/N) */
  readonly rms: number
  /** greatest |x − mean| */
  readonly peak: number
  /** peak / RMS */
  readonly crestFactor: number
  /** Pearson's, m4/m2²: 3 for a normal distribution, 1.5 for a sine */
  readonly kurtosis: number
  /** m3/m2^1.5 */
  readonly skewness: number
}

export interface Moments {
  /** Takes the next samples; NaN is left out. */
  add(samples: Float32Array | Float64Array): void
  /** NaN throughout where nothing was added; kurtosis, skewness and crest factor are NaN for a constant. */
  result(): SignalStatistics
}

/** Moments in one pass over chunks, merged by the update of Chan et al. / Pébay 2008 (eqs. 2.1): stable at any offset. */
export function createMoments(): Moments {
  let total = nothing
  return {
    add(samples) {
      total = merge(total, sumsOf(samples))
    },
    result: () => statisticsOf(total),
  }
}

/** Of samples in memory. */
export function statisticsOfSamples(samples: Float32Array | Float64Array): SignalStatistics {
  const moments = createMoments()
  moments.add(samples)
  return moments.result()
}

interface Sums {
  readonly count: number
  readonly mean: number
  readonly m2: number // Σ(x − mean)²
  readonly m3: number
  readonly m4: number
  readonly least: number
  readonly greatest: number
}

const nothing: Sums = { count: 0, mean: 0, m2: 0, m3: 0, m4: 0, least: Infinity, greatest: -Infinity }

/** Two passes: the mean first. */
function sumsOf(samples: Float32Array | Float64Array): Sums {
  let sum = 0
  let count = 0
  let least = Infinity
  let greatest = -Infinity
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]
    if (sample !== sample) continue
    sum += sample
    count += 1
    if (sample < least) least = sample
    if (sample > greatest) greatest = sample
  }
  if (count === 0) return nothing
  const mean = sum / count
  let m2 = 0
  let m3 = 0
  let m4 = 0
  for (let i = 0; i < samples.length; i++) {
    const deviation = samples[i] - mean
    if (deviation !== deviation) continue
    const square = deviation * deviation
    m2 += square
    m3 += square * deviation
    m4 += square * square
  }
  return { count, mean, m2, m3, m4, least, greatest }
}

function merge(a: Sums, b: Sums): Sums {
  const count = a.count + b.count
  if (a.count === 0) return b
  if (b.count === 0) return a
  const d = b.mean - a.mean
  const shareA = a.count / count
  const shareB = b.count / count
  const product = a.count * shareB // a·b/n
  return {
    count,
    mean: a.mean + d * shareB,
    m2: a.m2 + b.m2 + d * d * product,
    m3: a.m3 + b.m3 + d ** 3 * product * (shareA - shareB) + 3 * d * (shareA * b.m2 - shareB * a.m2),
    m4:
      a.m4 +
      b.m4 +
      d ** 4 * product * (shareA * shareA - shareA * shareB + shareB * shareB) +
      6 * d * d * (shareA * shareA * b.m2 + shareB * shareB * a.m2) +
      4 * d * (shareA * b.m3 - shareB * a.m3),
    least: Math.min(a.least, b.least),
    greatest: Math.max(a.greatest, b.greatest),
  }
}

function statisticsOf(sums: Sums): SignalStatistics {
  const { count, m2, m3, m4, least, greatest } = sums
  const mean = count === 0 ? Number.NaN : sums.mean
  const variance = m2 / count
  const peak = count === 0 ? Number.NaN : Math.max(greatest - mean, mean - least)
  const rms = Math.sqrt(variance)
  return {
    sampleCount: count,
    mean,
    rms,
    peak,
    crestFactor: variance > 0 ? peak / rms : Number.NaN,
    kurtosis: variance > 0 ? m4 / count / (variance * variance) : Number.NaN,
    skewness: variance > 0 ? m3 / count / variance ** 1.5 : Number.NaN,
  }
}
