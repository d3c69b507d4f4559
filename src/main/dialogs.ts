import { dirname, extname, join } from 'node:path'
import type { BrowserWindow, FileFilter, OpenDialogOptions } from 'electron'
import { dialog } from 'electron'
import type { ShellRequestInput } from '../shared/contract/shell-requests'
import type { MessageKey, Translate } from '../shared/locales/translate'

type PickKind = ShellRequestInput<'shell.pickFiles'>['kind']

const recordingEndings = ['wav', 'csv', 'tsv', 'txt', 'dat', 'asc', 'mat', 'npy', 'npz', 'gz']
const titles: Readonly<Record<PickKind, MessageKey>> = {
  recordings: 'dialog.open-recordings',
  project: 'dialog.open-project',
  any: 'dialog.open-file',
}

/** The system's dialogs; the folder of the last one is where the next begins. */
export class Dialogs {
  #folder: string

  constructor(firstFolder: string) {
    this.#folder = firstFolder
  }

  /** Empty = closed by the user. */
  async pickFiles(window: BrowserWindow, kind: PickKind, t: Translate): Promise<readonly string[]> {
    const all: FileFilter = { name: t('dialog.filter.all'), extensions: ['*'] }
    const filters: Record<PickKind, FileFilter[]> = {
      // many recordings have no ending of their own: all files are one choice away
      recordings: [{ name: t('dialog.filter.recordings'), extensions: recordingEndings }, all],
      project: [{ name: t('dialog.filter.projects'), extensions: ['vibralens'] }, all],
      any: [all],
    }
    const several: OpenDialogOptions['properties'] = kind === 'project' ? [] : ['multiSelections']
    return this.#open(window, { title: t(titles[kind]), filters: filters[kind], properties: ['openFile', ...several] })
  }

  async pickFolder(window: BrowserWindow, t: Translate): Promise<readonly string[]> {
    return this.#open(window, { title: t('dialog.open-folder'), properties: ['openDirectory'] })
  }

  /** undefined = closed by the user. */
  async pickTarget(window: BrowserWindow, suggestedName: string, t: Translate): Promise<string | undefined> {
    const ending = extname(suggestedName).slice(1)
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: t('dialog.save'),
      defaultPath: join(this.#folder, suggestedName),
      filters: ending === '' ? [] : [{ name: ending.toUpperCase(), extensions: [ending] }],
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    })
    if (canceled || filePath === '') return undefined
    this.#folder = dirname(filePath)
    return filePath
  }

  async #open(window: BrowserWindow, options: OpenDialogOptions): Promise<readonly string[]> {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, { ...options, defaultPath: this.#folder })
    if (canceled || filePaths.length === 0) return []
    this.#folder = dirname(filePaths[0])
    return filePaths
  }
}

/** Whether a window with unsaved changes is to be closed all the same. */
export function mayClose(window: BrowserWindow, t: Translate): boolean {
  const choice = dialog.showMessageBoxSync(window, {
    type: 'warning',
    message: t('dialog.unsaved'),
    detail: t('dialog.unsaved.detail'),
    buttons: [t('dialog.unsaved.close'), t('dialog.unsaved.stay')],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  return choice === 0
}
