import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { bridgeTransport } from '../../src/renderer/client/bridge-transport'
import { createElectronHost } from '../../src/renderer/client/electron-host'
import { ipcChannels } from '../../src/shared/bridge'
import type { EngineEvent } from '../../src/shared/contract/events'
import type { Reply } from '../../src/shared/contract/reply'
import type { GrantedFile } from '../../src/shared/contract/shell-requests'
import { contentSecurityPolicy } from '../../src/shell/page-files'
import { temporaryFolder } from '../helpers/temporary-folder'
import type { DoubleOptions, ElectronDouble, FakeMenuItem } from './double/electron-double'
import { FakeEvent, FakeWebContents } from './double/electron-double'
import type { FakeWindow } from './double/fake-window'
import { buildMilliseconds, buildWindow, runMain } from './double/run-main'

const wav = resolve('test/fixtures/recordings/pcm-16.wav')
const running: ElectronDouble[] = []

beforeAll(buildWindow, buildMilliseconds)
afterEach(() => {
  for (const electron of running.splice(0)) electron.app.quit()
})

async function start(options: Partial<DoubleOptions> = {}, argv: readonly string[] = []) {
  const folder = options.folder ?? temporaryFolder()
  mkdirSync(join(folder, 'userData'), { recursive: true })
  const electron = await runMain({ ...options, folder }, argv)
  running.push(electron)
  await vi.waitFor(() => expect(electron.windows[0]?.isShown).toBe(true))
  return { electron, folder, window: electron.windows[0], page: pageOf(electron.windows[0]) }
}

/** The page's side of a window. */
function pageOf(window: FakeWindow) {
  let callCount = 0
  const events: EngineEvent[] = []
  window.analyzer.subscribe((event) => void events.push(event))
  const ask = (name: string, input: unknown): Promise<Reply<unknown>> => {
    callCount += 1
    return window.analyzer.request(callCount, name, input)
  }
  const get = async <T>(name: string, input: unknown): Promise<T> => {
    const reply = await ask(name, input)
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`)
    return reply.value as T
  }
  return { ask, get, events }
}

const itemsOf = (menu: readonly FakeMenuItem[]): FakeMenuItem[] =>
  menu.flatMap((item) => [item, ...itemsOf(item.submenu ?? [])])
const labels = (electron: ElectronDouble): (string | undefined)[] => itemsOf(electron.menu).map(({ label }) => label)

describe('the built program, on a double of Electron', () => {
  it('opens one window: sandboxed, isolated, without Node', async () => {
    const { electron, window } = await start()
    expect(electron.windows).toHaveLength(1)
    expect(electron.app.isSandboxed).toBe(true)
    expect(window.options).toMatchObject({ show: false, minWidth: 960, minHeight: 600 })
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    })
    expect(window.webContents.mainFrame.url).toBe('app://vibralens/')
  })

  it('serves the page by its own scheme, with the policy, and nothing else', async () => {
    const { electron } = await start()
    const page = await electron.open('app://vibralens/')
    expect(page.headers.get('Content-Security-Policy')).toBe(contentSecurityPolicy)
    expect(page.headers.get('X-Content-Type-Options')).toBe('nosniff')
    const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? 'no script'
    expect((await electron.open(`app://vibralens${script}`)).status).toBe(200)
    for (const url of ['app://vibralens/none.js', 'app://other/', 'app://vibralens/..%2fmain%2findex.js']) {
      expect((await electron.open(url)).status).toBe(404)
    }
    expect((await electron.open('app://vibralens/', 'POST')).status).toBe(404)
    expect(electron.privileged).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
  })

  it('refuses navigation, new windows and webviews', async () => {
    const { window } = await start()
    for (const type of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']) {
      const event = new FakeEvent()
      window.webContents.emit(type, event)
      expect([type, event.isPrevented]).toEqual([type, true])
    }
    expect(window.webContents.windowOpenHandler?.({ url: 'https://evil.example' })).toEqual({ action: 'deny' })
  })

  it('refuses every permission, device and address outside', async () => {
    const { permissionRequest, permissionCheck, devicePermission, beforeRequest } = (await start()).electron.guards
    const told: unknown[] = []
    const tell = (answer: unknown): void => void told.push(answer)
    permissionRequest(...([{}, 'media', tell] as never[]))
    expect(told).toEqual([false])
    expect([permissionCheck(), devicePermission()]).toEqual([false, false])
    const isCancelled = (url: string): unknown => {
      beforeRequest(...([{ url }, tell] as never[]))
      return (told[told.length - 1] as { cancel: boolean }).cancel
    }
    for (const url of [
      'https://x.example/',
      'http://127.0.0.1/',
      'file:///etc/passwd',
      'ws://x.example/',
      'app://x/',
    ]) {
      expect([url, isCancelled(url)]).toEqual([url, true])
    }
    for (const url of ['app://vibralens/assets/a.js', 'blob:app://vibralens/1', 'data:,']) {
      expect([url, isCancelled(url)]).toEqual([url, false])
    }
  })

  it('shows the page three functions, and no more', async () => {
    const { window } = await start()
    expect([...window.exposed.keys()]).toEqual(['analyzer'])
    expect(Object.keys(window.analyzer).sort()).toEqual(['cancel', 'request', 'subscribe'])
  })

  it('answers its own page in its main frame only', async () => {
    const { electron, window } = await start()
    const own = window.webContents.mainFrame
    const words = [1, 'shell.startFiles', {}, []]
    const code = async (sender: FakeWebContents, frame: typeof own | null, given: unknown[] = words) => {
      const reply = (await electron.invoke(sender, frame, ipcChannels.request, ...given)) as Reply<unknown>
      return reply.ok ? 'ok' : reply.error.code
    }
    expect(await code(window.webContents, own)).toBe('ok')
    const strangers: [FakeWebContents, typeof own | null][] = [
      [window.webContents, { url: 'https://evil.example/', parent: null }],
      [window.webContents, { url: own.url, parent: own }],
      [window.webContents, null],
      [new FakeWebContents(99), own],
    ]
    for (const [sender, frame] of strangers) expect(await code(sender, frame)).toBe('bad-request')
    for (const given of [
      [],
      [0, 'model.list', {}, []],
      [1, 2, {}, []],
      [1, 'model.list', {}],
      [1, 'model.list', {}, [3]],
    ]) {
      expect(await code(window.webContents, own, given)).toBe('bad-request')
    }
  })
})

