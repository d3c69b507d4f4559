import { memory } from '@tensorflow/tfjs-core'
import { expect } from 'vitest'

/** Runs `work` and expects that it leaves as many tensors (and data buffers) as there were. */
export async function expectNoTensorLeak<T>(work: () => Promise<T>): Promise<T> {
  const before = memory()
  const result = await work()
  const after = memory()
  expect({ tensors: after.numTensors, buffers: after.numDataBuffers }).toEqual({
    tensors: before.numTensors,
    buffers: before.numDataBuffers,
  })
  return result
}
