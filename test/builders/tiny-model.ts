import { layers, model } from '@tensorflow/tfjs-layers'
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers'
import { tensor } from '@tensorflow/tfjs-core'
import { CropToMatch } from '../../src/engine/inference/layers/crop-to-match'
import { PointwisePower } from '../../src/engine/inference/layers/pointwise-power'
import { createRandom } from '../../src/shared/random'
import type { ModelCard } from '../../src/shared/model-card'
import { writeModelFiles } from '../../src/engine/inference/model-files'

/** Small untrained networks with seeded weights that use every kind of layer that shipped models may use. */
export const tinyCamLayer = 'maps'

function one(output: SymbolicTensor | SymbolicTensor[]): SymbolicTensor {
  return Array.isArray(output) ? output[0] : output
}

/** Two branches (kernels 16 and 32, stride 4), powers, cropped to match, joined, pooled by 2: stride 8, field 48. */
export function tinyNetwork1d(inputCount: number): LayersModel {
  const input = layers.input({ shape: [null, inputCount], name: 'waveform' })
  const short = layers.conv1d({ filters: 4, kernelSize: 16, strides: 4, useBias: false, name: 'short' }).apply(input)
  const long = layers.conv1d({ filters: 3, kernelSize: 32, strides: 4, activation: 'relu', name: 'long' }).apply(input)
  const energy = new PointwisePower({ mode: 'square', scale: 0.5, name: 'energy' }).apply(short)
  const crop = new CropToMatch({ startSteps: 2, startBins: 0, name: 'crop' })
  const cropped = crop.apply([one(asSymbolic(energy)), one(asSymbolic(long))])
  const joined = layers.concatenate({ name: 'join' }).apply([one(asSymbolic(cropped)), one(asSymbolic(long))])
  const pooled = layers.averagePooling1d({ poolSize: 2, strides: 2, name: 'pool' }).apply(joined)
  const mixed = layers.conv1d({ filters: 6, kernelSize: 2, activation: 'relu', name: 'mix' }).apply(pooled)
  const maps = new PointwisePower({ mode: 'log1p', scale: 1.5, name: tinyCamLayer }).apply(mixed)
  return seeded(input, layers.globalAveragePooling1d({ name: 'gap' }).apply(maps), 'tiny 1d')
}

/** [frames × 12 bins × 1]: convolution 5 × 3, pooled by 2 × 2, convolution 3 × 2; stride 2 frames, field 10 frames. */
export function tinyNetwork2d(): LayersModel {
  const input = layers.input({ shape: [null, 12, 1], name: 'spectrogram' })
  const first = layers.conv2d({ filters: 4, kernelSize: [5, 3], activation: 'relu', name: 'first' }).apply(input)
  const pooled = layers.averagePooling2d({ poolSize: [2, 2], strides: [2, 2], name: 'pool' }).apply(first)
  const second = layers.conv2d({ filters: 5, kernelSize: [3, 2], name: 'second' }).apply(pooled)
  const maps = new PointwisePower({ mode: 'power', exponent: 4, scale: 0.3, name: tinyCamLayer }).apply(second)
  return seeded(input, layers.globalAveragePooling2d({ name: 'gap' }).apply(maps), 'tiny 2d')
}

function asSymbolic(output: unknown): SymbolicTensor {
  return output as SymbolicTensor
}

function seeded(input: SymbolicTensor, pooled: unknown, seed: string): LayersModel {
  const scores = layers.dense({ units: 2, activation: 'linear', name: 'scores' }).apply(asSymbolic(pooled))
  const made = model({ inputs: input, outputs: asSymbolic(scores) })
  const random = createRandom(seed)
  const values = made.getWeights().map((weight) => {
    const scale = 1 / Math.sqrt(Math.max(1, weight.size / (weight.shape.at(-1) ?? 1)))
    return tensor(
      Float32Array.from({ length: weight.size }, () => scale * random.normal()),
      weight.shape,
    )
  })
  made.setWeights(values)
  for (const value of values) value.dispose()
  return made
}

const range = { low: 0, high: 1 }
const witness = { auroc: null, balancedAccuracy: null, falseAlarms: null }

/** A valid card; `over` replaces what a test is about. */
export function tinyCard(kind: '1d' | '2d', over: Partial<ModelCard>): ModelCard {
  const spectrogram = {
    frameLength: 32,
    hopLength: 8,
    fftLength: 32,
    taper: 'hann' as const,
    highPass: { cutoffHz: 500, tapCount: 9 },
    firstBin: 2,
    binCount: 12,
    floor: 1e-4,
  }
  return {
    schema: 'vibralens.model-card/1',
    id: `tiny-${kind}`,
    version: '0.0.1',
    kind,
    summary: { en: 'A network of random weights for tests.', 'zh-CN': '测试用随机权重网络。' },
    sampleRateHz: 12_000,
    conditioning: { slowRmsSeconds: 1 },
    spectrogram: kind === '2d' ? spectrogram : null,
    receptiveFieldSamples: kind === '1d' ? 48 - 4 : 9 * 8 + 32 + 8,
    totalStrideSamples: kind === '1d' ? 8 : 16,
    defaultSegmentSeconds: 0.1,
    chunkSteps: 64,
    classes: [
      { label: -1, name: 'healthy' },
      { label: 1, name: 'fault' },
    ],
    camLayer: tinyCamLayer,
    colourScaleLogit: 4,
    calibration: { temperature: 1, healthyLogit: -2, healthySpread: 1 },
    thresholds: { healthy: 0.3, fault: 0.7, sustainedEventSeconds: 5 },
    domain: { leastSourceRateHz: 8000, statistics: { rms: range } },
    trainedOn: {
      machines: [],
      bearings: [],
      recordingCount: 0,
      synthetic: 'none',
      manifestSha256: '',
      seed: 0,
      backend: 'none',
      command: 'none',
      provenance: 'random weights',
    },
    evaluation: {
      command: 'none',
      folds: [
        {
          name: 'none',
          machine: 'none',
          bearings: [],
          healthyCount: 0,
          faultCount: 0,
          network: { ...witness, ece: null, uncertain: null },
          kurtosis: witness,
          envelope: witness,
          commissioned: null,
          byFault: {},
          notes: [],
        },
      ],
      limits: [],
    },
    licence: 'MIT',
    sha256: {},
    ...over,
  }
}

/** Writes the tiny network of that kind to a folder (model.json, weights.bin) and gives the card that describes it. */
export async function writeTinyModel(folder: string, kind: '1d' | '2d'): Promise<ModelCard> {
  const made = kind === '1d' ? tinyNetwork1d(1) : tinyNetwork2d()
  try {
    return tinyCard(kind, { sha256: await writeModelFiles(made, folder) })
  } finally {
    made.dispose()
  }
}
