import { loadKernels } from '../../src/engine/dsp/kernels/load-kernels'
import { createPyramid } from '../../src/engine/timeline/pyramid'
import { createRandom } from '../../src/shared/random'
import { timeBestOf, timePython, type Timing } from '../timing'

const sampleCount = 100_000_000
const chunkLength = 1_000_000
const columnCount = 2000
const queryCount = 200
const repeatCount = 5

export interface PyramidBenchResult {
  readonly name: string
  readonly ours: Timing
  /** undefined: not measured, no numpy on the machine */
  readonly numpy: Timing | undefined
  /** one query of 2000 columns over random ranges: mean CPU time, median and greatest wall time */
  readonly query: { readonly cpuSeconds: number; readonly medianSeconds: number; readonly worstSeconds: number }
}

/** Minima and maxima of 10⁸ samples for every zoom, built from chunks in memory, one thread; then queries. */
export const pyramidCase = {
  name: 'min/max pyramid, 100 M samples',
  async run(python: string): Promise<PyramidBenchResult[]> {
    const random = createRandom('bench')
    const chunk = Float32Array.from({ length: chunkLength }, () => random.uniform() - 0.5)
    const samples = new Float32Array(sampleCount)
    for (let at = 0; at < sampleCount; at += chunkLength) samples.set(chunk, at)
    const kernels = loadKernels()
    let pyramid = createPyramid(kernels, sampleCount)
    const ours = timeBestOf(repeatCount, () => {
      pyramid = createPyramid(kernels, sampleCount)
      for (let at = 0; at < sampleCount; at += chunkLength) pyramid.append(samples.subarray(at, at + chunkLength))
    })
    const seconds: number[] = []
    const cpu = process.cpuUsage()
    for (let i = 0; i < queryCount; i++) {
      const [a, b] = [random.uniform(), random.uniform()].map((share) => Math.floor(share * sampleCount))
      const started = performance.now()
      pyramid.query({ start: Math.min(a, b), end: Math.max(a, b) }, columnCount)
      seconds.push((performance.now() - started) / 1000)
    }
    const { user, system } = process.cpuUsage(cpu)
    seconds.sort((a, b) => a - b)
    const query = {
      cpuSeconds: (user + system) / 1e6 / queryCount,
      medianSeconds: seconds[queryCount / 2],
      worstSeconds: seconds[queryCount - 1],
    }
    const numpy = timePython(python, 'pyramid_numpy.py', [sampleCount, repeatCount])?.pyramid
    return [{ name: pyramidCase.name, ours, numpy, query }]
  },
}
