import type { SampleRange } from '../../shared/sample-range'

/**
 * Scores from evidence (DESIGN.md §1): the logit of a segment is the mean of the evidence of the map's steps whose
 * receptive fields lie inside it. Any segment length and overlap is a running mean; nothing is inferred again.
 */
export interface StepGrid {
  /** samples at the model's rate between steps */
  readonly stepSamples: number
  readonly receptiveFieldSamples: number
  readonly stepCount: number
}

export interface SegmentPlan {
  /** steps averaged for one segment */
  readonly segmentSteps: number
  /** steps between segment starts */
  readonly strideSteps: number
  readonly segmentCount: number
}

/** Whole steps only: a segment of n steps spans (n − 1)·step + receptiveField samples. At least one step, at most all. */
export function planSegments(grid: StepGrid, segmentSamples: number, strideSamples: number): SegmentPlan {
  const { stepSamples, receptiveFieldSamples, stepCount } = grid
  const wanted = Math.floor((segmentSamples - receptiveFieldSamples) / stepSamples) + 1
  const segmentSteps = Math.max(1, Math.min(wanted, stepCount))
  const strideSteps = Math.max(1, Math.round(strideSamples / stepSamples))
  const segmentCount = stepCount === 0 ? 0 : Math.floor((stepCount - segmentSteps) / strideSteps) + 1
  return { segmentSteps, strideSteps, segmentCount }
}

/** The samples, at the model's rate, that segment `index` sees. */
export function segmentSamples(grid: StepGrid, plan: SegmentPlan, index: number): SampleRange {
  const start = index * plan.strideSteps * grid.stepSamples
  return { start, end: start + (plan.segmentSteps - 1) * grid.stepSamples + grid.receptiveFieldSamples }
}

/** Mean of the values that are not NaN over [start, end); NaN where there is none. float64 sum. */
export function meanOf(values: Float32Array, start: number, end: number): number {
  let sum = 0
  let count = 0
  for (let i = start; i < end; i++) {
    const value = values[i]
    if (value === value) {
      sum += value
      count += 1
    }
  }
  return count === 0 ? Number.NaN : sum / count
}

/**
 * Logit of every planned segment: running mean of `evidence` [stepCount]. Differences of one running sum in float64, so the
 * cost does not depend on the segment length, and memory only on the number of segments; NaN steps count as not measured.
 */
export function segmentMeans(evidence: Float32Array, plan: SegmentPlan): Float32Array {
  const { segmentSteps, strideSteps, segmentCount } = plan
  const sumsBefore = new Float64Array(segmentCount)
  const countsBefore = new Uint32Array(segmentCount)
  const means = new Float32Array(segmentCount)
  let [sum, count, begun, ended] = [0, 0, 0, 0]
  for (let i = 0; ended < segmentCount; i++) {
    if (begun < segmentCount && i === begun * strideSteps) {
      sumsBefore[begun] = sum
      countsBefore[begun] = count
      begun++
    }
    if (i === ended * strideSteps + segmentSteps) {
      const measured = count - countsBefore[ended]
      means[ended] = measured === 0 ? Number.NaN : (sum - sumsBefore[ended]) / measured
      ended++
    }
    const value = evidence[i]
    if (value === value && i < evidence.length) {
      sum += value
      count++
    }
  }
  return means
}

/** σ(logit / temperature), the calibrated probability of the class fault. NaN stays NaN. */
export function probabilityOf(logit: number, temperature: number): number {
  return 1 / (1 + Math.exp(-logit / temperature))
}

export interface EventOptions {
  /** probability at which an event begins */
  readonly enter: number
  /** probability below which it ends; ≤ enter (hysteresis) */
  readonly leave: number
  /** segments; shorter events are dropped */
  readonly leastSegments: number
}

/** Runs of segments, half-open in segment indices. A NaN segment ends an event: nothing was measured there. */
export function findEvents(probabilities: Float32Array, options: EventOptions): SampleRange[] {
  const events: SampleRange[] = []
  let start = -1
  for (let i = 0; i <= probabilities.length; i++) {
    const probability = i < probabilities.length ? probabilities[i] : Number.NaN
    if (start < 0 && probability >= options.enter) start = i
    else if (start >= 0 && !(probability >= options.leave)) {
      if (i - start >= options.leastSegments) events.push({ start, end: i })
      start = -1
    }
  }
  return events
}
