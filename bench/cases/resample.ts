import { createResampler } from '../../src/engine/dsp/resample'
import { createRandom } from '../../src/shared/random'
import { timeBestOf, timePython, type Timing } from '../timing'

const seconds = 600
const toHz = 12_000
const fromRatesHz = [25_600, 48_000]
const partLength = 65_536 // output samples, as conditioning takes them
const repeatCount = 3

export interface ResampleBenchResult {
  readonly name: string
  readonly ours: Timing
  /** undefined: not measured, no numpy and scipy on the machine */
  readonly scipy: Timing | undefined
}

/** Ten minutes to 12 kHz in parts, one thread, against scipy.signal.resample_poly with a filter of the same length. */
export const resampleCase = {
  name: 'resample 10 min',
  async run(python: string): Promise<ResampleBenchResult[]> {
    return fromRatesHz.map((fromHz) => {
      const samples = noise(fromHz * seconds)
      const ours = timeBestOf(repeatCount, () => resampleAll(samples, fromHz))
      const scipy = timePython(python, 'resample_scipy.py', [samples.length, fromHz, toHz, repeatCount])?.resample_poly
      return { name: `${resampleCase.name}, ${fromHz} → ${toHz} Hz`, ours, scipy }
    })
  },
}

function noise(length: number): Float32Array {
  const random = createRandom('bench')
  return Float32Array.from({ length }, () => random.uniform() - 0.5)
}

function resampleAll(samples: Float32Array, fromHz: number): void {
  const resampler = createResampler({ fromHz, toHz })
  const outputCount = resampler.outputCount(samples.length)
  for (let start = 0; start < outputCount; start += partLength) {
    const output = { start, end: Math.min(start + partLength, outputCount) }
    const needed = resampler.inputRangeFor(output)
    const from = Math.max(0, needed.start)
    resampler.apply(samples.subarray(from, needed.end), from, output)
  }
}
