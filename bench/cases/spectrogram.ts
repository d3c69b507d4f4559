import { loadKernels } from '../../src/engine/dsp/kernels/load-kernels'
import { createSpectrogramMaker } from '../../src/engine/dsp/spectrogram'
import { createRandom } from '../../src/shared/random'
import { timeBestOf, timePython, type Timing } from '../timing'

const sampleCount = 15_000_000
const fftLengths = [256, 1024]
const repeatCount = 5

export interface SpectrogramBenchResult {
  readonly name: string
  readonly ours: Timing
  /** undefined: not measured, no numpy and scipy on the machine */
  readonly scipySignal: Timing | undefined
  readonly scipyFft: Timing | undefined
}

/** Spectrogram in decibels, half overlap, one thread: ours, scipy.signal.spectrogram, scipy.fft on float32. */
export const spectrogramCase = {
  name: 'spectrogram, 15 M samples',
  async run(python: string): Promise<SpectrogramBenchResult[]> {
    const random = createRandom('bench')
    const samples = Float32Array.from({ length: sampleCount }, () => random.uniform() - 0.5)
    const maker = createSpectrogramMaker(loadKernels())
    return fftLengths.map((length) => {
      const options = { frameLength: length, hopLength: length / 2, fftLength: length, taper: 'hann' } as const
      const ours = timeBestOf(repeatCount, () => maker.decibels(samples, options, 1e-12))
      const reference = timePython(python, 'spectrogram_scipy.py', [sampleCount, length, repeatCount])
      const name = `${spectrogramCase.name}, FFT ${length}`
      return { name, ours, scipySignal: reference?.signal, scipyFft: reference?.fft }
    })
  },
}
