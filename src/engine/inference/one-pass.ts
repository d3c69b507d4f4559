import type { JobContext } from '../jobs/job-context'
import { MapBuilder } from '../explain/activation-map'
import type { ActivationMap } from '../explain/activation-map'
import type { EvidenceRunner } from './evidence-runner'
import type { ClassMaps } from './network'
import type { NetworkInput } from './network-input'

/**
 * Evidence at every step of the map, averaged over bins: (CAM_fault + b_fault) − (CAM_healthy + b_healthy), logit units.
 * Step j sees the samples [startSample + j · stepSamples, … + receptiveFieldSamples). NaN = nothing measured there.
 */
export interface EvidenceTrack {
  readonly startSample: number
  readonly stepSamples: number
  readonly receptiveFieldSamples: number
  readonly stepCount: number
  /** rows of the map that were averaged; 1 for 1D */
  readonly bins: number
  readonly evidence: Float32Array
}

export interface OnePassRequest {
  readonly input: NetworkInput
  readonly runner: EvidenceRunner
  /** steps of the map computed at once (card.chunkSteps) */
  readonly chunkSteps: number
  /** greatest number of columns of the map that is returned; the track always has every step */
  readonly mapColumnLimit: number
  /** Told of every step at the map's full resolution; chunks come in any order. */
  readonly keeper?: StepKeeper
}

export interface StepKeeper {
  /** Steps [firstStep, firstStep + maps.stepCount); where isMeasured is 0, nothing was measured. */
  keep(firstStep: number, maps: ClassMaps, isMeasured: Uint8Array): void
}

export interface OnePassResult {
  readonly track: EvidenceTrack
  /** S_healthy and S_fault of the whole recording: means of CAM_n + b_n over the measured steps, NaN where none is. */
  readonly scores: { readonly healthy: number; readonly fault: number }
  readonly map: ActivationMap
}

/**
 * Runs the network once over a whole recording in overlapping chunks. The score of any segment is the mean of the
 * track's evidence over its steps (timeline/score-series): convolutions are unpadded along time, so the chunks change
 * nothing. Memory: one chunk in flight per thread, and the result.
 */
export async function runOnePass(request: OnePassRequest, job: JobContext): Promise<OnePassResult> {
  const { input, runner, chunkSteps, mapColumnLimit, keeper } = request
  const { stepCount, stepSamples, receptiveFieldSamples } = input
  const bins = runner.geometry.outputBins
  const track: EvidenceTrack = {
    startSample: 0,
    stepSamples,
    receptiveFieldSamples,
    stepCount,
    bins,
    evidence: new Float32Array(stepCount),
  }
  const sums = chunkSums(Math.ceil(stepCount / chunkSteps))
  const map = new MapBuilder(stepCount, bins, mapColumnLimit)
  runner.expect(Math.ceil(stepCount / chunkSteps))
  const computeChunk = async (firstStep: number): Promise<void> => {
    const count = Math.min(chunkSteps, stepCount - firstStep)
    const { values, inputLength, isMeasured } = await input.read(firstStep, count)
    if (!isMeasured.includes(1)) {
      track.evidence.fill(Number.NaN, firstStep, firstStep + count)
      return
    }
    const maps = await runner.run(values, inputLength)
    addChunk(track, map, firstStep, maps, isMeasured)
    sums.add(firstStep / chunkSteps, maps, isMeasured)
    keeper?.keep(firstStep, maps, isMeasured)
  }
  await runChunks({ stepCount, chunkSteps, runner, computeChunk }, job)
  return { track, scores: sums.means(), map: map.finish() }
}

interface ChunkLoop {
  readonly stepCount: number
  readonly chunkSteps: number
  readonly runner: EvidenceRunner
  readonly computeChunk: (firstStep: number) => Promise<void>
}

/** Keeps as many chunks under way as the runner can use; after a failure or a cancel none is left running behind. */
async function runChunks({ stepCount, chunkSteps, runner, computeChunk }: ChunkLoop, job: JobContext): Promise<void> {
  const underway = new Set<Promise<void>>()
  let doneSteps = 0
  try {
    for (let firstStep = 0; firstStep < stepCount; firstStep += chunkSteps) {
      job.signal.throwIfAborted()
      const chunk = computeChunk(firstStep).then(() => {
        underway.delete(chunk)
        doneSteps += Math.min(chunkSteps, stepCount - firstStep)
        job.report('infer', doneSteps, stepCount)
      })
      underway.add(chunk)
      while (underway.size >= runner.concurrency) await Promise.race(underway)
    }
    await Promise.all(underway)
  } finally {
    await Promise.allSettled(underway)
  }
}

function addChunk(
  track: EvidenceTrack,
  map: MapBuilder,
  firstStep: number,
  { stepCount, bins, healthy, fault }: ClassMaps,
  isMeasured: Uint8Array,
): void {
  const evidence = new Float32Array(bins)
  for (let i = 0; i < stepCount; i++) {
    let difference = 0
    for (let p = i * bins; p < (i + 1) * bins; p++) {
      evidence[p - i * bins] = fault[p] - healthy[p]
      difference += fault[p] - healthy[p]
    }
    const step = firstStep + i
    track.evidence[step] = isMeasured[i] === 0 ? Number.NaN : difference / bins
    if (isMeasured[i] !== 0) map.add(step, evidence, 0)
  }
}

interface ChunkSums {
  add(chunk: number, maps: ClassMaps, isMeasured: Uint8Array): void
  means(): OnePassResult['scores']
}

/** Sums of both classes, chunk by chunk: added up in their order, whatever the order they come in. */
function chunkSums(chunkCount: number): ChunkSums {
  const healthySums = new Float64Array(chunkCount)
  const faultSums = new Float64Array(chunkCount)
  const counts = new Float64Array(chunkCount)
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
  return {
    add(chunk, { stepCount, bins, healthy, fault }, isMeasured) {
      for (let i = 0; i < stepCount; i++) {
        if (isMeasured[i] === 0) continue
        for (let p = i * bins; p < (i + 1) * bins; p++) {
          healthySums[chunk] += healthy[p]
          faultSums[chunk] += fault[p]
        }
        counts[chunk] += bins
      }
    },
    means() {
      const count = total(counts) // 0 / 0 is NaN
      return { healthy: total(healthySums) / count, fault: total(faultSums) / count }
    },
  }
}
