// Entry of a worker thread that parses rows of a table in the memory that it shares with the reader (plain-rows.ts).
import { parentPort, workerData } from 'node:worker_threads'

const { module, memory } = workerData
const { exports: kernel } = new WebAssembly.Instance(module, { env: { memory } })
parentPort.on('message', ({ id, call }) => parentPort.postMessage({ id, endRow: kernel.readPlainRows(...call) }))
parentPort.postMessage({ id: -1, endRow: 0 })
