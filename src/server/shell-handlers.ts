import { writeFile } from 'node:fs/promises'
import type { ShellHandlers } from '../shared/contract/dispatch-shell'
import type { GrantedFiles } from '../shell/granted-files'
import type { RootFolders } from './root-folders'
import type { SessionFolder } from './session-folder'

export interface BrowserShell {
  readonly granted: GrantedFiles
  readonly folder: SessionFolder
  readonly roots: RootFolders
  /** Paths given on the command line. */
  readonly startFiles: readonly string[]
}

/** What the server does for the page; dialogs, clipboard and title are the browser's own. */
export function browserShellHandlers({ granted, folder, roots, startFiles }: BrowserShell): ShellHandlers {
  return {
    'shell.startFiles': () => granted.grantAll(startFiles),
    'shell.listFolder': ({ handle }) => roots.list(handle),
    'shell.pickSaveTarget': async ({ suggestedName }) => granted.grantTarget(await folder.reserve(suggestedName)),
    'shell.saveBytes': async ({ handle, bytes }) => {
      await writeFile(granted.resolveTarget(handle), bytes)
      return {}
    },
  }
}
