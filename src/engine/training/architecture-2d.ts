import { input, layers } from '@tensorflow/tfjs-layers'
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers'
import { tensor } from '@tensorflow/tfjs-core'
import { PointwisePower } from '../inference/layers/pointwise-power'
import { SpreadBins } from '../inference/layers/spread-bins'
import type { CardSpectrogram } from '../../shared/model-card'
import type { Architecture } from './architectures'
import { apply, camLayer, join, single, withHead } from './symbolic'

/** One map: ln(1 + P^binPower · E^framePower / threshold); P a bin's power, E the frame's, both 1 on average. */
export interface GateTerm {
  readonly binPower: number
  readonly framePower: number
  readonly threshold: number
}

export interface SpectrogramDesign {
  readonly sampleRateHz: number
  readonly spectrogram: CardSpectrogram
  readonly terms: readonly GateTerm[]
  /** frames averaged into one step of the map */
  readonly stepFrames: number
}

/** Equivalent noise bandwidth of a Hann taper in bins: one-sided powers of a frame add up to this times the mean square. */
const hannNoiseBandwidth = 1.5

/**
 * 2D: the log spectrogram back to power, the energy of each frame over the bins that are given (all but the shaft
 * orders), and fixed saturating products of a bin's power with its frame's: a bin counts where its whole frame is
 * loud, which is what an impact is and a tone is not. Only the head is trained.
 */
export function spectrogramArchitecture(design: SpectrogramDesign): Architecture {
  return {
    kind: '2d',
    sampleRateHz: design.sampleRateHz,
    conditioning: { slowRmsSeconds: 1 },
    spectrogram: design.spectrogram,
    camLayer,
    defaultSegmentSeconds: 0.5,
    chunkSteps: 2048,
    signs: design.terms.map(() => 1),
    build: () => buildSpectrogramNetwork(design),
  }
}

function buildSpectrogramNetwork({ spectrogram, terms, stepFrames }: SpectrogramDesign): LayersModel {
  const { binCount, fftLength } = spectrogram
  const levels = input({ shape: [null, binCount, 1], name: 'spectrogram' })
  const power = apply(new PointwisePower({ name: 'power', mode: 'exp', scale: 1 }), levels)
  const energy = frameEnergy(power, binCount)
  const spread = single(new SpreadBins({ name: 'frame' }).apply([energy, power]))
  const maps = terms.map((term, index) => gate(term, `gate-${index + 1}`, power, spread, fftLength))
  const map = apply(
    layers.averagePooling2d({
      name: camLayer,
      poolSize: [stepFrames, 1],
      strides: [stepFrames, 1],
      padding: 'valid',
    }),
    join(maps),
  )
  return withHead(levels, map, layers.globalAveragePooling2d({ name: 'mean' }))
}

/** [frames × 1 × 1]: the sum over the bins, 1 for a signal of mean square 1 that lies in these bins. */
function frameEnergy(power: SymbolicTensor, binCount: number): SymbolicTensor {
  const layer = layers.conv2d({
    name: 'energy',
    filters: 1,
    kernelSize: [1, binCount],
    padding: 'valid',
    useBias: false,
    trainable: false,
    kernelInitializer: 'zeros',
  })
  const output = apply(layer, power)
  const kernel = tensor(new Float32Array(binCount).fill(1 / hannNoiseBandwidth), [1, binCount, 1, 1], 'float32')
  layer.setWeights([kernel])
  kernel.dispose()
  return output
}

function gate(
  { binPower, framePower, threshold }: GateTerm,
  name: string,
  power: SymbolicTensor,
  frame: SymbolicTensor,
  fftLength: number,
): SymbolicTensor {
  // a bin of white noise of mean square 1 has the power 2 · bandwidth / fftLength
  const binScale = fftLength / (2 * hannNoiseBandwidth)
  const share = threshold ** (-1 / (binPower + framePower))
  const factors = [
    ...(binPower > 0 ? [raised(`${name}-bin`, binScale * share, binPower, power)] : []),
    ...(framePower > 0 ? [raised(`${name}-frame`, share, framePower, frame)] : []),
  ]
  const product =
    factors.length === 1 ? factors[0] : single(layers.multiply({ name: `${name}-product` }).apply(factors))
  return apply(new PointwisePower({ name, mode: 'log1p', scale: 1 }), product)
}

function raised(name: string, scale: number, exponent: number, source: SymbolicTensor): SymbolicTensor {
  return apply(new PointwisePower({ name, mode: 'power', scale, exponent }), source)
}
