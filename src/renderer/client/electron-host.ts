import type { Transport } from '../../shared/contract/engine-client'
import type { Host } from './host'
import { shellClient } from './shell-client'

/** The window of Electron: everything is asked of main. */
export function createElectronHost(transport: Transport): Host {
  const ask = shellClient(transport)
  const tell = async (answer: Promise<unknown>): Promise<void> => void (await answer)
  return {
    kind: 'electron',
    capabilities: {
      canPickFolder: true,
      canListFolders: false,
      canRevealFile: true,
      canReopenFiles: true,
      canDragOut: true,
      canCopyImage: true,
      hasNativeMenu: true,
    },
    pickFiles: (kind) => ask('shell.pickFiles', { kind }),
    pickFolder: () => ask('shell.pickFolder', {}),
    acceptDrop: (items) => ask('shell.grantDropped', { files: [...items.files] }),
    listFolder: (handle) => ask('shell.listFolder', { handle }),
    save: async (suggestedName, bytes) => {
      const target = await ask('shell.pickSaveTarget', { suggestedName })
      if (target === null) return false
      await ask('shell.saveBytes', { handle: target.handle, bytes })
      return true
    },
    pickSaveTarget: (suggestedName) => ask('shell.pickSaveTarget', { suggestedName }),
    deliver: async () => undefined,
    revealFile: (handle) => tell(ask('shell.revealFile', { handle })),
    dragOut: (handle) => tell(ask('shell.dragOut', { handle })),
    copyText: (text) => tell(ask('shell.copyText', { text })),
    copyImage: (png) => tell(ask('shell.copyImage', { png })),
    startFiles: () => ask('shell.startFiles', {}),
    setTitle: (title, hasUnsavedChanges) => tell(ask('shell.setTitle', { title, hasUnsavedChanges })),
    setLocale: (locale) => tell(ask('shell.setLocale', { locale })),
    onConnectionChange: () => () => undefined,
  }
}
