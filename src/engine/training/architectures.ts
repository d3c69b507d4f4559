import { input, layers } from '@tensorflow/tfjs-layers'
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers'
import { tensor } from '@tensorflow/tfjs-core'
import { CropToMatch } from '../inference/layers/crop-to-match'
import { PointwisePower } from '../inference/layers/pointwise-power'
import type { CardConditioning, CardSpectrogram } from '../models/card'
import { apply, camLayer, join, single, withHead } from './symbolic'

/** What is decided before training; everything here ends up in the card or in model.json. */
export interface Architecture {
  readonly kind: '1d' | '2d'
  readonly sampleRateHz: number
  readonly conditioning: CardConditioning
  readonly spectrogram: CardSpectrogram | null
  readonly camLayer: string
  readonly defaultSegmentSeconds: number
  readonly chunkSteps: number
  /** of each feature's weight, in the order of the maps */
  readonly signs: readonly (1 | -1)[]
  /** Zero head, trunk weights as designed or drawn. */
  build(): LayersModel
}

/** One feature map: |x|^exponent · scale of a source, smoothed or not, then ln(1 + ·) where it saturates. */
export interface PowerTerm {
  readonly source: 'high-passed' | 'waveform'
  /** samples of the Hann smoothing of x² before the power; 1 = none */
  readonly smoothingSamples: number
  /** x (or the smoothed x², where smoothed) is multiplied by it before the power */
  readonly scale: number
  readonly exponent: number
  readonly isSaturating: boolean
  /** the sign that the feature's weight may have: it may only speak for (1) or against (−1) a fault */
  readonly sign: 1 | -1
}

export interface WaveformDesign {
  readonly sampleRateHz: number
  readonly highPassHz: number
  /** odd: the filter has a middle sample */
  readonly tapCount: number
  readonly terms: readonly PowerTerm[]
  /** samples averaged into one step of the map; the total stride */
  readonly stepSamples: number
}

/**
 * 1D: a fixed filter that leaves the shaft orders out, fixed even and saturating powers of its output and of the signal, averaged over `stepSamples`. The signal is level-free, so these averages hold kurtosis and its
 * robust kin exactly; only the head is trained (docs/experiments.md says why: trained filters learn the rig).
 */
export function waveformArchitecture(design: WaveformDesign): Architecture {
  return {
    kind: '1d',
    sampleRateHz: design.sampleRateHz,
    conditioning: { slowRmsSeconds: 1 },
    spectrogram: null,
    camLayer,
    defaultSegmentSeconds: 0.5,
    chunkSteps: 8192,
    signs: design.terms.map((term) => term.sign),
    build: () => buildWaveformNetwork(design),
  }
}

function buildWaveformNetwork(design: WaveformDesign): LayersModel {
  const { tapCount, terms, stepSamples } = design
  const signal = input({ shape: [null, 1], name: 'signal' })
  const highPassed = fixedFilter('high-passed', highPassTaps(design), signal)
  const cropped = new CropToMatch({ name: 'waveform', startSteps: (tapCount - 1) / 2, startBins: 0 })
  const usesWaveform = terms.some((term) => term.source === 'waveform')
  const sources = {
    'high-passed': highPassed,
    waveform: usesWaveform ? single(cropped.apply([signal, highPassed])) : signal,
  }
  const branches = terms.map((term, index) => ({
    term,
    output: branchOf(term, `power-${index + 1}`, sources[term.source]),
  }))
  const joined = join(aligned(branches))
  const map = apply(
    layers.averagePooling1d({ name: camLayer, poolSize: stepSamples, strides: stepSamples, padding: 'valid' }),
    joined,
  )
  return withHead(signal, map, layers.globalAveragePooling1d({ name: 'mean' }))
}

function branchOf(term: PowerTerm, name: string, source: SymbolicTensor): SymbolicTensor {
  const { smoothingSamples, scale, exponent, isSaturating } = term
  let base = source
  if (smoothingSamples > 1) {
    const squared = apply(new PointwisePower({ name: `${name}-square`, mode: 'square', scale: 1 }), source)
    base = fixedFilter(`${name}-smooth`, hannTaps(smoothingSamples), squared)
  }
  const power = apply(new PointwisePower({ name, mode: 'power', scale, exponent }), base)
  return isSaturating ? apply(new PointwisePower({ name: `${name}-log`, mode: 'log1p', scale: 1 }), power) : power
}

interface Branch {
  readonly term: PowerTerm
  readonly output: SymbolicTensor
}

/** Branches cut to the longest smoothing's length, so that all look at the same middle (to half a sample). */
function aligned(branches: readonly Branch[]): SymbolicTensor[] {
  const longest = branches.reduce((best, next) =>
    next.term.smoothingSamples > best.term.smoothingSamples ? next : best,
  )
  return branches.map(({ term, output }, index) => {
    const surplus = longest.term.smoothingSamples - term.smoothingSamples
    if (surplus === 0) return output
    const crop = new CropToMatch({ name: `align-${index + 1}`, startSteps: Math.floor(surplus / 2), startBins: 0 })
    return single(crop.apply([output, longest.output]))
  })
}

/** Hann of n samples without its zero ends, sum 1. */
function hannTaps(count: number): Float32Array {
  const taps = Float64Array.from({ length: count }, (_, i) => 1 - Math.cos((2 * Math.PI * (i + 1)) / (count + 1)))
  const sum = taps.reduce((total, value) => total + value, 0)
  return Float32Array.from(taps, (value) => value / sum)
}

function fixedFilter(name: string, taps: Float32Array, signal: SymbolicTensor): SymbolicTensor {
  const layer = layers.conv1d({
    name,
    filters: 1,
    kernelSize: taps.length,
    padding: 'valid',
    useBias: false,
    trainable: false,
    kernelInitializer: 'zeros',
  })
  const output = apply(layer, signal)
  const kernel = tensor(taps, [taps.length, 1, 1], 'float32')
  layer.setWeights([kernel])
  kernel.dispose()
  return output
}

/** δ − low-pass, Hamming-tapered ideal, sum of the low-pass 1: zero at DC, 1 far above the edge, linear phase. */
function highPassTaps({ tapCount, highPassHz, sampleRateHz }: WaveformDesign): Float32Array {
  const middle = (tapCount - 1) / 2
  const cutoff = (2 * highPassHz) / sampleRateHz // as a share of half the sample rate
  const low = Float64Array.from({ length: tapCount }, (_, i) => {
    const x = cutoff * (i - middle)
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
    return sinc * (0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (tapCount - 1)))
  })
  const sum = low.reduce((total, value) => total + value, 0)
  return Float32Array.from(low, (value, i) => (i === middle ? 1 : 0) - value / sum)
}
