import { getBackend, matMul, reshape, tensor, tidy } from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { model as functionalModel } from '@tensorflow/tfjs-layers'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { AnalyzerError } from '../../shared/errors'
import type { ModelCard } from '../../shared/model-card'
import type { NetworkGeometry } from './geometry'
import { fieldInSamples, readGeometry, stepCountOf } from './geometry'
import { readModelFiles } from './model-files'

/** Index of the classes in W, b and every pair of scores (card.classes): healthy is −1, fault is +1. */
export const healthyClass = 0
export const faultClass = 1

export interface FeatureMaps {
  readonly stepCount: number
  readonly bins: number
  readonly featureCount: number
  /** [steps × bins × K] */
  readonly features: Float32Array
}

/** CAM_n + b_n of both classes at every position: their mean over positions is the confidence score S_n. */
export interface ClassMaps {
  readonly stepCount: number
  readonly bins: number
  /** [steps × bins], logit units */
  readonly healthy: Float32Array
  readonly fault: Float32Array
}

/**
 * Reads model.json and its weights from `folder`, checks them against the card and puts them on the current backend.
 * @throws AnalyzerError model-mismatch when a file's hash, the topology or the geometry is not what the card says
 */
export async function loadNetwork(folder: string, card: ModelCard): Promise<Network> {
  const { topology, model } = await readModelFiles(folder, card)
  try {
    const geometry = readGeometry(topology, card.camLayer)
    checkAgainstCard(geometry, card)
    return await createNetwork(model, geometry, card.camLayer)
  } catch (error) {
    model.dispose()
    throw error
  }
}

/** A network around a model in memory (training, tests); owns and disposes the model. */
export async function createNetwork(model: LayersModel, geometry: NetworkGeometry, camLayer: string): Promise<Network> {
  const head = model.layers[model.layers.length - 1]
  const [kernel, bias] = head.getWeights()
  const [kernelValues, biasValues] = await Promise.all([kernel.data(), bias.data()])
  const { featureCount } = geometry
  const weights = [new Float32Array(featureCount), new Float32Array(featureCount)] as const
  for (let k = 0; k < featureCount; k++) {
    weights[healthyClass][k] = kernelValues[2 * k]
    weights[faultClass][k] = kernelValues[2 * k + 1]
  }
  return new Network(model, geometry, camLayer, weights, Float32Array.from(biasValues))
}

/** One trained network on the backend that was current when it was made. Not safe after `dispose`. */
export class Network {
  readonly geometry: NetworkGeometry
  /** W [2][K] of the dense head */
  readonly weights: readonly [Float32Array, Float32Array]
  /** b [2] */
  readonly bias: Float32Array
  readonly backend: string
  private readonly model: LayersModel
  private readonly trunk: LayersModel
  private isDisposed = false

  constructor(
    model: LayersModel,
    geometry: NetworkGeometry,
    camLayer: string,
    weights: readonly [Float32Array, Float32Array],
    bias: Float32Array,
  ) {
    this.model = model
    this.trunk = functionalModel({ inputs: model.inputs, outputs: model.getLayer(camLayer).output })
    this.geometry = geometry
    this.weights = weights
    this.bias = bias
    this.backend = getBackend()
  }

  /** Output steps of an input of that many steps; 0 where it is shorter than the receptive field. */
  steps(inputLength: number): number {
    return stepCountOf(this.geometry, inputLength)
  }

  /**
   * Feature maps of the last layer before the pooling.
   * @param input [inputLength × inputCount] (1D) or [inputLength × inputBins × inputCount] (2D)
   */
  async runTrunk(input: Float32Array, inputLength: number): Promise<FeatureMaps> {
    const { outputBins: bins, featureCount } = this.geometry
    const stepCount = this.steps(inputLength)
    const maps = { stepCount, bins, featureCount }
    if (stepCount === 0) return { ...maps, features: new Float32Array(0) }
    const output = tidy(() => this.apply(this.trunk, input, 1, inputLength))
    return { ...maps, features: await take(output) }
  }

