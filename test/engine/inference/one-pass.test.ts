import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConditionedSignal } from '../../../src/engine/dsp/conditioned-signal'
import { selectBackend } from '../../../src/engine/inference/backend'
import { inProcessRunner } from '../../../src/engine/inference/evidence-runner'
import { inspectSegment } from '../../../src/engine/inference/inspect-segment'
import { loadNetwork } from '../../../src/engine/inference/network'
import type { Network } from '../../../src/engine/inference/network'
import { spectrogramInput, waveformInput } from '../../../src/engine/inference/network-input'
import type { NetworkInput, PowerFrames } from '../../../src/engine/inference/network-input'
import { runOnePass } from '../../../src/engine/inference/one-pass'
import { quietJob } from '../../../src/engine/jobs/job-context'
import type { ModelCard } from '../../../src/shared/model-card'
import { meanOf, segmentMeans } from '../../../src/engine/timeline/score-series'
import { createRandom } from '../../../src/shared/random'
import { writeTinyModel } from '../../builders/tiny-model'
import { availableBackends } from '../../helpers/backends'
import { expectArraysClose } from '../../helpers/expect-arrays-close'
import { expectNoTensorLeak } from '../../helpers/expect-no-tensor-leak'

/** float32 sums of a few hundred terms, taken in another order: the goal of the design is 1e-5. */
const tolerance = 1e-5

/** Power by definition, slow and independent of the engine's FFT; Hann. */
const slowPower: PowerFrames = (samples, { frameLength, hopLength, fftLength }) => {
  const frameCount = Math.floor((samples.length - frameLength) / hopLength) + 1
  const power = new Float32Array(frameCount * (fftLength / 2 + 1))
  for (let frame = 0; frame < frameCount; frame++) {
    for (let bin = 0; bin <= fftLength / 2; bin++) {
      let re = 0
      let im = 0
      for (let i = 0; i < frameLength; i++) {
        const value = samples[frame * hopLength + i] * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frameLength))
        re += value * Math.cos((2 * Math.PI * bin * i) / fftLength)
        im -= value * Math.sin((2 * Math.PI * bin * i) / fftLength)
      }
      power[frame * (fftLength / 2 + 1) + bin] = (re * re + im * im) / fftLength
    }
  }
  return power
}

function signalOf(samples: Float32Array): ConditionedSignal {
  return {
    sampleRateHz: 12_000,
    sampleCount: samples.length,
    inputCount: 1,
    read: ({ start, end }) => Promise.resolve(samples.subarray(start, end)),
  }
}

function noise(length: number): Float32Array {
  const random = createRandom('one pass')
  return Float32Array.from({ length }, () => random.normal())
}

function inputOf(samples: Float32Array, network: Network, card: ModelCard): NetworkInput {
  const signal = signalOf(samples)
  return card.spectrogram
    ? spectrogramInput(signal, network.geometry, card.spectrogram, slowPower)
    : waveformInput(signal, network.geometry)
}

const folders = new Map<string, { folder: string; card: ModelCard }>()

beforeAll(async () => {
  await selectBackend('cpu')
  for (const kind of ['1d', '2d'] as const) {
    const folder = await mkdtemp(join(tmpdir(), 'vibralens-one-pass-'))
    folders.set(kind, { folder, card: await writeTinyModel(folder, kind) })
  }
})

afterAll(async () => {
  for (const { folder } of folders.values()) await rm(folder, { recursive: true })
})

async function withNetwork<T>(
  kind: string,
  backend: 'tensorflow' | 'wasm' | 'cpu',
  use: (network: Network, card: ModelCard) => Promise<T>,
): Promise<T> {
  const made = folders.get(kind)
  if (!made) throw new Error('not built')
  await selectBackend(backend)
  const network = await loadNetwork(made.folder, made.card)
  try {
    return await use(network, made.card)
  } finally {
    network.dispose()
  }
}

const onePassOf = (network: Network, input: NetworkInput, chunkSteps: number) =>
  runOnePass({ input, runner: inProcessRunner(network), chunkSteps, mapColumnLimit: 20 }, quietJob)

