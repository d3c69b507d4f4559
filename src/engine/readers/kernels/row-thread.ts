import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { SharedMemory } from '../../load-wasm'
import type { KernelCall } from './plain-rows'

interface Reply {
  /** −1: the thread has started */
  readonly id: number
  readonly endRow: number
}

interface Pending {
  readonly resolve: (endRow: number) => void
  readonly reject: (error: Error) => void
}

const mostWaiting = 2 // calls: the next lies ready when one is done

/** A thread that runs the kernel in the same memory. It only saves time: whoever asks does without when it fails. */
export class RowThread {
  private readonly worker: Worker
  private readonly pending = new Map<number, Pending>()
  private nextId = 0
  private isReady = false

  private constructor(file: string, module: object, memory: SharedMemory) {
    this.worker = new Worker(file, { workerData: { module, memory }, execArgv: [] })
    this.worker.on('message', ({ id, endRow }: Reply) => {
      this.isReady = true
      this.pending.get(id)?.resolve(endRow)
      this.pending.delete(id)
      if (this.pending.size === 0) this.worker.unref() // an idle thread keeps no process alive
    })
    this.worker.on('error', (error) => this.end(error))
    this.worker.on('exit', () => this.end(new Error('the thread ended')))
    this.worker.unref()
  }

  static start(module: object, memory: SharedMemory): RowThread | undefined {
    const file = findWorkerFile()
    return file === undefined ? undefined : new RowThread(file, module, memory)
  }

  /** The row that the kernel comes to; undefined while the thread starts, has enough to do, or when it is gone. */
  run(call: KernelCall): Promise<number> | undefined {
    if (!this.isReady || this.pending.size >= mostWaiting) return undefined
    return new Promise((resolve, reject) => {
      const id = this.nextId++
      this.pending.set(id, { resolve, reject })
      this.worker.ref()
      this.worker.postMessage({ id, call })
    })
  }

  dispose(): void {
    this.end(new Error('the thread was stopped'))
    void this.worker.terminate()
  }

  private end(error: Error): void {
    this.isReady = false
    for (const { reject } of this.pending.values()) reject(error)
    this.pending.clear()
  }
}

/** Beside the built program (or one folder up, for chunks), else beside this source file. */
function findWorkerFile(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url))
  const candidates = [join(here, 'row-worker.js'), join(here, '..', 'row-worker.js'), join(here, 'row-worker.mjs')]
  return candidates.find((candidate) => existsSync(candidate))
}