  /**
   * CAM_n(position) + b_n of both classes, made on the backend: [positions × K] · W, so that the feature maps stay there.
   * @param input as in `runTrunk`
   */
  async runEvidence(input: Float32Array, inputLength: number): Promise<ClassMaps> {
    const { outputBins: bins, featureCount } = this.geometry
    const stepCount = this.steps(inputLength)
    const count = stepCount * bins
    const maps = { stepCount, bins, healthy: new Float32Array(count), fault: new Float32Array(count) }
    if (stepCount === 0) return maps
    const output = tidy(() => {
      const features = reshape(this.apply(this.trunk, input, 1, inputLength), [count, featureCount])
      const [kernel] = this.model.layers[this.model.layers.length - 1].getWeights()
      return matMul(features, kernel)
    })
    const pairs = await take(output)
    for (let i = 0; i < count; i++) {
      maps.healthy[i] = pairs[2 * i] + this.bias[healthyClass]
      maps.fault[i] = pairs[2 * i + 1] + this.bias[faultClass]
    }
    return maps
  }

  /**
   * The whole network on segments of equal length, each alone: confidence scores [segments × 2] (healthy, fault).
   * The plain way, which one pass replaces; for training, evaluation and the proof that both agree.
   */
  async runSegments(input: Float32Array, segmentCount: number): Promise<Float32Array> {
    if (segmentCount === 0) return new Float32Array(0)
    const { inputBins, inputCount } = this.geometry
    const length = input.length / (segmentCount * inputBins * inputCount)
    return take(tidy(() => this.apply(this.model, input, segmentCount, length)))
  }

  dispose(): void {
    if (this.isDisposed) return
    this.isDisposed = true
    this.model.dispose()
  }

  private apply(model: LayersModel, input: Float32Array, batch: number, length: number): Tensor {
    if (this.isDisposed) throw new Error('The network is disposed.')
    if (getBackend() !== this.backend) {
      throw new Error(`The network was loaded on ${this.backend}; the current backend is ${getBackend()}.`)
    }
    const { kind, inputBins, inputCount } = this.geometry
    const shape = kind === '1d' ? [batch, length, inputCount] : [batch, length, inputBins, inputCount]
    const output = model.apply(tensor(input, shape, 'float32'), { training: false })
    if (Array.isArray(output) || !('dataSync' in output)) throw new Error('The network gave no single tensor.')
    return output
  }
}

async function take(output: Tensor): Promise<Float32Array> {
  try {
    const values = await output.data()
    return values instanceof Float32Array ? values : Float32Array.from(values)
  } finally {
    output.dispose()
  }
}

function checkAgainstCard(geometry: NetworkGeometry, card: ModelCard): void {
  const { spectrogram } = card
  if (geometry.kind !== card.kind || (card.kind === '2d') !== (spectrogram !== null)) {
    mismatch(card, 'kind', geometry.kind, card.kind)
  }
  const { receptiveFieldSamples, totalStrideSamples } = fieldInSamples(geometry, spectrogram)
  const checks = [
    ['receptive field in samples', receptiveFieldSamples, card.receptiveFieldSamples],
    ['total stride in samples', totalStrideSamples, card.totalStrideSamples],
    ['values per sample', geometry.inputCount, 1],
    ['bins', geometry.inputBins, spectrogram?.binCount ?? 1],
  ] as const
  for (const [what, found, expected] of checks) {
    if (found !== expected) mismatch(card, what, found, expected)
  }
}

function mismatch(card: ModelCard, what: string, found: string | number, expected: string | number): never {
  throw new AnalyzerError(
    'model-mismatch',
    `The network of model "${card.id}" has ${what} ${found}; its card says ${expected}.`,
    { model: card.id, found, expected },
  )
}
