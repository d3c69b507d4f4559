import { EngineClient } from '../shared/contract/engine-client'
import type { RequestContext } from '../shared/contract/dispatch'
import type { Engine } from '../engine/index'
import type { CliIo } from './io'
import { runProgram } from './program'

/** The process's own ends of the command line: streams, Ctrl-C, the engine in this process. */

const controller = new AbortController()
let engine: Promise<Engine> | undefined

process.on('SIGINT', () => {
  // a second Ctrl-C is somebody who cannot wait
  if (controller.signal.aborted) process.exit(130)
  controller.abort()
})
process.on('SIGTERM', () => controller.abort())

const io: CliIo = {
  out: quietWriter(process.stdout),
  err: quietWriter(process.stderr),
  isErrTerminal: process.stderr.isTTY === true,
  errColumns: process.stderr.columns || 80, // 0 where a pseudo-terminal has no size
  signal: controller.signal,
  workingFolder: process.cwd(),
  now: () => performance.now(),
  client: async () => clientOf(await startEngine()),
  engine: () => startEngine(),
  programVersion: async () => (await import('../engine/index')).readProgramVersion(),
}

function startEngine(): Promise<Engine> {
  return (engine ??= import('../engine/index').then((module) => module.createEngine()))
}

/** A reader that went away (`| head`) is no error: what is still written goes nowhere. */
function quietWriter(stream: NodeJS.WriteStream): (text: string) => void {
  let isOpen = true
  stream.on('error', () => {
    isOpen = false
  })
  return (text) => {
    if (isOpen) stream.write(text)
  }
}

function clientOf(inProcess: Engine): EngineClient {
  return new EngineClient({
    request: (name, input, signal) => inProcess.request(name, input, contextOf(signal)),
    subscribe: (listener) => inProcess.subscribe(listener),
  })
}

/** The user of a terminal may read and write what the process may. */
function contextOf(signal: AbortSignal): RequestContext {
  return {
    signal,
    resolveFile: (path) => path,
    reportBug: (error) => {
      if (process.env['VIBRALENS_DEBUG'] === '1') io.err(`${error instanceof Error ? error.stack : String(error)}\n`)
    },
  }
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => {
    if (stream.destroyed || !stream.writable) done()
    else stream.write('', () => done())
  })
}

const exitCode = await runProgram(process.argv.slice(2), io)
// an engine that could not start was reported by the command that needed it
await (await engine?.catch(() => undefined))?.dispose()
await drained(process.stdout)
await drained(process.stderr)
// libraries may leave workers or timers behind; what is written is out
process.exit(exitCode)
