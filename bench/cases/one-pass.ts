import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { ConditionedSignal } from '../../src/engine/dsp/conditioned-signal'
import { loadKernels } from '../../src/engine/dsp/kernels/load-kernels'
import { createSpectrogramMaker } from '../../src/engine/dsp/spectrogram'
import { selectBackend } from '../../src/engine/inference/backend'
import { inProcessRunner } from '../../src/engine/inference/evidence-runner'
import { readGeometry } from '../../src/engine/inference/geometry'
import { writeModelFiles } from '../../src/engine/inference/model-files'
import { createNetwork } from '../../src/engine/inference/network'
import type { Network } from '../../src/engine/inference/network'
import { spectrogramInput, waveformInput } from '../../src/engine/inference/network-input'
import type { NetworkInput } from '../../src/engine/inference/network-input'
import { runOnePass } from '../../src/engine/inference/one-pass'
import { quietJob } from '../../src/engine/jobs/job-context'
import { meanOf } from '../../src/engine/timeline/score-series'
import { designs } from '../../src/engine/training/designs'
import { createRandom } from '../../src/shared/random'

const sampleRateHz = 12_000
const seconds = 60
const segmentLength = 6000 // samples: 0.5 s
const segmentStride = 600 // 90 % overlap
const repeatCount = 3

interface TorchResult {
  readonly onePassSeconds: number
  readonly perSegmentSeconds: number
  readonly logits: readonly number[]
}

export interface OnePassBenchResult {
  readonly name: string
  readonly backend: string
  /** seconds, best of three, on the calling thread */
  readonly onePass: number
  /** seconds: every segment alone, on the same network and backend */
  readonly ownPerSegment: number
  /** seconds in PyTorch with one thread; undefined where it is not on the machine */
  readonly torch: TorchResult | undefined
  /** largest |difference| of a segment's logit between PyTorch and us */
  readonly torchDifference: number | undefined
  /** largest |difference| of a segment's logit between the two ways */
  readonly worstDifference: number
}

/** One pass over 60 s at 12 kHz, evidence included, against every segment alone (90 % overlap), the shipped designs. */
export const onePassCase = {
  name: 'one pass, 60 s at 12 kHz, 90 % overlap',
  async run(python: string): Promise<OnePassBenchResult[]> {
    const random = createRandom('bench')
    const samples = Float32Array.from({ length: seconds * sampleRateHz }, () => random.normal())
    const results: OnePassBenchResult[] = []
    for (const kind of ['1d', '2d'] as const) results.push(await compare(kind, samples, python))
    return results
  },
}

async function compare(kind: '1d' | '2d', samples: Float32Array, python: string): Promise<OnePassBenchResult> {
  const { name: backend } = await selectBackend('wasm')
  const { architecture } = designs[kind]
  const model = architecture.build()
  const geometry = readGeometry(model.toJSON(undefined, false), architecture.camLayer)
  giveHead(model)
  const network = await createNetwork(model, geometry, architecture.camLayer)
  try {
    const input = inputOf(kind, network, samples)
    const request = {
      input,
      runner: inProcessRunner(network),
      chunkSteps: architecture.chunkSteps,
      mapColumnLimit: 4096,
    }
    const passes = await bestOf(() => runOnePass(request, quietJob))
    const alone = await bestOf(() => everySegment(kind, network, samples), 1)
    const { track } = passes.result
    const segmentSteps = Math.floor((segmentLength - track.receptiveFieldSamples) / track.stepSamples) + 1
    let worstDifference = 0
    for (const [start, logit] of alone.result) {
      if (start % track.stepSamples !== 0) continue
      const first = start / track.stepSamples
      const running = meanOf(track.evidence, first, first + segmentSteps)
      worstDifference = Math.max(worstDifference, Math.abs(running - logit))
    }
    const torch = await runTorch(kind, model, samples, python)
    const torchDifference =
      torch &&
      largestDifference(
        alone.result.map(([, logit]) => logit),
        torch.logits,
      )
    const name = `${kind}: ${onePassCase.name}`
    return {
      name,
      backend,
      onePass: passes.seconds,
      ownPerSegment: alone.seconds,
      torch,
      worstDifference,
      torchDifference,
    }
  } finally {
    network.dispose()
  }
}

/** The design's head is zero until it is trained; any other weights cost the same. */
function giveHead(model: LayersModel): void {
  const head = model.layers[model.layers.length - 1]
  const random = createRandom('head')
  const filled = head.getWeights().map(({ shape, size }) =>
    tensor(
      Float32Array.from({ length: size }, () => random.normal()),
      shape,
    ),
  )
  head.setWeights(filled)
  for (const made of filled) made.dispose()
}

function inputOf(kind: '1d' | '2d', network: Network, samples: Float32Array): NetworkInput {
  const signal: ConditionedSignal = {
    sampleRateHz,
    sampleCount: samples.length,
    inputCount: 1,
    read: ({ start, end }) => Promise.resolve(samples.subarray(start, end)),
  }
  const { spectrogram } = designs[kind].architecture
  return spectrogram === null
    ? waveformInput(signal, network.geometry)
    : spectrogramInput(signal, network.geometry, spectrogram, maker.power)
}

const maker = createSpectrogramMaker(loadKernels())

function largestDifference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0)
}

/** [start sample, logit] of each segment, one call of the network each. */
async function everySegment(kind: '1d' | '2d', network: Network, samples: Float32Array): Promise<[number, number][]> {
  const logits: [number, number][] = []
  for (let start = 0; start + segmentLength <= samples.length; start += segmentStride) {
    const input = inputOf(kind, network, samples.subarray(start, start + segmentLength))
    const { values } = await input.read(0, input.stepCount)
    const [healthy, fault] = await network.runSegments(values, 1)
    logits.push([start, fault - healthy])
  }
  return logits
}

async function bestOf<T>(work: () => Promise<T>, repeats = repeatCount): Promise<{ seconds: number; result: T }> {
  let result = await work() // warm
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < repeats; i++) {
    const start = performance.now()
    result = await work()
    best = Math.min(best, (performance.now() - start) / 1000)
  }
  return { seconds: best, result }
}

async function runTorch(
  kind: '1d' | '2d',
  model: LayersModel,
  samples: Float32Array,
  python: string,
): Promise<TorchResult | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'vibralens-bench-'))
  try {
    await writeModelFiles(model, folder)
    await writeFile(join(folder, 'samples.f32'), samples)
    const script = fileURLToPath(new URL('../reference/one_pass_torch.py', import.meta.url))
    const lengths = [String(segmentLength), String(segmentStride)]
    const settings = JSON.stringify(designs[kind].architecture.spectrogram)
    const args = [script, folder, join(folder, 'samples.f32'), ...lengths, settings, String(sampleRateHz)]
    const output = execFileSync(python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return JSON.parse(output) as TorchResult
  } catch {
    return undefined // no Python with torch on this machine
  } finally {
    await rm(folder, { recursive: true })
  }
}
