import type { ClassMaps, Network } from './network'
import type { NetworkGeometry } from './geometry'

/** Computes the class maps of chunks, here or in worker threads; the numbers are the same. */
export interface EvidenceRunner {
  readonly geometry: NetworkGeometry
  /** chunks worth having under way at once */
  readonly concurrency: number
  /** Said once before a recording, so that workers are started when they are worth it. */
  expect(chunkCount: number): void
  /** @param input [inputLength × inputBins × inputCount]; copied where another thread needs it */
  run(input: Float32Array, inputLength: number): Promise<ClassMaps>
}

/** On the calling thread, with the backend that is current. */
export function inProcessRunner(network: Network): EvidenceRunner {
  return {
    geometry: network.geometry,
    concurrency: 1,
    expect: () => undefined,
    run: (input, inputLength) => network.runEvidence(input, inputLength),
  }
}