describe('files', () => {
  it('are handles for the page, never paths; the engine reads them, of this window alone', async () => {
    const { electron, page } = await start()
    electron.answers.open.push([wav])
    const reply = await page.ask('shell.pickFiles', { kind: 'recordings' })
    expect(JSON.stringify(reply)).not.toContain('fixtures')
    const [file] = (reply as { value: GrantedFile[] }).value
    expect(file).toEqual({
      handle: expect.stringMatching(/^[\da-f-]{36}$/),
      name: 'pcm-16.wav',
      bytes: expect.any(Number),
    })
    const input = { file: file.handle, read: {} }
    expect(await page.get('recording.inspect', input)).toMatchObject({ name: 'pcm-16.wav' })
    expect(await page.ask('recording.inspect', { file: wav, read: {} })).toMatchObject({
      error: { code: 'bad-request' },
    })

    itemsOf(electron.menu)
      .find(({ label }) => label === 'New window')
      ?.click?.()
    await vi.waitFor(() => expect(electron.windows[1]?.isShown).toBe(true))
    expect(await pageOf(electron.windows[1]).ask('recording.inspect', input)).toMatchObject({
      error: { code: 'bad-request' },
    })
  })

  it('are chosen in dialogs of the right kind, which begin where the last one ended', async () => {
    const { electron, folder, page } = await start()
    electron.answers.open.push([wav], [], [join(folder, 'userData')])
    await page.get('shell.pickFiles', { kind: 'recordings' })
    expect(await page.get('shell.pickFiles', { kind: 'project' })).toEqual([])
    await page.get('shell.pickFolder', {})
    expect(electron.asked.map(({ options }) => options)).toMatchObject([
      { title: 'Open recordings', defaultPath: join(folder, 'documents'), properties: ['openFile', 'multiSelections'] },
      { title: 'Open a project', defaultPath: resolve(wav, '..'), properties: ['openFile'] },
      { title: 'Open all recordings of a folder', properties: ['openDirectory'] },
    ])
  })

  it('that were dropped are granted; what a page made up is not', async () => {
    const { electron, folder, page } = await start()
    mkdirSync(join(folder, 'set'))
    for (const name of ['2.csv', '10.csv', 'notes.pdf']) writeFileSync(join(folder, 'set', name), '1\n')
    const [dropped, set, made] = ['pcm-16.wav', 'set', 'passwd'].map((name) => new File([], name))
    electron.paths.set(dropped, wav).set(set, join(folder, 'set'))
    const files = [dropped, set, made, '/etc/passwd', { path: '/etc/passwd' }]
    const granted = await page.get<GrantedFile[]>('shell.grantDropped', { files })
    expect(granted.map(({ name }) => name)).toEqual(['pcm-16.wav', '2.csv', '10.csv'])
    expect(await page.ask('shell.grantDropped', { files: '/etc/passwd' })).toEqual({ ok: true, value: [] })
    expect(await page.ask('shell.pickFiles', { kind: 'recordings', paths: ['/etc/passwd'] })).toMatchObject({
      ok: false,
    })
  })

  it('are saved where the user said, and nowhere else', async () => {
    const { electron, folder, page } = await start()
    const path = join(folder, 'report.pdf')
    electron.answers.save.push(path)
    const target = await page.get<GrantedFile>('shell.pickSaveTarget', { suggestedName: 'report.pdf' })
    await page.get('shell.saveBytes', { handle: target.handle, bytes: new Uint8Array([37, 80]) })
    expect(readFileSync(path, 'utf8')).toBe('%P')
    expect(electron.asked[0].options).toMatchObject({
      defaultPath: join(folder, 'documents/report.pdf'),
      filters: [{ name: 'PDF', extensions: ['pdf'] }],
    })
    expect(await page.get('shell.pickSaveTarget', { suggestedName: 'x' })).toBeNull()

    electron.answers.save.push(join(path, 'below a file.pdf'))
    const impossible = await page.get<GrantedFile>('shell.pickSaveTarget', { suggestedName: 'x' })
    const refused = await page.ask('shell.saveBytes', { handle: impossible.handle, bytes: new Uint8Array(1) })
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'bad-request', message: expect.stringMatching(/cannot be written/) },
    })

    const recording = join(folder, 'mine.wav')
    copyFileSync(wav, recording)
    electron.answers.open.push([recording])
    const [opened] = await page.get<GrantedFile[]>('shell.pickFiles', { kind: 'recordings' })
    const overwrite = await page.ask('shell.saveBytes', { handle: opened.handle, bytes: new Uint8Array(1) })
    expect(overwrite).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    expect(readFileSync(recording).length).toBe(opened.bytes)
  })

  it('are shown, dragged out and copied by handle', async () => {
    const { electron, window, page } = await start({}, [wav])
    const [{ handle }] = await page.get<GrantedFile[]>('shell.startFiles', {})
    await page.get('shell.revealFile', { handle })
    await page.get('shell.dragOut', { handle })
    expect(electron.shown).toEqual([wav])
    expect(window.webContents.dragged).toEqual([{ file: wav, icon: expect.stringMatching(/drag\.png$/) }])
    expect(await page.ask('shell.revealFile', { handle: '/etc/passwd' })).toMatchObject({ ok: false })
    await page.get('shell.copyText', { text: '1.5' })
    await page.get('shell.copyImage', { png: new Uint8Array([0x89, 80, 78, 71]) })
    expect(electron.copied).toEqual(['1.5', { items: { 'image/png': expect.any(Blob) } }])
    expect(await page.ask('shell.copyImage', { png: new Uint8Array(4) })).toMatchObject({
      error: { code: 'bad-request' },
    })
  })

  it('of the start are given once; those of a second start go to the window that is there', async () => {
    const { electron, window, page } = await start({}, [wav, '--switch', 'missing.wav'])
    expect(electron.app.lockData).toEqual({ files: [wav] })
    expect(await page.get<GrantedFile[]>('shell.startFiles', {})).toMatchObject([{ name: 'pcm-16.wav' }])
    expect(await page.get('shell.startFiles', {})).toEqual([])
    window.minimize()
    electron.app.emit('second-instance', {}, [], '', { files: [wav] })
    await vi.waitFor(() => expect(page.events).toHaveLength(1))
    expect(page.events[0]).toMatchObject({ name: 'shell.filesOpened', data: { files: [{ name: 'pcm-16.wav' }] } })
    expect([window.isMinimized(), window.isFront, electron.windows.length]).toEqual([false, true, 1])
    electron.app.emit('second-instance', {}, [], '', { files: 'nonsense' })
    const open = new FakeEvent()
    electron.app.emit('open-file', open, wav)
    await vi.waitFor(() => expect(page.events).toHaveLength(2))
    expect(open.isPrevented).toBe(true)
  })
})

