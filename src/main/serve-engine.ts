import type { Engine } from '../engine/index'
import { AnalyzerError } from '../shared/errors'
import type { FromEngine, ToEngine } from './engine-messages'

/** Answers messages by the engine. No Electron here: tests drive it. */
export function serveEngine(engine: Engine, send: (message: FromEngine) => void): (message: ToEngine) => void {
  const running = new Map<string, AbortController>()
  engine.subscribe((event) => send({ kind: 'event', event }))
  return (message) => {
    if (message.kind === 'cancel') {
      running.get(message.callId)?.abort()
      return
    }
    const { callId, name, input, grants } = message
    const controller = new AbortController()
    running.set(callId, controller)
    const context = {
      signal: controller.signal,
      resolveFile: (handle: string) => resolveGranted(grants, handle),
      // stderr of the utility process, which main passes on
      reportBug: (error: unknown) =>
        void process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
    }
    void engine.request(name, input, context).then((reply) => {
      running.delete(callId)
      send({ kind: 'reply', callId, reply })
    })
  }
}

function resolveGranted(grants: Readonly<Record<string, string>>, handle: string): string {
  if (Object.hasOwn(grants, handle)) return grants[handle]
  throw new AnalyzerError('bad-request', 'This file was not opened by the user; open it by dialog or drop.', { handle })
}
