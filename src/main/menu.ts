import { basename } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../shared/contract/shell-requests'
import type { MessageKey, Translate } from '../shared/locales/translate'

export interface MenuContext {
  readonly t: Translate
  readonly platform: NodeJS.Platform
  readonly recentFiles: readonly string[]
  readonly hasDeveloperTools: boolean
  /** To the window in front. */
  send(command: MenuCommand): void
  openRecent(path: string): void
  clearRecent(): void
  openWindow(): void
}

type Item = MenuItemConstructorOptions
const separator: Item = { type: 'separator' }

/** The native menu; the page has the same commands and shortcuts itself. */
export function buildMenu(context: MenuContext): Item[] {
  const isMac = context.platform === 'darwin'
  return [
    ...(isMac ? [appMenu(context)] : []),
    fileMenu(context, isMac),
    editMenu(context, isMac),
    viewMenu(context, isMac),
    analysisMenu(context, isMac),
    ...(isMac ? [{ role: 'windowMenu', label: context.t('menu.window') } as const] : []),
    helpMenu(context, isMac),
  ]
}

function command({ t, send }: MenuContext, id: MenuCommand, accelerator?: string): Item {
  return { id, label: t(`menu.${id}`), accelerator, click: () => send(id) }
}

/**
 * A key without Ctrl or Cmd is shown but left to the page: in a text field it is a letter. macOS cannot show it without
 * taking it.
 */
function pageKey(context: MenuContext, id: MenuCommand, key: string): Item {
  const item = command(context, id)
  return context.platform === 'darwin' ? item : { ...item, accelerator: key, registerAccelerator: false }
}

function role({ t }: MenuContext, name: NonNullable<Item['role']>, key: MessageKey): Item {
  return { role: name, label: t(key) }
}

function appMenu(context: MenuContext): Item {
  return {
    label: context.t('window.title'),
    submenu: [
      command(context, 'help.about'),
      separator,
      command(context, 'settings.show', 'Cmd+,'),
      separator,
      role(context, 'hide', 'menu.hide'),
      role(context, 'hideOthers', 'menu.hide-others'),
      separator,
      role(context, 'quit', 'menu.quit'),
    ],
  }
}

function fileMenu(context: MenuContext, isMac: boolean): Item {
  return {
    label: context.t('menu.file'),
    submenu: [
      command(context, 'file.open', 'CmdOrCtrl+O'),
      command(context, 'file.openFolder', 'CmdOrCtrl+Shift+O'),
      recentMenu(context),
      separator,
      command(context, 'file.save', 'CmdOrCtrl+S'),
      command(context, 'file.saveAs', 'CmdOrCtrl+Shift+S'),
      command(context, 'file.report', 'CmdOrCtrl+E'),
      separator,
      command(context, 'file.close', 'CmdOrCtrl+W'),
      { label: context.t('menu.new-window'), accelerator: 'CmdOrCtrl+Shift+N', click: () => context.openWindow() },
      ...(isMac ? [] : [separator, role(context, 'quit', 'menu.quit')]),
    ],
  }
}

function recentMenu({ t, recentFiles, openRecent, clearRecent }: MenuContext): Item {
  const files: Item[] = recentFiles.map((path) => ({
    // & would underline the next letter
    label: basename(path).replaceAll('&', '&&'),
    toolTip: path,
    click: () => openRecent(path),
  }))
  const clear: Item = { label: t('menu.clear-recent'), click: () => clearRecent() }
  return {
    label: t('menu.open-recent'),
    enabled: files.length > 0,
    submenu: [...files, separator, clear],
  }
}

function editMenu(context: MenuContext, isMac: boolean): Item {
  return {
    label: context.t('menu.edit'),
    submenu: [
      command(context, 'edit.undo', 'CmdOrCtrl+Z'),
      command(context, 'edit.redo', isMac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
      separator,
      role(context, 'cut', 'menu.cut'),
      role(context, 'copy', 'menu.copy'),
      role(context, 'paste', 'menu.paste'),
      role(context, 'selectAll', 'menu.select-all'),
      separator,
      command(context, 'edit.copy', 'CmdOrCtrl+Shift+C'),
      ...(isMac ? [] : [separator, command(context, 'settings.show', 'Ctrl+,')]),
    ],
  }
}

function viewMenu(context: MenuContext, isMac: boolean): Item {
  return {
    label: context.t('menu.view'),
    submenu: [
      pageKey(context, 'view.fit', 'F'),
      pageKey(context, 'view.zoomIn', 'Plus'),
      pageKey(context, 'view.zoomOut', '-'),
      separator,
      pageKey(context, 'view.nextEvent', 'J'),
      pageKey(context, 'view.previousEvent', 'K'),
      pageKey(context, 'view.toggleMap', 'M'),
      separator,
      { ...role(context, 'togglefullscreen', 'menu.full-screen'), accelerator: isMac ? 'Ctrl+Cmd+F' : 'F11' },
      ...(context.hasDeveloperTools ? [role(context, 'toggleDevTools', 'menu.developer-tools')] : []),
    ],
  }
}

function analysisMenu(context: MenuContext, isMac: boolean): Item {
  return {
    label: context.t('menu.analysis'),
    submenu: [
      command(context, 'analysis.run', 'CmdOrCtrl+Enter'),
      command(context, 'analysis.cancel', isMac ? 'Cmd+.' : 'Ctrl+Shift+X'),
      separator,
      command(context, 'models.show', 'CmdOrCtrl+M'),
    ],
  }
}

function helpMenu(context: MenuContext, isMac: boolean): Item {
  return {
    label: context.t('menu.help'),
    role: 'help',
    submenu: [
      command(context, 'help.shortcuts', 'F1'),
      command(context, 'help.tour'),
      ...(isMac ? [] : [separator, command(context, 'help.about')]),
    ],
  }
}
