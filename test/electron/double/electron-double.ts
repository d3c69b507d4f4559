import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FromEngine, ToEngine } from '../../../src/main/engine-messages'
import type { Frame, WindowOptions } from './fake-window'
import { FakeEvent, FakeWebContents, FakeWindow } from './fake-window'

type Handler = (event: object, ...words: unknown[]) => unknown
type PageHandler = (request: { readonly url: string; readonly method: string }) => Promise<Response>

export interface FakeMenuItem {
  readonly id?: string
  readonly label?: string
  readonly role?: string
  readonly accelerator?: string
  readonly toolTip?: string
  readonly enabled?: boolean
  readonly submenu?: readonly FakeMenuItem[]
  click?(): void
}

/** The engine's process as the double runs it. */
export interface FakeUtilityProcess {
  postMessage(message: ToEngine): void
  on(type: 'message' | 'exit', listener: (message: FromEngine) => void): void
  kill(): void
}

export interface DoubleOptions {
  /** userData, documents … are folders in it. */
  readonly folder: string
  readonly locale?: string
  readonly isPackaged?: boolean
  readonly isFirstInstance?: boolean
  /** Instead of the built engine in a child process of Node. */
  readonly startEngine?: () => FakeUtilityProcess
}

class FakeApp extends EventEmitter {
  readonly recent: string[] = []
  lockData: unknown
  isSandboxed = false
  hasQuit = false
  readonly isPackaged: boolean
  readonly #options: DoubleOptions
  #letReady: () => void = () => undefined
  readonly #ready = new Promise<void>((resolve) => (this.#letReady = resolve))

  constructor(options: DoubleOptions) {
    super()
    this.#options = options
    this.isPackaged = options.isPackaged ?? true
  }
  whenReady = (): Promise<void> => this.#ready
  /** Electron's own rule: `ready` comes when the entry module has been loaded to its end. */
  moduleLoaded = (): void => this.#letReady()
  enableSandbox = (): void => void (this.isSandboxed = true)
  requestSingleInstanceLock = (data: unknown): boolean => {
    this.lockData = data
    return this.#options.isFirstInstance ?? true
  }
  quit = (): void => {
    this.hasQuit = true
    this.emit('will-quit')
  }
  getPath = (name: string): string => join(this.#options.folder, name)
  getAppPath = (): string => resolve('.')
  getLocale = (): string => this.#options.locale ?? 'en-US'
  addRecentDocument = (path: string): void => void this.recent.push(path)
  clearRecentDocuments = (): void => void this.recent.splice(0)
}

/** As much of Electron as the built main and preload use, with what they did to it. */
export class ElectronDouble {
  readonly app: FakeApp
  readonly windows: FakeWindow[] = []
  readonly engines: FakeUtilityProcess[] = []
  readonly privileged: unknown[] = []
  readonly shown: string[] = []
  /** Answers to the dialogs to come; an exhausted list is a user who closes them. */
  readonly answers = { open: [] as string[][], save: [] as string[], closeAnyway: false }
  readonly asked: { readonly kind: string; readonly options: Readonly<Record<string, unknown>> }[] = []
  readonly copied: unknown[] = []
  menu: readonly FakeMenuItem[] = []
  readonly paths = new WeakMap<object, string>()
  readonly #options: DoubleOptions
  readonly #handlers = new Map<string, Handler>()
  readonly #messages = new EventEmitter()
  readonly guards: Record<string, (...words: never[]) => unknown> = {}
  #pageHandler: PageHandler | undefined
  #ids = 0

  constructor(options: DoubleOptions) {
    this.#options = options
    this.app = new FakeApp(options)
  }

