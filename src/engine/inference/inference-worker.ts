import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { selectBackend } from './backend'
import { loadNetwork } from './network'
import type { Network } from './network'
import type { WorkerReply, WorkerSetup, WorkerTask } from './worker-protocol'

/**
 * Entry of a worker thread: one wasm backend and one network of its own, chunks in, class maps out. Built as
 * `inference-worker.js` beside the program; run from source through source-worker.mjs.
 */
async function serve(port: MessagePort): Promise<void> {
  const { folder, card } = workerData as WorkerSetup // given by wasm-pool.ts only
  await selectBackend('wasm')
  const network = await loadNetwork(folder, card)
  port.on('message', (task: WorkerTask) => void answer(port, network, task))
  post(port, { kind: 'ready' })
}

async function answer(port: MessagePort, network: Network, { id, input, inputLength }: WorkerTask): Promise<void> {
  try {
    const maps = await network.runEvidence(input, inputLength)
    port.postMessage({ kind: 'done', id, maps } satisfies WorkerReply, [
      maps.healthy.buffer as ArrayBuffer,
      maps.fault.buffer as ArrayBuffer,
    ])
  } catch (error) {
    post(port, { kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  }
}

function post(port: MessagePort, reply: WorkerReply): void {
  port.postMessage(reply)
}

if (parentPort) await serve(parentPort)
