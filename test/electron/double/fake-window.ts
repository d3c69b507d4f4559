import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import type { AnalyzerBridge } from '../../../src/shared/bridge'
import type { ElectronDouble } from './electron-double'

export interface Frame {
  readonly url: string
  readonly parent: unknown
}

export class FakeEvent {
  isPrevented = false
  preventDefault(): void {
    this.isPrevented = true
  }
}

export class FakeWebContents extends EventEmitter {
  readonly id: number
  mainFrame: Frame = { url: '', parent: null }
  windowOpenHandler: ((details: { url: string }) => unknown) | undefined
  reloadCount = 0
  readonly dragged: unknown[] = []
  /** ipcRenderer's listeners in this page. */
  readonly renderer = new EventEmitter()

  constructor(id: number) {
    super()
    this.id = id
  }
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.windowOpenHandler = handler
  }
  send(channel: string, ...words: unknown[]): void {
    this.renderer.emit(channel, {}, ...structuredClone(words))
  }
  reload(): void {
    this.reloadCount += 1
  }
  startDrag(item: unknown): void {
    this.dragged.push(item)
  }
}

export interface WindowOptions {
  readonly width: number
  readonly height: number
  readonly x?: number
  readonly y?: number
  readonly webPreferences: { readonly preload: string } & Readonly<Record<string, unknown>>
  readonly [other: string]: unknown
}

/** A window that loads its address by the session's own handler and runs the built preload script. */
export class FakeWindow extends EventEmitter {
  readonly options: WindowOptions
  readonly webContents: FakeWebContents
  readonly exposed = new Map<string, unknown>()
  title = ''
  isEdited = false
  isShown = false
  isFront = false
  #isMaximized = false
  #isMinimized = false
  #isDestroyed = false
  readonly #electron: ElectronDouble

  constructor(electron: ElectronDouble, options: WindowOptions) {
    super()
    this.#electron = electron
    this.options = options
    this.webContents = new FakeWebContents(electron.nextId())
    electron.windows.push(this)
    electron.app.emit('web-contents-created', {}, this.webContents)
  }

  /** What the preload script shows the page. */
  get analyzer(): AnalyzerBridge {
    return this.exposed.get('analyzer') as AnalyzerBridge
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#electron.open(url)
    if (page.status !== 200) throw new Error(`${url}: ${page.status}`)
    this.webContents.mainFrame = { url, parent: null }
    this.#runPreload()
    this.emit('ready-to-show')
  }

  /** As a user closes it; answers whether it closed. */
  close(): boolean {
    const event = new FakeEvent()
    this.emit('close', event)
    if (event.isPrevented) return false
    this.#isDestroyed = true
    this.emit('closed')
    return true
  }

  show = (): void => void (this.isShown = true)
  focus = (): void => void (this.isFront = true)
  isFocused = (): boolean => this.isFront
  maximize = (): void => void (this.#isMaximized = true)
  isMaximized = (): boolean => this.#isMaximized
  minimize = (): void => void (this.#isMinimized = true)
  isMinimized = (): boolean => this.#isMinimized
  restore = (): void => void (this.#isMinimized = false)
  isDestroyed = (): boolean => this.#isDestroyed
  setTitle = (title: string): void => void (this.title = title)
  setDocumentEdited = (isEdited: boolean): void => void (this.isEdited = isEdited)
  getNormalBounds = () => ({ x: 40, y: 50, width: this.options.width, height: this.options.height })

  /** A sandboxed preload script: one CommonJS file that may require `electron` and nothing else. */
  #runPreload(): void {
    const code = readFileSync(this.options.webPreferences.preload, 'utf8')
    const wrapped = vm.runInThisContext(`(function (require, module, exports) {${code}\n})`) as (
      require: (name: string) => unknown,
      module: object,
      exports: object,
    ) => void
    const require = (name: string): unknown => {
      if (name !== 'electron') throw new Error(`A sandboxed preload script cannot require "${name}".`)
      return this.#electron.inPage(this)
    }
    wrapped(require, { exports: {} }, {})
  }
}