  nextId(): number {
    return (this.#ids += 1)
  }

  open(url: string, method = 'GET'): Promise<Response> {
    if (this.#pageHandler === undefined) throw new Error('No handler of the page is there.')
    return this.#pageHandler({ url, method })
  }

  /** ipcRenderer.invoke from a frame: copies cross, as between processes. */
  async invoke(
    sender: FakeWebContents,
    senderFrame: Frame | null,
    channel: string,
    ...words: unknown[]
  ): Promise<unknown> {
    const handler = this.#handlers.get(channel)
    if (handler === undefined) throw new Error(`Nobody handles "${channel}".`)
    return structuredClone(await handler({ sender, senderFrame }, ...structuredClone(words)))
  }

  /** What a program gets by `import … from 'electron'` in main. */
  get main(): object {
    return {
      app: this.app,
      BrowserWindow: windowClassOf(this),
      ...this.#system(),
      ipcMain: {
        handle: (channel: string, handler: Handler) => void this.#handlers.set(channel, handler),
        on: (channel: string, listener: Handler) => void this.#messages.on(channel, listener),
      },
      protocol: { registerSchemesAsPrivileged: (schemes: unknown[]) => void this.privileged.push(...schemes) },
      session: { defaultSession: this.#session() },
      screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
      utilityProcess: {
        fork: (path: string) => {
          const engine = (this.#options.startEngine ?? (() => forkEngine(path)))()
          this.engines.push(engine)
          return engine
        },
      },
    }
  }

  /** What the preload script of a window gets. */
  inPage(window: FakeWindow): object {
    const { webContents } = window
    return {
      contextBridge: { exposeInMainWorld: (name: string, api: unknown) => void window.exposed.set(name, api) },
      ipcRenderer: {
        invoke: (channel: string, ...words: unknown[]) =>
          this.invoke(webContents, webContents.mainFrame, channel, ...words),
        send: (channel: string, ...words: unknown[]) =>
          this.#messages.emit(channel, { sender: webContents, senderFrame: webContents.mainFrame }, ...words),
        on: (channel: string, listener: (...words: unknown[]) => void) => webContents.renderer.on(channel, listener),
        off: (channel: string, listener: (...words: unknown[]) => void) => webContents.renderer.off(channel, listener),
      },
      webUtils: {
        getPathForFile: (file: unknown) => {
          if (!(file instanceof File)) throw new TypeError('This is no File.')
          return this.paths.get(file) ?? ''
        },
      },
    }
  }

  #session(): object {
    const guard = (name: string) => (handler: (...words: never[]) => unknown) => void (this.guards[name] = handler)
    return {
      setPermissionRequestHandler: guard('permissionRequest'),
      setPermissionCheckHandler: guard('permissionCheck'),
      setDevicePermissionHandler: guard('devicePermission'),
      webRequest: { onBeforeRequest: guard('beforeRequest') },
      protocol: { handle: (_scheme: string, handler: PageHandler) => void (this.#pageHandler = handler) },
    }
  }

  #system(): object {
    const ask = (kind: string, options: Readonly<Record<string, unknown>>): void =>
      void this.asked.push({ kind, options })
    return {
      Menu: {
        buildFromTemplate: (template: readonly FakeMenuItem[]) => template,
        setApplicationMenu: (menu: readonly FakeMenuItem[]) => void (this.menu = menu),
      },
      dialog: {
        showOpenDialog: async (_window: unknown, options: Readonly<Record<string, unknown>>) => {
          ask('open', options)
          const filePaths = this.answers.open.shift() ?? []
          return { canceled: filePaths.length === 0, filePaths }
        },
        showSaveDialog: async (_window: unknown, options: Readonly<Record<string, unknown>>) => {
          ask('save', options)
          const filePath = this.answers.save.shift() ?? ''
          return { canceled: filePath === '', filePath }
        },
        showMessageBoxSync: (_window: unknown, options: Readonly<Record<string, unknown>>) => {
          ask('message', options)
          return this.answers.closeAnyway ? 0 : 1
        },
      },
      clipboard: {
        writeText: async (text: string) => void this.copied.push(text),
        write: async (items: readonly unknown[]) => void this.copied.push(...items),
      },
      ClipboardItem: class {
        readonly items: unknown
        constructor(items: unknown) {
          this.items = items
        }
      },
      nativeImage: {
        createFromBuffer: (bytes: Buffer) => ({ isEmpty: () => bytes.subarray(1, 4).toString() !== 'PNG' }),
      },
      shell: { showItemInFolder: (path: string) => void this.shown.push(path) },
    }
  }
}

function windowClassOf(electron: ElectronDouble): object {
  return class extends FakeWindow {
    constructor(options: WindowOptions) {
      super(electron, options)
    }
  }
}

/** The built engine in a real process of its own. */
function forkEngine(path: string): FakeUtilityProcess {
  const shim = pathToFileURL(resolve('test/electron/double/parent-port.mjs')).href
  const child = fork(path, [], {
    serialization: 'advanced',
    execArgv: ['--import', shim],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return {
    postMessage: (message) => void child.send(message),
    on: (type, listener) => void child.on(type, listener as (message: unknown) => void),
    kill: () => void child.kill('SIGKILL'),
  }
}

export { FakeEvent, FakeWebContents, FakeWindow }
