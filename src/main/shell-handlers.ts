import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { app, clipboard, ClipboardItem, nativeImage, shell } from 'electron'
import { describeWriteError } from '../engine/files/write-errors'
import { writeWhole } from '../engine/files/write-whole'
import type { ShellHandlers } from '../shared/contract/dispatch-shell'
import type { GrantedFile } from '../shared/contract/shell-requests'
import { AnalyzerError } from '../shared/errors'
import type { Locale, Translate } from '../shared/locales/translate'
import { listRecordings } from '../shell/walk-folder'
import type { Dialogs } from './dialogs'
import type { PageWindow } from './page-window'

export interface ShellServices {
  readonly dialogs: Dialogs
  readonly t: () => Translate
  setLocale(locale: Locale): void
  /** Paths the user opened, for the list of recent files. */
  remember(paths: readonly string[]): void
}

/** What main does for one window. `droppedPaths` come from the preload script beside the request, never from the page. */
export function electronShellHandlers(
  { dialogs, t, setLocale, remember }: ShellServices,
  page: PageWindow,
  droppedPaths: readonly string[],
): ShellHandlers {
  const { window, granted } = page
  const open = async (paths: readonly string[]): Promise<readonly GrantedFile[]> => {
    const files = await grantFilesAndFolders(page, paths)
    remember(paths)
    return files
  }
  return {
    'shell.pickFiles': async ({ kind }) => open(await dialogs.pickFiles(window, kind, t())),
    'shell.pickFolder': async () => open(await dialogs.pickFolder(window, t())),
    'shell.grantDropped': () => open(droppedPaths),
    'shell.startFiles': () => open(page.takeStartFiles()),
    'shell.pickSaveTarget': async ({ suggestedName }) => {
      const path = await dialogs.pickTarget(window, suggestedName, t())
      return path === undefined ? null : granted.grantTarget(path)
    },
    'shell.saveBytes': async ({ handle, bytes }) => {
      await save(granted.resolveTarget(handle), bytes)
      return {}
    },
    'shell.revealFile': async ({ handle }) => {
      shell.showItemInFolder(granted.resolve(handle))
      return {}
    },
    'shell.dragOut': async ({ handle }) => {
      const icon = join(app.getAppPath(), 'resources/icons/drag.png')
      window.webContents.startDrag({ file: granted.resolve(handle), icon })
      return {}
    },
    'shell.copyText': async ({ text }) => {
      await clipboard.writeText(text)
      return {}
    },
    'shell.copyImage': async ({ png }) => {
      await copyImage(png)
      return {}
    },
    'shell.setTitle': async ({ title, hasUnsavedChanges }) => {
      page.setTitle(title, hasUnsavedChanges)
      return {}
    },
    'shell.setLocale': async ({ locale }) => {
      setLocale(locale)
      return {}
    },
  }
}

/** A folder stands for the recordings in it. */
export async function grantFilesAndFolders(
  { granted }: PageWindow,
  paths: readonly string[],
): Promise<readonly GrantedFile[]> {
  const files: GrantedFile[] = []
  for (const path of paths) {
    // what is not there is said by `grant`, by name
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    )
    files.push(...(await granted.grantAll(isFolder ? await listRecordings(path) : [path])))
  }
  return files
}

async function save(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeWhole(path, bytes)
  } catch (error) {
    throw describeWriteError(error, basename(path), 'What was there before is untouched.')
  }
}

async function copyImage(png: Uint8Array): Promise<void> {
  const bytes = Buffer.from(png)
  if (nativeImage.createFromBuffer(bytes).isEmpty()) {
    throw new AnalyzerError('bad-request', 'This is no PNG picture.', { bytes: png.length })
  }
  await clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })])
}