describe("the page's Host", () => {
  it('reaches main by the same bridge: saves, titles, drops', async () => {
    const { electron, folder, window } = await start()
    const host = createElectronHost(bridgeTransport(window.analyzer))
    electron.answers.save.push(join(folder, 'a.csv'))
    expect(await host.save('a.csv', new TextEncoder().encode('1\n'), 'text/csv')).toBe(true)
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('1\n')
    expect(await host.save('b.csv', new Uint8Array(1), 'text/csv')).toBe(false)
    await host.setTitle('pump', false)
    expect(window.title).toBe('pump')
    const file = new File([], 'pcm-16.wav')
    electron.paths.set(file, wav)
    expect(await host.acceptDrop({ files: [file] } as unknown as DataTransfer)).toMatchObject([{ name: 'pcm-16.wav' }])
    await expect(host.listFolder(null)).rejects.toThrow(/does not answer shell.listFolder/)
  })
})

describe('the program', () => {
  it('that is not the first one ends', async () => {
    const electron = await runMain({ folder: temporaryFolder(), isFirstInstance: false })
    expect(electron.app.hasQuit).toBe(true)
    expect(electron.windows).toEqual([])
  })

  it('has menus in the language of the system, and of the page when that changes', async () => {
    const { electron, page } = await start({ locale: 'zh-CN' })
    expect(electron.menu.map(({ label }) => label)).toEqual([
      '文件(&F)',
      '编辑(&E)',
      '视图(&V)',
      '分析(&A)',
      '帮助(&H)',
    ])
    await page.get('shell.setLocale', { locale: 'en' })
    expect(electron.menu.map(({ label }) => label)).toEqual(['&File', '&Edit', '&View', '&Analysis', '&Help'])
    expect(await page.ask('shell.setLocale', { locale: 'xx' })).toMatchObject({ error: { code: 'bad-request' } })
  })

  it('sends commands of the menu to the window in front', async () => {
    const { electron, page } = await start()
    const open = itemsOf(electron.menu).find(({ id }) => id === 'file.open')
    expect(open?.accelerator).toBe('CmdOrCtrl+O')
    open?.click?.()
    expect(page.events).toEqual([{ name: 'shell.command', data: { command: 'file.open' } }])
  })

  it('remembers what was opened, over starts, and opens it from the menu', async () => {
    const first = await start()
    first.electron.answers.open.push([wav])
    await first.page.get('shell.pickFiles', { kind: 'recordings' })
    expect(first.electron.app.recent).toEqual([wav])
    const { electron, page } = await start({ folder: first.folder })
    itemsOf(electron.menu)
      .find(({ toolTip }) => toolTip === wav)
      ?.click?.()
    await vi.waitFor(() => expect(page.events).toMatchObject([{ name: 'shell.filesOpened' }]))
    itemsOf(electron.menu)
      .find(({ label }) => label === 'Clear this list')
      ?.click?.()
    expect(labels(electron)).not.toContain('pcm-16.wav')
    expect(electron.app.recent).toEqual([])
  })

  it('keeps where its window was', async () => {
    const first = await start()
    first.window.maximize()
    expect(first.window.close()).toBe(true)
    const { window } = await start({ folder: first.folder })
    expect(window.options).toMatchObject({ x: 40, y: 50, width: 1440, height: 900 })
    expect(window.isMaximized()).toBe(true)
  })

  it('asks before it closes a window with unsaved changes', async () => {
    const { electron, window, page } = await start()
    await page.get('shell.setTitle', { title: 'pump.vibralens', hasUnsavedChanges: true })
    expect([window.title, window.isEdited]).toEqual(['• pump.vibralens', true])
    expect(window.close()).toBe(false)
    expect(electron.asked[0].options).toMatchObject({ buttons: ['Close without saving', 'Go back'], cancelId: 1 })
    electron.answers.closeAnyway = true
    expect(window.close()).toBe(true)
    electron.app.emit('window-all-closed')
    expect(electron.app.hasQuit).toBe(process.platform !== 'darwin')
  })

  it('loads a page again that crashed, but not again and again', async () => {
    const { window } = await start()
    for (let count = 0; count < 3; count += 1) {
      window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    }
    expect(window.webContents.reloadCount).toBe(1)
  })
})

