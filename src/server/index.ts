import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Engine } from '../engine/index'
import { dispatchShell } from '../shared/contract/dispatch-shell'
import type { DoorContext } from '../shared/contract/door'
import { isShellRequestName } from '../shared/contract/shell-requests'
import { AnalyzerError } from '../shared/errors'
import { GrantedFiles } from '../shell/granted-files'
import { loopback } from './gate'
import { httpRoutes } from './http-routes'
import { RootFolders } from './root-folders'
import { SessionFolder } from './session-folder'
import { browserShellHandlers } from './shell-handlers'
import { openSocketDoor } from './socket-door'

export { openBrowser } from './open-browser'

export interface ServerOptions {
  readonly engine: Engine
  /** 0 = any free one */
  readonly port: number
  /** Folders that pages may list. */
  readonly roots: readonly string[]
  /** Files that the page opens at its start. */
  readonly startFiles: readonly string[]
  /** Folder with the built page. */
  readonly pageRoot: string
  readonly reportBug: DoorContext['reportBug']
}

export interface RunningServer {
  readonly origin: string
  readonly token: string
  /** What to open: origin and token. */
  readonly address: string
  close(): Promise<void>
}

/**
 * The window's page and its engine for a browser on this machine: 127.0.0.1 only, with a token that is new at each start.
 * The engine stays the caller's: closing the server does not dispose it.
 */
export async function openServer(options: ServerOptions): Promise<RunningServer> {
  const { engine, pageRoot, reportBug } = options
  if (!existsSync(join(pageRoot, 'index.html'))) {
    throw new AnalyzerError('internal', 'The page of VibraLens is not built; run "npm run build" first.', { pageRoot })
  }
  const token = randomBytes(32).toString('base64url')
  const granted = new GrantedFiles()
  const roots = await RootFolders.open(options.roots, granted)
  const folder = await SessionFolder.create()
  const shell = { granted, folder, roots, startFiles: options.startFiles }
  const handlers = browserShellHandlers(shell)
  const server = createServer(httpRoutes({ shell, token, pageRoot, reportBug }))
  const door = openSocketDoor(server, {
    token,
    reportBug,
    request: (name, input, signal) => {
      const context = { signal, reportBug, resolveFile: (handle: string) => granted.resolve(handle) }
      return isShellRequestName(name)
        ? dispatchShell(handlers, name, input, context)
        : engine.request(name, input, context)
    },
  })
  const port = await listen(server, options.port).catch(async (error: unknown) => {
    await folder.dispose()
    throw error
  })
  const unsubscribe = engine.subscribe((event) => door.broadcast(JSON.stringify(event)))
  const origin = `http://${loopback}:${port}`
  return {
    origin,
    token,
    address: `${origin}/#token=${token}`,
    close: async () => {
      unsubscribe()
      door.close()
      await stop(server)
      await folder.dispose()
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new AnalyzerError('bad-request', `Port ${port} cannot be used; choose another.`, { port }, { cause })),
    )
    server.listen(port, loopback, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
