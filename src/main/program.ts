import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { IpcMainInvokeEvent } from 'electron'
import { app, ipcMain, Menu, session, utilityProcess } from 'electron'
import { z } from 'zod'
import { ipcChannels } from '../shared/bridge'
import { dispatchShell } from '../shared/contract/dispatch-shell'
import type { EngineEvent } from '../shared/contract/events'
import type { Reply } from '../shared/contract/reply'
import { failure } from '../shared/contract/reply'
import { isShellRequestName } from '../shared/contract/shell-requests'
import type { Locale } from '../shared/locales/translate'
import { translator } from '../shared/locales/translate'
import { Dialogs } from './dialogs'
import engineProcessPath from './engine-process?modulePath'
import type { EngineProcess } from './engine-link'
import { EngineLink } from './engine-link'
import { buildMenu } from './menu'
import { isOwnPage, pageOrigin } from './page-security'
import { PageWindow, stateFileIn } from './page-window'
import { RecentFiles } from './recent-files'
import { guardSession } from './secure-pages'
import { electronShellHandlers, grantFilesAndFolders } from './shell-handlers'
import { unpackedPath } from './unpacked-path'

const here = fileURLToPath(new URL('.', import.meta.url))

/** What a page sends beside the channel's name. Paths of dropped files are added by the preload script. */
const call = z.tuple([z.int().positive(), z.string().max(100), z.unknown(), z.array(z.string().min(1)).max(10_000)])

/** The running program: its windows, one engine, one menu. To be made when Electron is ready. */
export class Program {
  readonly #pages = new Map<number, PageWindow>()
  readonly #link: EngineLink
  readonly #dialogs = new Dialogs(app.getPath('documents'))
  readonly #recent = new RecentFiles(join(app.getPath('userData'), 'recent-files.json'))
  readonly #ownOrigin: string
  readonly #address: string
  #locale: Locale = app.getLocale().startsWith('zh') ? 'zh-CN' : 'en'

  constructor() {
    // set by electron-vite in development only
    const devServerUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
    this.#ownOrigin = devServerUrl === undefined ? pageOrigin : new URL(devServerUrl).origin
    this.#address = devServerUrl ?? `${pageOrigin}/`
    guardSession(session.defaultSession, join(here, '../renderer'), this.#ownOrigin)
    this.#link = new EngineLink(startEngine, (event) => this.#broadcast(event))
    app.on('will-quit', () => this.#link.dispose())
    ipcMain.handle(ipcChannels.request, (event, ...words: unknown[]) => this.#answer(event, words))
    ipcMain.on(ipcChannels.cancel, (event, callId: unknown) => {
      const page = this.#senderOf(event)
      if (page !== undefined && typeof callId === 'number') this.#link.cancel(page.id, callId)
    })
    this.#showMenu()
  }

  openWindow(startFiles: readonly string[]): Promise<void> {
    const page = new PageWindow({
      preloadPath: join(here, '../preload/index.cjs'),
      address: this.#address,
      stateFile: stateFileIn(app.getPath('userData')),
      startFiles,
      t: () => translator(this.#locale),
      onGrant: (id, handle, path) => this.#link.grant(id, handle, path),
    })
    this.#pages.set(page.id, page)
    page.window.on('closed', () => {
      this.#pages.delete(page.id)
      this.#link.leave(page.id)
    })
    return page.load()
  }

  /** Files from outside: a second start, the system's file manager, the list of recent files. */
  async openFiles(paths: readonly string[]): Promise<void> {
    const page = this.#frontPage()
    if (page === undefined) return this.openWindow(paths)
    page.bringToFront()
    if (paths.length === 0) return
    // a recent file may be gone; the page is told of those that are there
    const granted = await Promise.all(paths.map((path) => grantFilesAndFolders(page, [path]).catch(() => [])))
    this.#remember(paths)
    page.send({ name: 'shell.filesOpened', data: { files: granted.flat() } })
  }

  hasWindow(): boolean {
    return this.#pages.size > 0
  }

  #answer(event: IpcMainInvokeEvent, words: readonly unknown[]): Promise<Reply<unknown>> {
    const page = this.#senderOf(event)
    const parsed = call.safeParse(words)
    if (page === undefined || !parsed.success) {
      return Promise.resolve(failure('bad-request', 'This page may not ask the engine.'))
    }
    const [callId, name, input, droppedPaths] = parsed.data
    if (!isShellRequestName(name)) return this.#link.request(page.id, callId, name, input)
    const services = {
      dialogs: this.#dialogs,
      t: () => translator(this.#locale),
      setLocale: (locale: Locale) => this.#setLocale(locale),
      remember: (paths: readonly string[]) => this.#remember(paths),
    }
    return dispatchShell(electronShellHandlers(services, page, droppedPaths), name, input, {
      signal: new AbortController().signal, // dialogs are closed by the user
      reportBug: (error) => void process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
    })
  }

  /** Own page, main frame, of a window of ours: anything else is a stranger. */
  #senderOf({ sender, senderFrame }: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): PageWindow | undefined {
    return isOwnPage(senderFrame, this.#ownOrigin) ? this.#pages.get(sender.id) : undefined
  }

  #frontPage(): PageWindow | undefined {
    const pages = [...this.#pages.values()]
    return pages.find(({ window }) => window.isFocused()) ?? pages[pages.length - 1]
  }

  #broadcast(event: EngineEvent): void {
    for (const page of this.#pages.values()) page.send(event)
  }

  #setLocale(locale: Locale): void {
    if (locale === this.#locale) return
    this.#locale = locale
    this.#showMenu()
  }

  #remember(paths: readonly string[]): void {
    if (paths.length === 0) return
    this.#recent.add(paths)
    for (const path of paths) app.addRecentDocument(path)
    this.#showMenu()
  }

  #showMenu(): void {
    const template = buildMenu({
      t: translator(this.#locale),
      platform: process.platform,
      recentFiles: this.#recent.list(),
      hasDeveloperTools: !app.isPackaged,
      send: (command) => this.#frontPage()?.send({ name: 'shell.command', data: { command } }),
      openRecent: (path) => void this.openFiles([path]),
      clearRecent: () => {
        this.#recent.clear()
        app.clearRecentDocuments()
        this.#showMenu()
      },
      openWindow: () => void this.openWindow([]),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
}

function startEngine(): EngineProcess {
  const engine = utilityProcess.fork(unpackedPath(engineProcessPath), [], { serviceName: 'VibraLens engine' })
  return {
    postMessage: (message) => engine.postMessage(message),
    onMessage: (listener) => void engine.on('message', listener),
    onExit: (listener) => void engine.on('exit', listener),
    kill: () => void engine.kill(),
  }
}
