import type { Engine } from '../engine/index'
import { AnalyzerError } from '../shared/errors'
import type { FromEngine, ToEngine } from './engine-messages'

/** What the engine's process knows of one page. */
interface Page {
  readonly paths: Map<string, string>
  readonly running: Map<number, AbortController>
}

/** Answers messages by the engine. No Electron here: tests drive it. */
export function serveEngine(
  engine: Engine,
  send: (message: FromEngine) => void,
  reportBug: (error: unknown) => void,
): (message: ToEngine) => void {
  const pages = new Map<number, Page>()
  const pageOf = (id: number): Page => {
    const page = pages.get(id) ?? { paths: new Map<string, string>(), running: new Map<number, AbortController>() }
    pages.set(id, page)
    return page
  }
  engine.subscribe((event) => send({ kind: 'event', event }))
  return (message) => {
    const page = pageOf(message.page)
    if (message.kind === 'cancel') page.running.get(message.callId)?.abort()
    else if (message.kind === 'grant') page.paths.set(message.handle, message.path)
    else if (message.kind === 'leave') {
      for (const controller of page.running.values()) controller.abort()
      pages.delete(message.page)
    } else void answer(message, page, { engine, send, reportBug })
  }
}

interface Ends {
  readonly engine: Engine
  send(message: FromEngine): void
  reportBug(error: unknown): void
}

async function answer(
  { page: id, callId, name, input }: Extract<ToEngine, { kind: 'request' }>,
  page: Page,
  { engine, send, reportBug }: Ends,
): Promise<void> {
  const controller = new AbortController()
  page.running.set(callId, controller)
  const reply = await engine.request(name, input, {
    signal: controller.signal,
    resolveFile: (handle) => resolveGranted(page.paths, handle),
    reportBug,
  })
  page.running.delete(callId)
  send({ kind: 'reply', page: id, callId, reply })
}

function resolveGranted(paths: ReadonlyMap<string, string>, handle: string): string {
  const path = paths.get(handle)
  if (path !== undefined) return path
  throw new AnalyzerError('bad-request', 'This file was not opened by the user; open it by dialog or drop.', { handle })
}
