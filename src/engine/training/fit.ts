import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { AnalyzerError } from '../../shared/errors'
import type { Random } from '../../shared/random'
import { registerWasmGradients } from '../inference/gradients/register-gradients'
import type { JobContext } from '../jobs/job-context'
import type { SegmentBatch } from './segment-sampler'

export interface FitSettings {
  readonly stepCount: number
  readonly learningRate: number // of Adam at first; it falls straight to a tenth
  /** L2 on kernels, added to the loss */
  readonly weightDecay: number
}

/**
 * Fits a whole network, trunk and head, by Adam on batches of segments: for designs whose trunk is trained too. The
 * loss is the cross-entropy of both scores. Same seed (in the sampler and in `initialiseWeights`), same backend, same
 * weights. Gives the loss of every step.
 */
export async function fitNetwork(
  model: LayersModel,
  nextBatch: () => SegmentBatch,
  settings: FitSettings,
  job: JobContext,
): Promise<Float32Array> {
  if (tf.getBackend() === 'wasm') registerWasmGradients()
  const variables = trainableVariables(model)
  const optimizer = tf.train.adam(settings.learningRate)
  const losses = new Float32Array(settings.stepCount)
  try {
    for (let step = 0; step < settings.stepCount; step++) {
      job.signal.throwIfAborted()
      const share = 1 - (0.9 * step) / settings.stepCount
      Reflect.set(optimizer, 'learningRate', settings.learningRate * share)
      losses[step] = await fitBatch(model, variables, optimizer, nextBatch(), settings.weightDecay)
      if (!Number.isFinite(losses[step])) {
        throw new AnalyzerError('internal', `Training diverged at step ${step + 1}; a lower learning rate is needed.`)
      }
      job.report('train', step + 1, settings.stepCount)
    }
  } finally {
    optimizer.dispose()
  }
  return losses
}

async function fitBatch(
  model: LayersModel,
  variables: tf.Variable[],
  optimizer: tf.Optimizer,
  batch: SegmentBatch,
  weightDecay: number,
): Promise<number> {
  const cost: tf.Scalar = tf.tidy(() => {
    const count = batch.labels.length
    const input = tf.tensor3d(batch.values, [count, batch.values.length / count, 1])
    const targets = tf.tensor2d(
      batch.labels.map((label) => (label === 1 ? [0, 1] : [1, 0])),
      [count, 2],
    )
    const loss = optimizer.minimize(() => lossOf(model, input, targets, variables, weightDecay), true, variables)
    if (loss === null) throw new AnalyzerError('internal', 'The optimizer gave no loss.')
    return loss
  })
  try {
    return (await cost.data())[0]
  } finally {
    cost.dispose()
  }
}

function lossOf(
  model: LayersModel,
  input: tf.Tensor,
  targets: tf.Tensor,
  variables: readonly tf.Variable[],
  weightDecay: number,
): tf.Scalar {
  const scores = model.apply(input, { training: true })
  if (Array.isArray(scores) || !('dataSync' in scores)) throw new AnalyzerError('internal', 'Two scores were expected.')
  const entropy = tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(scores), targets), -1)))
  const kernels = variables.filter((variable) => variable.rank > 1)
  const penalty = kernels.reduce<tf.Tensor>((sum, kernel) => tf.add(sum, tf.sum(tf.square(kernel))), tf.scalar(0))
  return tf.sum<tf.Scalar>(tf.add(entropy, tf.mul(penalty, weightDecay)))
}

/** He-normal kernels and zero biases from the seed, for every trainable weight but those of `except`. */
export function initialiseWeights(model: LayersModel, random: Random, except: readonly string[]): void {
  for (const layer of model.layers) {
    if (except.includes(layer.name)) continue
    for (const weight of layer.trainableWeights) {
      const shape = weight.shape.map((size) => size ?? 1)
      const fanIn = shape.slice(0, -1).reduce((product, size) => product * size, 1)
      const deviation = shape.length > 1 ? Math.sqrt(2 / fanIn) : 0
      const own = random.fork(weight.originalName)
      const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => deviation * own.normal())
      const drawn = tf.tensor(values, shape)
      weight.write(drawn)
      drawn.dispose()
    }
  }
}

function trainableVariables(model: LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => {
    const variable: unknown = weight.read()
    if (!(variable instanceof tf.Variable))
      throw new AnalyzerError('internal', `Weight "${weight.name}" is no variable.`)
    return variable
  })
}