describe('the engine in a process of its own', () => {
  it('killed: open requests are answered, it comes back with the files that were granted, and pages hear of it', async () => {
    const { electron, page } = await start({}, [wav])
    const [{ handle }] = await page.get<GrantedFile[]>('shell.startFiles', {})
    const { jobId } = await page.get<{ jobId: string }>('demo.create', { locale: 'en' })
    const waiting = page.ask('analysis.result', { jobId })
    electron.engines[0].kill()
    expect(await waiting).toMatchObject({
      ok: false,
      error: { code: 'internal', message: expect.stringMatching(/started again/) },
    })
    expect(page.events).toContainEqual({ name: 'engine.restarted', data: {} })
    expect(electron.engines).toHaveLength(2)
    expect(await page.get('recording.inspect', { file: handle, read: {} })).toMatchObject({ name: 'pcm-16.wav' })
  })

  it('killed twice, it says so, and the window stays', async () => {
    const { electron, page } = await start()
    for (const index of [0, 1]) {
      const open = page.ask('model.list', {})
      electron.engines[index].kill()
      await open
    }
    await vi.waitFor(async () =>
      expect(await page.ask('model.list', {})).toMatchObject({
        error: { message: expect.stringMatching(/restart VibraLens/) },
      }),
    )
    expect(electron.engines).toHaveLength(2)
    expect(await page.get('shell.startFiles', {})).toEqual([])
  })
})
