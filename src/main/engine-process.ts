import { createEngine } from '../engine/index'
import type { FromEngine, ToEngine } from './engine-messages'
import { serveEngine } from './serve-engine'

/** Entry of the utility process: the engine behind a port. A crash or a long job here never freezes a window. */
const port = process.parentPort
const engine = await createEngine()
const handle = serveEngine(
  engine,
  (message: FromEngine) => port.postMessage(message),
  // stderr of the utility process, which main passes on
  (error) => void process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
)
port.on('message', ({ data }: { data: ToEngine }) => handle(data)) // checked boundary: only main holds the other end
