import { input, layers } from '@tensorflow/tfjs-layers'
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers'
import { tensor } from '@tensorflow/tfjs-core'
import { PointwisePower } from '../inference/layers/pointwise-power'
import { highPassTaps } from '../dsp/high-pass'
import type { CardConditioning, CardSpectrogram } from '../../shared/model-card'
import { apply, camLayer, withHead } from './symbolic'

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

/** One feature map: ln(1 + u³), u the Hann-smoothed square of a source over `threshold`. */
export interface PowerTerm {
  readonly source: 'high-passed' | 'waveform'
  /** samples of the Hann smoothing of the square; 1 = none */
  readonly smoothingSamples: number
  /** the square at which the map begins to grow; 1 is the mean square of the whole signal */
  readonly threshold: number
  /** the sign that the feature's weight may have: it may only speak for (1) or against (−1) a fault */
  readonly sign: 1 | -1
}

export interface WaveformDesign {
  readonly sampleRateHz: number
  readonly highPassHz: number
  /** odd: the filter has a middle sample */
  readonly tapCount: number
  readonly terms: readonly PowerTerm[]
  /** samples between the smoothed squares that are looked at */
  readonly smoothingStride: number
  /** of these averaged into one step of the map; the total stride is their product */
  readonly stepCount: number
}

/**
 * 1D: the signal and the signal without its shaft orders (one convolution), squared, smoothed over several lengths (one
 * convolution), a saturating even power of each, averaged into steps. The signal is level-free, so these averages are
 * robust kin of kurtosis; only the head is trained (docs/experiments.md says why: trained filters learn the rig).
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
  const { tapCount, terms, smoothingStride, stepCount } = design
  const signal = input({ shape: [null, 1], name: 'signal' })
  const filters = { name: 'filters', kernel: filterKernel(design), shape: [tapCount, 1, 2] as const, stride: 1 }
  const squares = apply(
    new PointwisePower({ name: 'squares', mode: 'square', scale: 1 }),
    fixedConvolution(filters, signal),
  )
  const longest = longestSmoothing(terms)
  const smoothing = {
    name: 'smoothed',
    kernel: smoothingKernel(terms),
    shape: [longest, 2, terms.length] as const,
    stride: smoothingStride,
  }
  const smoothed = fixedConvolution(smoothing, squares)
  const cubes = apply(new PointwisePower({ name: 'cubes', mode: 'power', scale: 1, exponent: 3 }), smoothed)
  const maps = apply(new PointwisePower({ name: 'saturated', mode: 'log1p', scale: 1 }), cubes)
  const pooling = layers.averagePooling1d({ name: camLayer, poolSize: stepCount, strides: stepCount, padding: 'valid' })
  return withHead(signal, apply(pooling, maps), layers.globalAveragePooling1d({ name: 'mean' }))
}

function longestSmoothing(terms: readonly PowerTerm[]): number {
  return Math.max(...terms.map((term) => term.smoothingSamples))
}

/** [taps × 1 × 2]: high-pass, and the signal itself in step with it. */
function filterKernel(design: WaveformDesign): Float32Array {
  const highPass = highPassTaps({ cutoffHz: design.highPassHz, tapCount: design.tapCount }, design.sampleRateHz)
  const kernel = new Float32Array(2 * highPass.length)
  for (let i = 0; i < highPass.length; i++) kernel[2 * i] = highPass[i]
  kernel[highPass.length] = 1 // 2 · middle + 1, for an odd count of taps
  return kernel
}

/** [longest × 2 × terms]: each term's Hann in the middle of its source, 1 / threshold in sum. */
function smoothingKernel(terms: readonly PowerTerm[]): Float32Array {
  const longest = longestSmoothing(terms)
  const kernel = new Float32Array(longest * 2 * terms.length)
  for (const [k, { source, smoothingSamples, threshold }] of terms.entries()) {
    const offset = Math.floor((longest - smoothingSamples) / 2)
    const taps = hannTaps(smoothingSamples)
    const row = source === 'high-passed' ? 0 : 1
    for (let i = 0; i < taps.length; i++) kernel[((offset + i) * 2 + row) * terms.length + k] = taps[i] / threshold
  }
  return kernel
}

/** Hann of n samples without its zero ends, sum 1. */
function hannTaps(count: number): Float64Array {
  const taps = Float64Array.from({ length: count }, (_, i) => 1 - Math.cos((2 * Math.PI * (i + 1)) / (count + 1)))
  const sum = taps.reduce((total, value) => total + value, 0)
  return taps.map((value) => value / sum)
}

interface FixedConvolution {
  readonly name: string
  readonly kernel: Float32Array
  readonly shape: readonly [number, number, number]
  readonly stride: number
}

/** A 'valid' convolution without bias whose kernel is a constant. */
function fixedConvolution({ name, kernel, shape, stride }: FixedConvolution, source: SymbolicTensor): SymbolicTensor {
  const layer = layers.conv1d({
    name,
    filters: shape[2],
    kernelSize: shape[0],
    strides: stride,
    padding: 'valid',
    useBias: false,
    trainable: false,
    kernelInitializer: 'zeros',
  })
  const output = apply(layer, source)
  const values = tensor(kernel, [...shape], 'float32')
  layer.setWeights([values])
  values.dispose()
  return output
}
