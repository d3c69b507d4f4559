import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, ipcMain, protocol, session, utilityProcess } from 'electron'
import { ipcChannels } from '../shared/bridge'
import { failure } from '../shared/contract/reply'
import engineProcessPath from './engine-process?modulePath'
import type { EngineProcess } from './engine-link'
import { EngineLink } from './engine-link'
import { isOwnPage, pageFileOfUrl, pageOrigin, pageScheme } from './page-security'

/** Electron's shell: one window, the engine in a process of its own, nothing else allowed. */

const here = fileURLToPath(new URL('.', import.meta.url))
const pageRoot = join(here, '../renderer')
// set by electron-vite in development only
const devServerUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
const ownOrigin = devServerUrl === undefined ? pageOrigin : new URL(devServerUrl).origin

protocol.registerSchemesAsPrivileged([
  { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
app.enableSandbox()
app.on('web-contents-created', (_, contents) => {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
})
app.on('window-all-closed', () => app.quit())

await app.whenReady()
session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
session.defaultSession.setPermissionCheckHandler(() => false)
protocol.handle(pageScheme, async ({ url }) => {
  const file = pageFileOfUrl(url, pageRoot)
  if (file === undefined) return new Response('Not found', { status: 404 })
  return new Response(new Uint8Array(await readFile(file.path)), { headers: file.headers })
})

const link = new EngineLink(startEngine, (event) => {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(ipcChannels.event, event)
})
app.on('will-quit', () => link.dispose())

ipcMain.handle(ipcChannels.request, (event, callId: unknown, name: unknown, input: unknown) => {
  if (!isOwnPage(event.senderFrame, ownOrigin) || typeof callId !== 'number' || typeof name !== 'string') {
    return failure('bad-request', 'This page may not ask the engine.')
  }
  // dialogs and drops will fill the grants; the sample needs none
  return link.request(`${event.sender.id}/${callId}`, name, input, {})
})
ipcMain.on(ipcChannels.cancel, (event, callId: unknown) => {
  if (isOwnPage(event.senderFrame, ownOrigin) && typeof callId === 'number') link.cancel(`${event.sender.id}/${callId}`)
})

const window = new BrowserWindow({
  width: 1280,
  height: 800,
  show: false,
  backgroundColor: '#ffffff',
  webPreferences: {
    preload: join(here, '../preload/index.cjs'),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  },
})
window.once('ready-to-show', () => window.show())
await window.loadURL(devServerUrl ?? `${pageOrigin}/`)

function startEngine(): EngineProcess {
  const engine = utilityProcess.fork(engineProcessPath, [], { serviceName: 'VibraLens engine' })
  return {
    postMessage: (message) => engine.postMessage(message),
    onMessage: (listener) => engine.on('message', listener),
    onExit: (listener) => engine.on('exit', listener),
    kill: () => engine.kill(),
  }
}
