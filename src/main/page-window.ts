import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import type { EngineEvent } from '../shared/contract/events'
import { ipcChannels } from '../shared/bridge'
import type { Translate } from '../shared/locales/translate'
import { GrantedFiles } from '../shell/granted-files'
import { mayClose } from './dialogs'
import { readStateFile, writeStateFile } from './state-file'
import { leastSize, placeWindow, windowStateSchema } from './window-state'

export interface PageWindowOptions {
  readonly preloadPath: string
  readonly address: string
  readonly stateFile: string
  readonly startFiles: readonly string[]
  readonly t: () => Translate
  onGrant(page: number, handle: string, path: string): void
}

/** A crash that follows another within this time is not answered by loading the page again. */
const crashLoopMilliseconds = 10_000

/** One window with its page, and the files that the user gave it. */
export class PageWindow {
  readonly window: BrowserWindow
  readonly granted: GrantedFiles
  readonly id: number
  readonly #options: PageWindowOptions
  #startFiles: readonly string[]
  #hasUnsavedChanges = false
  #crashedAt = Number.NEGATIVE_INFINITY

  constructor(options: PageWindowOptions) {
    this.#options = options
    this.#startFiles = options.startFiles
    const saved = readStateFile(options.stateFile, windowStateSchema)
    this.window = new BrowserWindow({
      ...placeWindow(
        saved,
        screen.getAllDisplays().map(({ workArea }) => workArea),
      ),
      minWidth: leastSize.width,
      minHeight: leastSize.height,
      show: false,
      backgroundColor: '#ffffff',
      webPreferences: {
        preload: options.preloadPath,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        // its dictionaries would come from the network
        spellcheck: false,
      },
    })
    const { id } = this.window.webContents
    this.id = id
    this.granted = new GrantedFiles((handle, path) => options.onGrant(id, handle, path))
    if (saved?.isMaximized === true) this.window.maximize()
    this.#listen()
  }

  /** Resolves when the page is there. */
  load(): Promise<void> {
    return this.window.loadURL(this.#options.address)
  }

  send(event: EngineEvent): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(ipcChannels.event, event)
  }

  /** Once: a page that loads again does not open them again. */
  takeStartFiles(): readonly string[] {
    const files = this.#startFiles
    this.#startFiles = []
    return files
  }

  setTitle(title: string, hasUnsavedChanges: boolean): void {
    this.#hasUnsavedChanges = hasUnsavedChanges
    this.window.setTitle(hasUnsavedChanges ? `• ${title}` : title)
    this.window.setDocumentEdited(hasUnsavedChanges)
  }

  bringToFront(): void {
    if (this.window.isMinimized()) this.window.restore()
    this.window.focus()
  }

  #listen(): void {
    const { window } = this
    window.once('ready-to-show', () => window.show())
    // the title is the page's to set, by the contract
    window.on('page-title-updated', (event) => event.preventDefault())
    window.on('close', (event) => {
      if (this.#hasUnsavedChanges && !mayClose(window, this.#options.t())) event.preventDefault()
      else writeStateFile(this.#options.stateFile, { ...window.getNormalBounds(), isMaximized: window.isMaximized() })
    })
    window.webContents.on('render-process-gone', (_, { reason }) => {
      const now = Date.now()
      if (reason !== 'clean-exit' && now - this.#crashedAt > crashLoopMilliseconds) window.webContents.reload()
      this.#crashedAt = now
    })
  }
}

export const stateFileIn = (folder: string): string => join(folder, 'window.json')
