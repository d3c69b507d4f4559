import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeInChromium } from './helpers/chromium'
import type { OpenedApp } from './helpers/open-app'
import { openApp } from './helpers/open-app'

const wav = resolve('test/fixtures/recordings/pcm-16.wav')
let folder: string
let app: OpenedApp
let page: Page

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vibralens-host-'))
  const root = resolve('test/e2e/pages/host')
  await build({ root, base: './', logLevel: 'error', build: { outDir: join(folder, 'page'), target: 'chrome120' } })
  await mkdir(join(folder, 'root/inner'), { recursive: true })
  await writeFile(join(folder, 'root/inner/run 2.csv'), '1\n2\n')
  await writeFile(join(folder, 'root/run 10.csv'), '1\n')
  await writeFile(join(folder, 'root/notes.pdf'), '%PDF')
  await writeFile(join(folder, 'outside.csv'), '1\n')
  await symlink(folder, join(folder, 'root/link'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

beforeEach(async () => {
  app = await openApp({ pageRoot: join(folder, 'page'), roots: [join(folder, 'root')], startFiles: [wav] })
  page = app.page
})
afterEach(() => app.close())

const chooseIn = async (paths: string | readonly string[]): Promise<void> => {
  const chooser = await page.waitForEvent('filechooser')
  await chooser.setFiles(paths as string)
}

describeInChromium('the page in a browser', () => {
  it('takes the token out of the address, and keeps it for reloading and no other tab', async () => {
    expect(page.url()).toBe(`${app.server.origin}/`)
    await page.reload()
    expect(await page.evaluate(async () => (await window.connection).host.kind)).toBe('browser')
    const other = await page.context().newPage()
    await other.goto(app.server.origin)
    const refusal = await other.evaluate(() => window.connection.catch((error: Error) => error.message))
    expect(refusal).toBe('connect.no-token')
    app.problems.length = 0 // that tab's own refusal
  })

  it('is one of several: two tabs share the engine', async () => {
    const other = await app.openTab()
    const asked = [page, other].map((each) =>
      each.evaluate(async () => {
        const { client } = await window.connection
        return (await client.request('model.list', {}, new AbortController().signal)).length
      }),
    )
    expect(await Promise.all(asked)).toEqual([2, 2])
  })

  it('uploads what is chosen, names kept, and the engine reads it', async () => {
    const inspected = page.evaluate(async () => {
      const { client, host } = await window.connection
      const [file] = await host.pickFiles('recordings')
      return client.request('recording.inspect', { file: file.handle, read: {} }, new AbortController().signal)
    })
    await chooseIn([wav])
    expect(await inspected).toMatchObject({ name: 'pcm-16.wav', bytes: (await readFile(wav)).length })
  })

  it('uploads a folder without what is no recording', async () => {
    const picked = page.evaluate(async () =>
      (await (await window.connection).host.pickFolder()).map(({ name }) => name),
    )
    await chooseIn(join(folder, 'root/inner'))
    expect(await picked).toEqual(['run 2.csv'])
  })

  it('uploads what is dropped', async () => {
    const dropped = await page.evaluate(async () => {
      const items = new DataTransfer()
      items.items.add(new File(['1\n2\n3\n'], '测点 1.csv'))
      items.items.add(new File(['4\n'], 'two.csv'))
      return (await (await window.connection).host.acceptDrop(items)).map(({ name, bytes }) => ({ name, bytes }))
    })
    expect(dropped).toEqual([
      { name: '测点 1.csv', bytes: 6 },
      { name: 'two.csv', bytes: 2 },
    ])
  })

  it('lists the folders that the server was started with, and nothing behind links', async () => {
    const listed = await page.evaluate(async () => {
      const { host } = await window.connection
      const names = (all: readonly { readonly name: string }[]): string[] => all.map(({ name }) => name)
      const { folders: roots } = await host.listFolder(null)
      const root = await host.listFolder(roots[0].handle)
      const inner = await host.listFolder(root.folders[0].handle)
      return [names(roots), names(root.folders), names(root.files), names(inner.files)]
    })
    expect(listed).toEqual([['root'], ['inner'], ['notes.pdf', 'run 10.csv'], ['run 2.csv']])
  })

  it('opens the files of the command line', async () => {
    const names = await page.evaluate(async () =>
      (await (await window.connection).host.startFiles()).map((f) => f.name),
    )
    expect(names).toEqual(['pcm-16.wav'])
  })

  it('saves by download: bytes of the page, and what the engine wrote', async () => {
    const direct = page.waitForEvent('download')
    await page.evaluate(async () => {
      const { host } = await window.connection
      await host.save('a b.csv', new Uint8Array([49, 10]), 'text/csv')
    })
    expect((await direct).suggestedFilename()).toBe('a b.csv')
    expect(await readFile(await (await direct).path(), 'utf8')).toBe('1\n')

    const written = page.waitForEvent('download')
    await page.evaluate(async () => {
      const { client, host } = await window.connection
      const target = await host.pickSaveTarget('demo.wav')
      if (target === null) throw new Error('no target')
      const signal = new AbortController().signal
      const { jobId } = await client.request('demo.create', { file: target.handle, locale: 'en' }, signal)
      await client.request('job.cancel', { jobId }, signal)
      await host.deliver(target)
    })
    expect((await written).suggestedFilename()).toBe('demo.wav')
    expect((await readFile(await (await written).path())).subarray(0, 4).toString()).toBe('RIFF')
  })

  it('copies text', async () => {
    await page.evaluate(async () => (await window.connection).host.copyText('1.5 mm/s'))
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('1.5 mm/s')
  })

  it('shows in its title what is not saved', async () => {
    await page.evaluate(async () => (await window.connection).host.setTitle('pump.vibralens', true))
    expect(await page.title()).toBe('• pump.vibralens')
  })

  it('gets arrays as the floats they are, and events while a job runs', async () => {
    const seen = await page.evaluate(async () => {
      const { client, host } = await window.connection
      const signal = new AbortController().signal
      const events: string[] = []
      const end = client.subscribe((event) => void events.push(event.name))
      const [file] = await host.startFiles()
      const [spectrum] = await client.request('spectrum.get', { file: file.handle, read: {}, channel: 0 }, signal)
      const { jobId } = await client.request('demo.create', { locale: 'en' }, signal)
      await client.request('job.cancel', { jobId }, signal)
      await client.request('analysis.result', { jobId }, signal)
      end()
      return { type: spectrum.amplitude.constructor.name, length: spectrum.amplitude.length, events }
    })
    expect(seen.type).toBe('Float32Array')
    expect(seen.length).toBeGreaterThan(100)
    expect(seen.events).toContain('job.ended')
  })

  it('comes back by itself when the connection is cut, with the files it was given', async () => {
    const other = await page.context().newPage()
    const cuts: (() => Promise<void>)[] = []
    await other.routeWebSocket('**/socket', (socket) => {
      socket.connectToServer()
      cuts.push(() => socket.close({ code: 3001 }))
    })
    await other.goto(app.server.address)
    const states = await other.evaluateHandle(async () => {
      const seen: string[] = []
      const { host } = await window.connection
      host.onConnectionChange((state) => void seen.push(state))
      return seen
    })
    const handle = await other.evaluate(async () => (await (await window.connection).host.startFiles())[0].handle)
    await cuts[0]()
    await other.waitForFunction((seen) => seen.length === 2, states)
    expect(await states.jsonValue()).toEqual(['lost', 'open'])
    const inspected = await other.evaluate(async (file) => {
      const { client } = await window.connection
      return (await client.request('recording.inspect', { file, read: {} }, new AbortController().signal)).name
    }, handle)
    expect([inspected, cuts.length]).toEqual(['pcm-16.wav', 2])
  })
})
