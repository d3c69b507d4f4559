import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import type { MenuContext } from '../../src/main/menu'
import { buildMenu } from '../../src/main/menu'
import { menuCommands } from '../../src/shared/contract/shell-requests'
import { locales, translator } from '../../src/shared/locales/translate'

const platforms = ['linux', 'win32', 'darwin'] as const

function context(given: Partial<MenuContext>): MenuContext {
  return {
    t: translator('en'),
    platform: 'linux',
    recentFiles: [],
    hasDeveloperTools: false,
    send: () => undefined,
    openRecent: () => undefined,
    clearRecent: () => undefined,
    openWindow: () => undefined,
    ...given,
  }
}

function itemsOf(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])])
}

describe('the native menu', () => {
  it.each(platforms)('has every command of the contract once on %s, and sends it', (platform) => {
    const sent: string[] = []
    const items = itemsOf(buildMenu(context({ platform, send: (command) => void sent.push(command) })))
    for (const item of items) if (item.id !== undefined) item.click?.(undefined as never, undefined, undefined as never)
    expect(sent.sort()).toEqual([...menuCommands].sort())
  })

  it.each(platforms)('gives no two items of %s one shortcut', (platform) => {
    const keys = itemsOf(buildMenu(context({ platform, hasDeveloperTools: true }))).flatMap(
      (item) => item.accelerator ?? [],
    )
    expect(new Set(keys).size).toBe(keys.length)
  })

  it.each(platforms)('takes no bare letter from text fields on %s', (platform) => {
    const taken = itemsOf(buildMenu(context({ platform })))
      .filter(({ registerAccelerator }) => registerAccelerator !== false)
      .flatMap(({ accelerator }) => accelerator ?? [])
    expect(taken.filter((key) => !/^(CmdOrCtrl|Ctrl|Cmd)\+|^F\d+$/.test(key))).toEqual([])
  })

  it.each(locales)('has words for all but separators in %s', (locale) => {
    for (const platform of platforms) {
      const items = itemsOf(buildMenu(context({ platform, t: translator(locale) })))
      const words = items.filter(({ type }) => type !== 'separator').map(({ label }) => label ?? '')
      expect(words.filter((word) => word === '')).toEqual([])
      if (locale === 'zh-CN') expect(words.filter((word) => !/[\u4e00-\u9fff]|^VibraLens$/.test(word))).toEqual([])
    }
  })

  it('lists recent files by name, whole path as a tip, and opens them', () => {
    const opened: string[] = []
    const recentFiles = ['/data/pump & fan.wav', '/data/two.csv']
    const items = itemsOf(buildMenu(context({ recentFiles, openRecent: (path) => void opened.push(path) })))
    const found = items.filter(({ toolTip }) => toolTip !== undefined)
    expect(found.map(({ label }) => label)).toEqual(['pump && fan.wav', 'two.csv'])
    found[1].click?.(undefined as never, undefined, undefined as never)
    expect(opened).toEqual(['/data/two.csv'])
  })

  it('shows developer tools in development only', () => {
    const roles = (hasDeveloperTools: boolean) =>
      itemsOf(buildMenu(context({ hasDeveloperTools }))).map(({ role }) => role)
    expect(roles(true)).toContain('toggleDevTools')
    expect(roles(false)).not.toContain('toggleDevTools')
  })
})
