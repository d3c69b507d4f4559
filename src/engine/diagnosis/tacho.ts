import { AnalyzerError } from '../../shared/errors'
import { checkShaftSpeed } from './speed-checks'
import type { SpeedCurve } from './speed-curve'

export interface TachoOptions {
  readonly pulsesPerRevolution: number
}

export interface TachoReading {
  /** One point a pulse, missing ones put back in. */
  readonly curve: SpeedCurve
  readonly pulseCount: number
  /** Pulses put in where a gap was a whole number of intervals. */
  readonly missingCount: number
  /** Pulses left out that came in between. */
  readonly extraCount: number
  /** In the channel's unit: crossing it upwards is a pulse. */
  readonly threshold: number
  /** Speed over each whole revolution, at its middle. */
  readonly timesSeconds: Float64Array
  readonly speedsRpm: Float64Array
}

/** Upper and lower trigger level, as shares of the way from low to high. */
const upperShare = 0.6
const lowerShare = 0.4
/** High and low must be this many times further apart than the signal scatters about them. */
const leastContrast = 3
/** Intervals on each side that tell what an interval should be. */
const neighbourCount = 4
/** Shares of the usual interval between which the next pulse may come. */
const shortestShare = 0.5
const longestShare = 1.5
/** A gap of more intervals than this is a tacho that fell out, not missing pulses. */
const longestGap = 20

/**
 * Shaft speed from a tacho channel: rising edges through the middle of the two levels between which the signal
 * switches (found as two clusters, so that the width of the pulses does not matter), placed between samples by a
 * straight line. Gaps of a whole number of intervals are filled, double triggers left out.
 * @throws AnalyzerError bad-request for a signal without pulses, too few of them, or a gap that cannot be filled
 */
export function readTacho(
  samples: Float32Array | Float64Array,
  sampleRateHz: number,
  { pulsesPerRevolution }: TachoOptions,
): TachoReading {
  if (!Number.isInteger(pulsesPerRevolution) || pulsesPerRevolution < 1 || pulsesPerRevolution > 100_000) {
    throw new AnalyzerError(
      'bad-request',
      `${pulsesPerRevolution} pulses a revolution cannot be; a whole number from 1 to 100000 is needed.`,
    )
  }
  const { low, high } = findLevels(samples)
  const edges = risingEdges(samples, low, high)
  checkPulseCount(edges.length, pulsesPerRevolution)
  const cleaned = dropExtraPulses(edges)
  checkPulseCount(cleaned.length, pulsesPerRevolution)
  const { pulses, missingCount } = fillGaps(cleaned, sampleRateHz)
  const timesSeconds = Float64Array.from(pulses, (sample) => sample / sampleRateHz)
  const curve = { timesSeconds, revolutions: timesSeconds.map((_, i) => i / pulsesPerRevolution) }
  const speeds = speedsOfRevolutions(timesSeconds, pulsesPerRevolution)
  for (const rpm of speeds.speedsRpm) checkShaftSpeed(rpm)
  return {
    curve,
    pulseCount: edges.length,
    missingCount,
    extraCount: edges.length - cleaned.length,
    threshold: (low + high) / 2,
    ...speeds,
  }
}

function checkPulseCount(count: number, pulsesPerRevolution: number): void {
  const least = Math.max(3, pulsesPerRevolution + 1)
  if (count >= least) return
  throw new AnalyzerError(
    'bad-request',
    `The tacho channel has ${count} pulses; at ${pulsesPerRevolution} a revolution at least ${least} are needed.`,
    { pulseCount: count },
  )
}

/** Means of the two clusters (Ridler & Calvard 1978), started between extremes that single spikes do not move. */
function findLevels(samples: Float32Array | Float64Array): { readonly low: number; readonly high: number } {
  const sorted = Float64Array.from(samples).filter(Number.isFinite).sort()
  if (sorted.length < 8) throw noPulses(sorted.length)
  const spikes = Math.min(Math.floor(sorted.length / 2000), 20)
  let threshold = (sorted[spikes] + sorted[sorted.length - 1 - spikes]) / 2
  let clusters = clustersAbout(sorted, threshold)
  for (let round = 0; round < 50; round++) {
    const next = (clusters.low + clusters.high) / 2
    if (!(Math.abs(next - threshold) > 1e-9 * Math.abs(clusters.high - clusters.low))) break
    threshold = next
    clusters = clustersAbout(sorted, threshold)
  }
  const { low, high, scatter } = clusters
  if (!(high - low > leastContrast * scatter)) throw noPulses(sorted.length)
  return { low, high }
}

