import { EngineClient } from '../../shared/contract/engine-client'
import { bridgeTransport } from './bridge-transport'
import { createBrowserHost } from './browser-host'
import { createElectronHost } from './electron-host'
import type { Host } from './host'
import { serverFiles } from './server-files'
import { openSocketTransport } from './websocket-transport'

export interface Connection {
  readonly client: EngineClient
  readonly host: Host
}

const tokenKey = 'vibralens.token'

/** There is no engine behind this page; `reason` is a message of the catalogues. */
export class ConnectError extends Error {
  readonly reason: 'connect.no-token' | 'connect.no-answer'

  constructor(reason: ConnectError['reason']) {
    super(reason)
    this.name = 'ConnectError'
    this.reason = reason
  }
}

/** Electron where its preload has run, else the server that sent this page. @throws ConnectError */
export async function connect(page: Window): Promise<Connection> {
  if (page.analyzer !== undefined) {
    const transport = bridgeTransport(page.analyzer)
    return { client: new EngineClient(transport), host: createElectronHost(transport) }
  }
  const { origin, host } = page.location
  const token = takeToken(page)
  // the token goes as a subprotocol: addresses end up in logs
  const transport = openSocketTransport(() => new WebSocket(`ws://${host}/socket`, ['vibralens', `token.${token}`]))
  if (!(await transport.opened)) {
    transport.dispose()
    throw new ConnectError('connect.no-answer')
  }
  return {
    client: new EngineClient(transport),
    host: createBrowserHost(transport, serverFiles(origin, token), page),
  }
}

/** From the address, which loses it at once, or what this tab kept of it for reloading. */
function takeToken({ location, history, sessionStorage }: Window): string {
  const given = /^#token=([\w-]+)$/.exec(location.hash)?.[1]
  if (given !== undefined) {
    sessionStorage.setItem(tokenKey, given)
    history.replaceState(null, '', location.pathname)
  }
  const token = given ?? sessionStorage.getItem(tokenKey)
  if (token !== null) return token
  throw new ConnectError('connect.no-token')
}
