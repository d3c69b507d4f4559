import { createRandom } from '../../shared/random'
import type { Network } from '../inference/network'
import type { Design } from './designs'
import type { InputMaker } from './features'

export interface SelfCheckFile {
  readonly schema: 'vibralens.self-check/1'
  /** how the input is made: createRandom(seed).normal(), this many samples at the model's rate */
  readonly seed: string
  readonly sampleCount: number
  /** scores healthy, fault of that input as one segment */
  readonly scores: readonly number[]
}

/** What the network answers to a made input, for a check on other machines and backends (≤ 1e-4). */
export async function makeSelfCheck(network: Network, makeInput: InputMaker, design: Design): Promise<SelfCheckFile> {
  const seed = `${design.id} self-check`
  const sampleCount = 4096
  const random = createRandom(seed)
  const { values } = await makeInput(Float32Array.from({ length: sampleCount }, () => random.normal()))
  return { schema: 'vibralens.self-check/1', seed, sampleCount, scores: [...(await network.runSegments(values, 1))] }
}