function noPulses(sampleCount: number): AnalyzerError {
  return new AnalyzerError(
    'bad-request',
    `The tacho channel does not switch between two levels (${sampleCount} samples); pulses are needed.`,
  )
}

function clustersAbout(sorted: Float64Array, threshold: number) {
  let split = sorted.findIndex((value) => value > threshold)
  if (split <= 0) split = split === 0 ? 1 : sorted.length - 1
  const low = meanOf(sorted, 0, split)
  const high = meanOf(sorted, split, sorted.length)
  let squares = 0
  for (let i = 0; i < sorted.length; i++) squares += (sorted[i] - (i < split ? low : high)) ** 2
  return { low, high, scatter: Math.sqrt(squares / sorted.length) }
}

function meanOf(values: Float64Array, start: number, end: number): number {
  let sum = 0
  for (let i = start; i < end; i++) sum += values[i]
  return sum / (end - start)
}

/** Samples, with fractions, at which the signal passes the middle upwards; it must have been down before. */
function risingEdges(samples: Float32Array | Float64Array, low: number, high: number): number[] {
  const level = (share: number): number => low + share * (high - low)
  const [upper, lower, middle] = [level(upperShare), level(lowerShare), level(0.5)]
  const edges: number[] = []
  let isArmed = samples[0] < lower
  let crossing: number | undefined
  for (let i = 1; i < samples.length; i++) {
    if (samples[i] < lower) isArmed = true
    if (samples[i - 1] < middle && samples[i] >= middle) {
      crossing = i - 1 + (middle - samples[i - 1]) / (samples[i] - samples[i - 1])
    }
    if (!isArmed || samples[i] < upper || crossing === undefined) continue
    edges.push(crossing)
    isArmed = false
    crossing = undefined
  }
  return edges
}

/** Median of the intervals round interval `index`, that of its neighbours. */
function usualInterval(intervals: readonly number[], index: number): number {
  const near = intervals.slice(Math.max(0, index - neighbourCount), index + neighbourCount + 1).sort((a, b) => a - b)
  return near[near.length >> 1]
}

function intervalsOf(edges: readonly number[]): number[] {
  return edges.slice(1).map((edge, i) => edge - edges[i])
}

/** After each pulse the next is, of those that may be, the one nearest to the usual interval away; others are extra. */
function dropExtraPulses(edges: readonly number[]): number[] {
  const intervals = intervalsOf(edges)
  const kept = [edges[0]]
  for (let i = 1; i < edges.length;) {
    const last = kept[kept.length - 1]
    const usual = usualInterval(intervals, i - 1)
    let next = i
    for (let j = i + 1; j < edges.length && edges[j] - last <= longestShare * usual; j++) {
      if (Math.abs(edges[j] - last - usual) < Math.abs(edges[next] - last - usual)) next = j
    }
    if (edges[next] - last >= shortestShare * usual) kept.push(edges[next])
    i = next + 1
  }
  return kept
}

function fillGaps(edges: readonly number[], sampleRateHz: number) {
  const intervals = intervalsOf(edges)
  const pulses = [edges[0]]
  let missingCount = 0
  for (let i = 0; i < intervals.length; i++) {
    const ratio = intervals[i] / usualInterval(intervals, i)
    const count = Math.max(1, Math.round(ratio))
    if (count > longestGap) {
      throw new AnalyzerError(
        'bad-request',
        `The tacho channel has no pulse from ${(edges[i] / sampleRateHz).toFixed(3)} to ${(edges[i + 1] / sampleRateHz).toFixed(3)} s, ${count} intervals; up to ${longestGap} are filled: choose a stretch without the gap.`,
      )
    }
    for (let k = 1; k <= count; k++) pulses.push(edges[i] + (k * intervals[i]) / count)
    missingCount += count - 1
  }
  return { pulses, missingCount }
}

function speedsOfRevolutions(timesSeconds: Float64Array, pulsesPerRevolution: number) {
  const count = timesSeconds.length - pulsesPerRevolution
  const speedsRpm = new Float64Array(count)
  const middles = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const start = timesSeconds[i]
    const end = timesSeconds[i + pulsesPerRevolution]
    speedsRpm[i] = 60 / (end - start)
    middles[i] = (start + end) / 2
  }
  return { timesSeconds: middles, speedsRpm }
}
