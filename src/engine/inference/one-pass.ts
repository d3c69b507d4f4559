import type { JobContext } from '../jobs/job-context'
import { MapBuilder } from '../explain/activation-map'
import type { ActivationMap } from '../explain/activation-map'
import type { EvidenceRunner } from './evidence-runner'
import type { ClassMaps } from './network'
import type { NetworkInput } from './network-input'

/**
 * CAM_n + b_n of both classes at every step of the map, averaged over bins; evidence = fault − healthy, in logit units.
 * Step j sees the samples [startSample + j · stepSamples, … + receptiveFieldSamples). NaN = nothing measured there.
 */
export interface EvidenceTrack {
  readonly startSample: number
  readonly stepSamples: number
  readonly receptiveFieldSamples: number
  readonly stepCount: number
  /** rows of the map that were averaged; 1 for 1D */
  readonly bins: number
  readonly healthy: Float32Array
  readonly fault: Float32Array
  readonly evidence: Float32Array
}

/** What scores of segments are made of: the evidence alone. */
export type EvidenceSeries = Omit<EvidenceTrack, 'healthy' | 'fault'>

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
    healthy: new Float32Array(stepCount),
    fault: new Float32Array(stepCount),
    evidence: new Float32Array(stepCount),
  }
  const map = new MapBuilder(stepCount, bins, mapColumnLimit)
  runner.expect(Math.ceil(stepCount / chunkSteps))
  const computeChunk = async (firstStep: number): Promise<void> => {
    const count = Math.min(chunkSteps, stepCount - firstStep)
    const { values, inputLength, isMeasured } = await input.read(firstStep, count)
    if (!isMeasured.includes(1)) {
      fillUnmeasured(track, firstStep, count)
      return
    }
    const maps = await runner.run(values, inputLength)
    addChunk(track, map, firstStep, maps, isMeasured)
    keeper?.keep(firstStep, maps, isMeasured)
  }
  await runChunks({ stepCount, chunkSteps, runner, computeChunk }, job)
  return { track, map: map.finish() }
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
    let healthySum = 0
    let faultSum = 0
    for (let p = i * bins; p < (i + 1) * bins; p++) {
      healthySum += healthy[p]
      faultSum += fault[p]
      evidence[p - i * bins] = fault[p] - healthy[p]
    }
    const step = firstStep + i
    if (isMeasured[i] === 0) {
      fillUnmeasured(track, step, 1)
      continue
    }
    track.healthy[step] = healthySum / bins
    track.fault[step] = faultSum / bins
    track.evidence[step] = (faultSum - healthySum) / bins
    map.add(step, evidence, 0)
  }
}

function fillUnmeasured(track: EvidenceTrack, firstStep: number, count: number): void {
  for (const values of [track.healthy, track.fault, track.evidence])
    values.fill(Number.NaN, firstStep, firstStep + count)
}
