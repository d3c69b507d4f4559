import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  designButterworth,
  filterSections,
  filterZeroPhase,
  magnitudeAt,
  type ButterworthBand,
} from '../../../src/engine/dsp/butterworth'
import { bandEnvelope } from '../../../src/engine/dsp/envelope'
import { createRealFft } from '../../../src/engine/dsp/fft'
import { createResampler } from '../../../src/engine/dsp/resample'
import { averagedSpectrum } from '../../../src/engine/dsp/spectrum'
import { statisticsOfSamples, type SignalStatistics } from '../../../src/engine/dsp/statistics'
import { createTaper, type Taper } from '../../../src/engine/dsp/taper'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

interface GoldenFilter {
  readonly kind: ButterworthBand['kind']
  readonly order: number
  readonly lowHz: number
  readonly highHz: number
  readonly hertz: readonly number[]
  readonly magnitude: readonly number[]
  readonly filtered: readonly number[]
  readonly zeroPhase: readonly number[]
}

interface GoldenSpectrum {
  readonly taper: Taper
  readonly frameLength: number
  readonly hopLength: number
  readonly fftLength: number
  readonly scaling: 'spectrum' | 'density'
  readonly power: readonly number[]
}

// made by test/golden/signal-golden.py
const golden = JSON.parse(readFileSync(new URL('../../golden/signal-golden.json', import.meta.url), 'utf8')) as {
  readonly tapers: readonly { taper: Taper; length: number; weights: readonly number[] }[]
  readonly transforms: readonly { length: number; real: readonly number[]; imaginary: readonly number[] }[]
  readonly spectra: readonly GoldenSpectrum[]
  readonly filters: readonly GoldenFilter[]
  readonly envelopes: readonly { count: number; lowHz: number; highHz: number; envelope: readonly number[] }[]
  readonly moments: Omit<SignalStatistics, 'sampleCount'>
  readonly resampled: readonly { fromHz: number; toHz: number; k: number; value: number }[]
}

const sampleRateHz = 12_000

/** As in the script. */
function made(count: number): Float64Array {
  const turn = (part: number, whole: number): number => (2 * Math.PI * (part % whole)) / whole
  return Float64Array.from({ length: count }, (_, n) => {
    const tone = Math.sin(turn(7 * n, 96)) + 0.5 * Math.cos(turn(n * n, 211))
    return 0.25 + tone * (1 + 0.3 * Math.sin(turn(n, 480)))
  })
}

const everySeventh = (values: Float64Array): Float64Array => values.filter((_, i) => i % 7 === 0)

describe('as SciPy', () => {
  it.each(golden.tapers)('$taper of $length samples', ({ taper, length, weights }) => {
    expectArraysClose(createTaper(taper, length), weights, 1e-15)
  })

  it.each(golden.transforms)('transform of $length samples', ({ length, real, imaginary }) => {
    const fft = createRealFft(length)
    const actual = { real: new Float64Array(fft.binCount), imaginary: new Float64Array(fft.binCount) }
    fft.forward(made(length), actual.real, actual.imaginary)
    expectArraysClose(actual.real, real, 1e-12)
    expectArraysClose(actual.imaginary, imaginary, 1e-12)
  })

  it.each(golden.spectra)('averaged $scaling, $taper, $frameLength/$hopLength/$fftLength', (expected) => {
    const { power, bandwidthHz } = averagedSpectrum(made(1000), sampleRateHz, { ...expected, removesMean: true })
    const scale = expected.scaling === 'density' ? 1 / bandwidthHz : 1
    expectArraysClose(
      power.map((value) => value * scale),
      expected.power,
      1e-13,
    )
  })

  describe.each(golden.filters)('Butterworth $kind of order $order, $lowHz to $highHz Hz', (expected) => {
    const { kind, order, lowHz, highHz } = expected
    const sections = designButterworth(order, { kind, lowHz, highHz }, sampleRateHz)

    it('magnitude, to 1e-9 of it', () => {
      const ratios = expected.hertz.map((hz, i) => magnitudeAt(sections, hz, sampleRateHz) / expected.magnitude[i])
      expectArraysClose(ratios, new Float64Array(ratios.length).fill(1), 1e-9) // where it is 4e-11, both sides round
    })

    it('output, causal and zero phase', () => {
      expectArraysClose(everySeventh(filterSections(sections, made(400))), expected.filtered, 1e-10)
      expectArraysClose(everySeventh(filterZeroPhase(sections, made(400))), expected.zeroPhase, 1e-9)
    })
  })

  it.each(golden.envelopes)('envelope of $count samples, $lowHz to $highHz Hz', ({ count, envelope, ...band }) => {
    expectArraysClose(bandEnvelope(made(count), sampleRateHz, band), envelope, 1e-12)
  })

  it('moments', () => {
    const statistics = statisticsOfSamples(made(1000).map((x) => x ** 3))
    for (const [name, value] of Object.entries(golden.moments)) {
      expect(statistics[name as keyof SignalStatistics] / value, name).toBeCloseTo(1, 12)
    }
  })

  it.each(golden.resampled)('resampled $fromHz → $toHz Hz, sample $k', ({ fromHz, toHz, k, value }) => {
    const input = Float32Array.from(made(1000))
    const [output] = createResampler({ fromHz, toHz }).apply(input, 0, { start: k, end: k + 1 })
    expect(output).toBeCloseTo(value, 6) // the output is float32
  })
})
