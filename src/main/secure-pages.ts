import { readFile } from 'node:fs/promises'
import type { Session } from 'electron'
import { app, protocol } from 'electron'
import { pageFileOfUrl, pageScheme } from './page-security'

/** What every page of the program is kept from. To be called before `ready`. */
export function guardPages(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  app.enableSandbox()
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** Serves the page by its own scheme, and lets it ask for nothing else: no permission, no network. */
export function guardSession(session: Session, pageRoot: string, ownOrigin: string): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !isOwnAddress(request.url, ownOrigin) }))
  session.protocol.handle(pageScheme, async ({ url, method }) => {
    const file = method === 'GET' ? pageFileOfUrl(url, pageRoot) : undefined
    // not there: told as such
    const content = file === undefined ? undefined : await readFile(file.path).catch(() => undefined)
    if (file === undefined || content === undefined) return new Response('Not found', { status: 404 })
    return new Response(new Uint8Array(content), { headers: file.headers })
  })
}

/** Own files, pictures made in the page, and in development the server of vite with its socket. */
function isOwnAddress(url: string, ownOrigin: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol: scheme, host } = new URL(url)
  const origin = `${scheme}//${host}`
  return (
    origin === ownOrigin ||
    origin === ownOrigin.replace(/^http/, 'ws') ||
    ['blob:', 'data:', 'devtools:'].includes(scheme)
  )
}