describe.each(['1d', '2d'])('one pass of a %s network', (kind) => {
  it.each(availableBackends)('gives every segment the score that it has alone, on %s', async (backend) => {
    const samples = noise(2600)
    await expectNoTensorLeak(() =>
      withNetwork(kind, backend, async (network, card) => {
        const input = inputOf(samples, network, card)
        const { track } = await onePassOf(network, input, 37)
        for (const segmentSteps of [1, 2, 3, 10, 50, track.stepCount]) {
          const strideSteps = Math.max(1, Math.floor(segmentSteps / 3))
          const segmentCount = Math.floor((track.stepCount - segmentSteps) / strideSteps) + 1
          const logits = segmentMeans(track.evidence, { segmentSteps, strideSteps, segmentCount })
          for (let s = 0; s < segmentCount; s += Math.ceil(segmentCount / 40)) {
            // the segment cut out of the recording: the network never sees what is round it
            const start = s * strideSteps * track.stepSamples
            const length = (segmentSteps - 1) * track.stepSamples + track.receptiveFieldSamples
            const alone = inputOf(samples.slice(start, start + length), network, card)
            expect(alone.stepCount).toBe(segmentSteps)
            const { values } = await alone.read(0, segmentSteps)
            const [healthy, fault] = await network.runSegments(values, 1)
            expect(Math.abs(logits[s] - (fault - healthy)), `${segmentSteps} steps, segment ${s}`).toBeLessThanOrEqual(
              tolerance,
            )
          }
        }
      }),
    )
  })

  it('does not depend on the chunks', async () => {
    await withNetwork(kind, 'wasm', async (network, card) => {
      const input = inputOf(noise(2000), network, card)
      const whole = await onePassOf(network, input, input.stepCount)
      for (const chunkSteps of [1, 7, 64, input.stepCount - 1]) {
        const { track, scores, map } = await onePassOf(network, input, chunkSteps)
        expectArraysClose(track.evidence, whole.track.evidence, tolerance)
        expect(scores.healthy).toBeCloseTo(whole.scores.healthy, 5)
        expect(scores.fault - scores.healthy).toBeCloseTo(meanOf(track.evidence, 0, track.stepCount), 5)
        expectArraysClose(map.values, whole.map.values, tolerance)
      }
      expect(whole.track.evidence.some((value) => Math.abs(value) > 0.01)).toBe(true)
    })
  })

  it('keeps the mean of the evidence in a map of few columns', async () => {
    await withNetwork(kind, 'cpu', async (network, card) => {
      const { track, map } = await onePassOf(network, inputOf(noise(2000), network, card), 50)
      expect(map.rows).toBe(network.geometry.outputBins)
      expect(map.columns).toBe(Math.ceil(track.stepCount / map.stepsPerColumn))
      expect(map.columns).toBeLessThanOrEqual(20)
      const last = track.stepCount - (map.columns - 1) * map.stepsPerColumn
      let sum = 0
      for (let i = 0; i < map.values.length; i++) {
        sum += (map.values[i] * (i % map.columns === map.columns - 1 ? last : map.stepsPerColumn)) / map.rows
      }
      expect(sum / track.stepCount).toBeCloseTo(meanOf(track.evidence, 0, track.stepCount), 5)
    })
  })

  it('says nothing where nothing was measured, and loses nothing else', async () => {
    await withNetwork(kind, 'wasm', async (network, card) => {
      const samples = noise(2600)
      const holed = Float32Array.from(samples)
      holed.fill(Number.NaN, 700, 703)
      holed[1500] = Number.POSITIVE_INFINITY
      const input = inputOf(holed, network, card)
      const whole = await onePassOf(network, inputOf(samples, network, card), 40)
      const { track, map } = await onePassOf(network, input, 10)
      const { stepSamples, receptiveFieldSamples: field } = track
      for (let step = 0; step < track.stepCount; step++) {
        const start = step * stepSamples
        const seesHole = [700, 701, 702, 1500].some((hole) => hole >= start && hole < start + field)
        expect(Number.isNaN(track.evidence[step]), `step ${step}`).toBe(seesHole)
        if (!seesHole)
          expect(Math.abs(track.evidence[step] - whole.track.evidence[step])).toBeLessThanOrEqual(tolerance)
      }
      expect(map.values.some(Number.isNaN)).toBe(map.stepsPerColumn === 1)
      expect(Number.isNaN(holed[700])).toBe(true) // the signal's own memory is left alone
    })
  })

  it('explains a segment by contributions that add up to its logit', async () => {
    await withNetwork(kind, 'wasm', async (network, card) => {
      const samples = noise(2600)
      samples[900] = Number.NaN
      const input = inputOf(samples, network, card)
      const { track } = await onePassOf(network, input, 64)
      const request = { network, input, firstStep: 20, stepCount: 100, chunkSteps: 33, columnLimit: 25 }
      const { scores, contributions, measuredSteps, pooled, maps } = await inspectSegment(request, quietJob)
      expect([maps.columns, maps.stepsPerColumn, maps.values.length]).toEqual([25, 4, pooled.length])
      const measured = maps.values.map((values) => values.filter((value) => !Number.isNaN(value)))
      expect(measured[0].length).toBeLessThan(maps.values[0].length) // the columns about the hole
      expect(measured.every((values) => values.length === measured[0].length)).toBe(true)
      const sum = contributions.fault.reduce((total, value) => total + value, network.bias[1])
      expect(sum).toBeCloseTo(scores.fault, 10)
      expect(measuredSteps).toBeLessThan(100)
      expect(Math.abs(scores.logit - meanOf(track.evidence, 20, 120))).toBeLessThanOrEqual(tolerance)
    })
  })

  it('is empty for a recording shorter than the receptive field, and stops when it is cancelled', async () => {
    await withNetwork(kind, 'cpu', async (network, card) => {
      const short = await onePassOf(network, inputOf(noise(43), network, card), 10)
      expect(short.track.stepCount).toBe(0)
      expect(short.map.columns).toBe(0)
      const controller = new AbortController()
      const report = (_stage: string, done: number) => {
        if (done >= 20) controller.abort()
      }
      const request = {
        input: inputOf(noise(2600), network, card),
        runner: inProcessRunner(network),
        chunkSteps: 10,
        mapColumnLimit: 20,
      }
      await expect(runOnePass(request, { signal: controller.signal, report })).rejects.toThrow(/abort/i)
    })
  })
})
