import { availableParallelism } from 'node:os'
import type { Notice } from '../readers/recording'
import type { EvidenceRunner } from './evidence-runner'
import type { ClassMaps, Network } from './network'
import { WasmPool } from './wasm-pool'
import type { WorkerSetup } from './worker-protocol'

/** Starting workers costs about a second of each core: less remaining work than this is done here. */
const worthwhileMs = 2000
const workerLimit = 4

export function defaultWorkerCount(): number {
  return Math.min(availableParallelism() - 1, workerLimit)
}

/**
 * Begins on the calling thread; when the first chunks show that much work remains and the backend is wasm, starts worker
 * threads and hands over to them once they are ready. Where they cannot start, it stays here and says so in `notices`.
 */
export class AdaptiveRunner implements EvidenceRunner {
  readonly notices: Notice[] = []
  private readonly network: Network
  private readonly setup: WorkerSetup
  private readonly workerCount: number
  private pool: WasmPool | undefined
  private starting: Promise<void> | undefined
  private remainingChunks = 0
  private isDisposed = false

  constructor(network: Network, setup: WorkerSetup, workerCount: number) {
    this.network = network
    this.setup = setup
    this.workerCount = workerCount
  }

  get geometry(): EvidenceRunner['geometry'] {
    return this.network.geometry
  }

  get concurrency(): number {
    return this.pool ? this.pool.size + 1 : 1
  }

  expect(chunkCount: number): void {
    this.remainingChunks = chunkCount
  }

  async run(input: Float32Array, inputLength: number): Promise<ClassMaps> {
    this.remainingChunks -= 1
    if (this.pool) return this.pool.run(input, inputLength)
    const start = performance.now()
    const maps = await this.network.runEvidence(input, inputLength)
    if ((performance.now() - start) * this.remainingChunks > worthwhileMs) this.startPool()
    return maps
  }

  async dispose(): Promise<void> {
    this.isDisposed = true
    await this.starting
    await this.pool?.dispose()
    this.pool = undefined
  }

  private startPool(): void {
    if (this.starting || this.workerCount < 1 || this.network.backend !== 'wasm') return
    this.starting = WasmPool.start(this.setup, this.workerCount).then(
      async (pool) => {
        if (this.isDisposed) await pool.dispose()
        else this.pool = pool
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error)
        this.notices.push({ code: 'workers-unavailable', message: `Computing on one core only. ${message}` })
      },
    )
  }
}
