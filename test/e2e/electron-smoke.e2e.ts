import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { _electron } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildWhenStale } from '../../scripts/build-when-stale.mjs'
import { findElectron, hasDisplay } from '../../scripts/find-electron.mjs'
import type { AnalyzerBridge } from '../../src/shared/bridge'
import type { EngineEvent } from '../../src/shared/contract/events'

declare global {
  interface Window {
    readonly analyzer?: AnalyzerBridge
    seenEvents?: EngineEvent[]
  }
}

const executablePath = findElectron(process.env)
const reason =
  executablePath === undefined
    ? " (Electron's binary is not on this machine: npx install-electron)"
    : hasDisplay(process.env)
      ? ''
      : ' (no display: xvfb-run -a npm run test:e2e)'

/** The real Electron, where it is: what no double can prove. */
describe.skipIf(reason !== '')(`the window in Electron itself${reason}`, () => {
  let folder: string
  let app: ElectronApplication
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    await buildWhenStale('window')
    folder = await mkdtemp(join(tmpdir(), 'vibralens-electron-'))
    // root cannot have Chromium's sandbox; elsewhere it stays on
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    app = await _electron.launch({
      executablePath,
      args: [
        ...sandbox,
        `--user-data-dir=${join(folder, 'data')}`,
        resolve('.'),
        resolve('test/fixtures/recordings/pcm-16.wav'),
      ],
      env: { ...(process.env as Record<string, string>), VIBRALENS_CONFIG: join(folder, 'config') },
    })
    page = await app.firstWindow()
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    await page.waitForLoadState('load')
  }, 400_000)
  afterAll(async () => {
    await app?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const ask = (name: string, input: unknown): Promise<unknown> =>
    page.evaluate(
      ([given, value]) => window.analyzer?.request(1_000_000 + Math.floor(performance.now()), given, value),
      [name, input] as const,
    )

  it('shows the page, isolated from Node, with three functions', async () => {
    expect(page.url()).toBe('app://vibralens/')
    expect(await page.evaluate(() => Object.keys(window.analyzer ?? {}).sort())).toEqual([
      'cancel',
      'request',
      'subscribe',
    ])
    expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window))).toEqual([])
  })

  it('holds to its policy: no eval, no network, no new window, no other page', async () => {
    const evaluated = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.inlineRan = true'
      document.body.append(script)
      return 'inlineRan' in window
    })
    expect(evaluated).toBe(false)
    expect(
      await page.evaluate(() =>
        fetch('https://example.com').then(
          () => 'sent',
          () => 'refused',
        ),
      ),
    ).toBe('refused')
    expect(await page.evaluate(() => window.open('https://example.com') === null)).toBe(true)
    await page.evaluate(() => void (location.href = 'https://example.com/'))
    expect(page.url()).toBe('app://vibralens/')
    problems.length = 0 // those refusals
  })

  it('answers by the engine in its own process, with typed arrays', async () => {
    expect(await ask('model.list', {})).toMatchObject({ ok: true, value: [{ id: 'bearing-1d' }, { id: 'bearing-2d' }] })
    const type = await page.evaluate(async () => {
      const opened = await window.analyzer?.request(2_000_001, 'demo.open', {})
      const { recordingId } = (opened as { value: { recordingId: string } }).value
      const track = { kind: 'waveform', recordingId, channel: 0 }
      const tile = await window.analyzer?.request(2_000_002, 'tile.get', { track, level: 8, index: 0 })
      return (tile as { value: { values: object } }).value.values.constructor.name
    })
    expect(type).toBe('Float32Array')
  })

  it('has a native menu', async () => {
    const labels = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label))
    expect(labels?.length).toBeGreaterThanOrEqual(5)
  })

  it('outlives its engine', async () => {
    await page.evaluate(() => {
      window.seenEvents = []
      window.analyzer?.subscribe((event) => window.seenEvents?.push(event))
    })
    const pid = await app.evaluate(
      ({ app: program }) => program.getAppMetrics().find(({ name }) => name === 'VibraLens engine')?.pid,
    )
    process.kill(pid ?? Number.NaN, 'SIGKILL')
    await page.waitForFunction(() => window.seenEvents?.some(({ name }) => name === 'engine.restarted'))
    expect(await ask('model.list', {})).toMatchObject({ ok: true })
  })

  it('made no error on the way', () => expect(problems).toEqual([]))
})
