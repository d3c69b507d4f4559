import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { AnalyzerError } from '../../shared/errors'
import type { ClassMaps } from './network'
import type { WorkerReply, WorkerSetup, WorkerTask } from './worker-protocol'

interface Pending {
  readonly resolve: (maps: ClassMaps) => void
  readonly reject: (error: Error) => void
}

/** Worker threads with one wasm backend and one network each: chunks are data-parallel. Ended by `dispose`. */
export class WasmPool {
  private readonly members: readonly PoolMember[]

  private constructor(members: readonly PoolMember[]) {
    this.members = members
  }

  /** @throws AnalyzerError internal when a worker cannot start; none is left running then */
  static async start(setup: WorkerSetup, workerCount: number): Promise<WasmPool> {
    const members = Array.from({ length: workerCount }, () => new PoolMember(setup))
    try {
      await Promise.all(members.map((member) => member.ready))
    } catch (error) {
      await Promise.all(members.map((member) => member.dispose()))
      throw error
    }
    return new WasmPool(members)
  }

  get size(): number {
    return this.members.length
  }

  /** Given to the member with the least work; the input is copied. */
  run(input: Float32Array, inputLength: number): Promise<ClassMaps> {
    const [first, ...others] = this.members
    return others.reduce((best, next) => (next.load < best.load ? next : best), first).run(input, inputLength)
  }

  async dispose(): Promise<void> {
    await Promise.all(this.members.map((member) => member.dispose()))
  }
}

class PoolMember {
  readonly ready: Promise<void>
  private readonly worker: Worker
  private readonly pending = new Map<number, Pending>()
  private nextId = 0
  private failure: Error | undefined

  constructor(setup: WorkerSetup) {
    this.worker = new Worker(findWorkerFile(), {
      workerData: setup,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    })
    this.ready = new Promise((resolve, reject) => {
      this.worker.on('message', (reply: WorkerReply) => {
        if (reply.kind === 'ready') {
          this.worker.unref() // an idle worker keeps no process alive
          resolve()
        } else this.settle(reply)
      })
      const fail = (cause: unknown): void => {
        this.failure ??= new AnalyzerError('internal', `An inference worker thread ended: ${wordsOf(cause)}.`)
        reject(this.failure)
        for (const { reject: rejectTask } of this.pending.values()) rejectTask(this.failure)
        this.pending.clear()
      }
      this.worker.on('error', fail)
      this.worker.on('exit', (code) => fail(`exit code ${code}`))
    })
    this.ready.catch(() => undefined) // whoever starts the pool is told; a later end is told to the tasks
  }

  get load(): number {
    return this.pending.size
  }

  run(input: Float32Array, inputLength: number): Promise<ClassMaps> {
    return new Promise((resolve, reject) => {
      if (this.failure) {
        reject(this.failure)
        return
      }
      const task: WorkerTask = { id: this.nextId++, input, inputLength }
      this.pending.set(task.id, { resolve, reject })
      this.worker.ref()
      this.worker.postMessage(task)
    })
  }

  async dispose(): Promise<void> {
    this.failure ??= new AnalyzerError('cancelled', 'The inference worker threads were stopped.')
    await this.worker.terminate()
  }

  private settle(reply: Exclude<WorkerReply, { kind: 'ready' }>): void {
    const task = this.pending.get(reply.id)
    this.pending.delete(reply.id)
    if (this.pending.size === 0) this.worker.unref()
    if (reply.kind === 'done') task?.resolve(reply.maps)
    else task?.reject(new AnalyzerError('internal', `An inference worker failed: ${reply.message}.`))
  }
}

/** Beside the built program (or one folder up, for chunks), else the bootstrap beside this source file. */
function findWorkerFile(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const candidates = [
    join(here, 'inference-worker.js'),
    join(here, '..', 'inference-worker.js'),
    join(here, 'source-worker.mjs'),
  ]
  const found = candidates.find((candidate) => existsSync(candidate))
  if (found === undefined)
    throw new AnalyzerError('internal', `inference-worker.js is not beside the program in ${here}.`)
  return found
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
}
