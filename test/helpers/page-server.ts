import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import WebSocket from 'ws'
import type { Engine } from '../../src/engine/index'
import type { SocketTransport } from '../../src/renderer/client/websocket-transport'
import { openSocketTransport } from '../../src/renderer/client/websocket-transport'
import type { RunningServer, ServerOptions } from '../../src/server/index'
import { openServer } from '../../src/server/index'

export interface PageServer extends RunningServer {
  /** Where the page's files lie. */
  readonly pageRoot: string
}

/** The browser's server with a page of one line. */
export async function openPageServer(
  engine: Engine,
  options: Partial<Pick<ServerOptions, 'roots' | 'startFiles' | 'reportBug'>> = {},
): Promise<PageServer> {
  const pageRoot = await mkdtemp(join(tmpdir(), 'vibralens-page-'))
  await writeFile(join(pageRoot, 'index.html'), '<!doctype html><title>page</title>')
  const server = await openServer({
    engine,
    port: 0,
    pageRoot,
    roots: [],
    startFiles: [],
    reportBug: (error) => {
      throw error
    },
    ...options,
  })
  const close = async (): Promise<void> => {
    await server.close()
    await rm(pageRoot, { recursive: true, force: true })
  }
  return { ...server, pageRoot, close }
}

/** The page's own transport, over a socket of Node. */
export function socketTo({ origin, token }: RunningServer): SocketTransport {
  const address = `${origin.replace('http', 'ws')}/socket`
  return openSocketTransport(() => {
    const socket = new WebSocket(address, ['vibralens', `token.${token}`], { origin })
    socket.on('error', () => undefined) // told by `close`, as in a browser
    return socket
  })
}
