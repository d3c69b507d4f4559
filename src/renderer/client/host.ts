import type { GrantedFile, ShellRequestInput } from '../../shared/contract/shell-requests'

export interface HostCapabilities {
  readonly canPickFolder: boolean
  /** Folders on the server's side (`vibralens serve --root`), by `listFolder`. */
  readonly canListFolders: boolean
  readonly canRevealFile: boolean
  /** Files keep their place between sessions; uploads do not. */
  readonly canReopenFiles: boolean
  readonly canDragOut: boolean
  readonly canCopyImage: boolean
  readonly hasNativeMenu: boolean
}

export type PickKind = ShellRequestInput<'shell.pickFiles'>['kind']

export interface FolderListing {
  readonly name: string
  readonly folders: readonly { readonly handle: string; readonly name: string }[]
  readonly files: readonly GrantedFile[]
}

/** 'lost' = the server does not answer; it is tried again until it does. */
export type ConnectionState = 'open' | 'lost'

/** What differs between Electron and a browser. Components ask capabilities, never which of the two it is. */
export interface Host {
  readonly kind: 'electron' | 'browser'
  readonly capabilities: HostCapabilities
  /** Empty = the user closed the dialog. */
  pickFiles(kind: PickKind): Promise<readonly GrantedFile[]>
  pickFolder(): Promise<readonly GrantedFile[]>
  /** Files and folders, walked; to be called inside the drop event, before anything is awaited. */
  acceptDrop(items: DataTransfer): Promise<readonly GrantedFile[]>
  /** null = the roots. */
  listFolder(handle: string | null): Promise<FolderListing>
  /** false = the user closed the dialog. */
  save(suggestedName: string, bytes: Uint8Array, mediaType: string): Promise<boolean>
  /** A file for the engine to write; null = the user closed the dialog. `deliver` it when it is written. */
  pickSaveTarget(suggestedName: string): Promise<GrantedFile | null>
  /** Hands a written target to the user: a download in the browser, nothing in Electron, where it is in its place. */
  deliver(target: GrantedFile): Promise<void>
  revealFile(handle: string): Promise<void>
  /** Inside `dragstart`: the file leaves the window by drag. */
  dragOut(handle: string): Promise<void>
  copyText(text: string): Promise<void>
  copyImage(png: Uint8Array): Promise<void>
  startFiles(): Promise<readonly GrantedFile[]>
  setTitle(title: string, hasUnsavedChanges: boolean): Promise<void>
  setLocale(locale: ShellRequestInput<'shell.setLocale'>['locale']): Promise<void>
  /** Returns the end of the subscription. */
  onConnectionChange(listener: (state: ConnectionState) => void): () => void
}
