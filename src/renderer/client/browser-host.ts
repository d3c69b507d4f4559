import type { GrantedFile } from '../../shared/contract/shell-requests'
import { AnalyzerError } from '../../shared/errors'
import { isLikelyRecording } from '../../shared/recording-names'
import { collectDropped, pickWithInput } from './browser-files'
import type { Host } from './host'
import type { ServerFiles } from './server-files'
import { shellClient } from './shell-client'
import type { SocketTransport } from './websocket-transport'

/** A tab of a browser: files are uploaded to the server on this machine, results are downloaded. */
export function createBrowserHost(transport: SocketTransport, files: ServerFiles, page: Window): Host {
  const ask = shellClient(transport)
  let keepsOpen = false
  const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
  const upload = (chosen: readonly File[]): Promise<readonly GrantedFile[]> => uploadAll(chosen, files)
  return {
    kind: 'browser',
    capabilities: {
      canPickFolder: true,
      canListFolders: true,
      canRevealFile: false,
      canReopenFiles: false,
      canDragOut: false,
      canCopyImage: 'ClipboardItem' in page,
      hasNativeMenu: false,
    },
    pickFiles: async (kind) => upload(await pickWithInput(page.document, { kind, isFolder: false })),
    pickFolder: async () => upload(likely(await pickWithInput(page.document, { kind: 'any', isFolder: true }))),
    acceptDrop: async (items) => {
      const dropped = await collectDropped(items)
      return upload([...dropped.files, ...likely(dropped.fromFolders)])
    },
    listFolder: (handle) => ask('shell.listFolder', { handle }),
    save: async (suggestedName, bytes, mediaType) => {
      // a copy: Blob takes no view of shared memory
      download(page.document, suggestedName, new Blob([new Uint8Array(bytes)], { type: mediaType }))
      return true
    },
    pickSaveTarget: (suggestedName) => ask('shell.pickSaveTarget', { suggestedName }),
    deliver: async (target) => download(page.document, target.name, await files.fetch(target)),
    revealFile: () => Promise.reject(unable('show a file in its folder')),
    dragOut: () => Promise.reject(unable('drag a file out')),
    copyText: (text) => clipboard(() => page.navigator.clipboard.writeText(text)),
    copyImage: (png) => {
      const blob = new Blob([new Uint8Array(png)], { type: 'image/png' })
      return clipboard(() => page.navigator.clipboard.write([new ClipboardItem({ [blob.type]: blob })]))
    },
    startFiles: () => ask('shell.startFiles', {}),
    setTitle: async (title, hasUnsavedChanges) => {
      page.document.title = hasUnsavedChanges ? `• ${title}` : title
      if (hasUnsavedChanges === keepsOpen) return
      keepsOpen = hasUnsavedChanges
      if (keepsOpen) page.addEventListener('beforeunload', warn)
      else page.removeEventListener('beforeunload', warn)
    },
    setLocale: async () => undefined,
    onConnectionChange: (listener) => transport.onStateChange(listener),
  }
}

const likely = (files: readonly File[]): readonly File[] => files.filter((file) => isLikelyRecording(file.name))

/** One after the other: the disk is the bottleneck, and the order stays. */
async function uploadAll(chosen: readonly File[], files: ServerFiles): Promise<readonly GrantedFile[]> {
  const granted: GrantedFile[] = []
  for (const file of chosen) granted.push(await files.upload(file))
  return granted
}

function download(document: Document, name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // the download has begun with the click's task; a minute is more than the browser needs to open the blob
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

function unable(what: string): AnalyzerError {
  return new AnalyzerError('bad-request', `A browser cannot ${what}; the desktop program can.`)
}

async function clipboard(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (cause) {
    throw new AnalyzerError('bad-request', 'The browser refused the clipboard; allow it for this page.', {}, { cause })
  }
}
