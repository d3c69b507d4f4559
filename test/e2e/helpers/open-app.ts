import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Engine } from '../../../src/engine/index'
import { createEngine } from '../../../src/engine/index'
import type { RunningServer } from '../../../src/server/index'
import { openServer } from '../../../src/server/index'
import { launchChromium } from './chromium'

export interface AppOptions {
  /** Paths of recordings that the page opens at its start. */
  readonly startFiles?: readonly string[]
  /** Folders for `--root`. */
  readonly roots?: readonly string[]
  /** Another page than the built one. */
  readonly pageRoot?: string
  /** Viewport, colour scheme, locale … of the browser; default 1280 × 720, light, en-US, reduced motion. */
  readonly browser?: BrowserContextOptions
}

export interface OpenedApp {
  readonly page: Page
  readonly server: RunningServer
  readonly engine: Engine
  /** Errors of the page and on its console, refusals of the security policy; `close` fails if there is one. */
  readonly problems: string[]
  /** Another tab of the same browser at the same server. */
  openTab(): Promise<Page>
  close(): Promise<void>
}

/** The window's page in Chromium: server on a free port, the real engine in this process, settings in a folder that goes. */
export async function openApp(options: AppOptions = {}): Promise<OpenedApp> {
  const configFolder = await mkdtemp(join(tmpdir(), 'vibralens-e2e-'))
  process.env['VIBRALENS_CONFIG'] = configFolder
  const engine = await createEngine()
  const problems: string[] = []
  const server = await openServer({
    engine,
    port: 0,
    roots: options.roots ?? [],
    startFiles: options.startFiles ?? [],
    pageRoot: options.pageRoot ?? resolve('out/renderer'),
    reportBug: (error) => void problems.push(`engine: ${error instanceof Error ? error.stack : String(error)}`),
  })
  const browser = await launchChromium()
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    colorScheme: 'light',
    locale: 'en-US',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options.browser,
  })
  const openTab = async (): Promise<Page> => {
    const page = await context.newPage()
    watch(page, problems)
    await page.goto(server.address)
    return page
  }
  return {
    page: await openTab(),
    server,
    engine,
    problems,
    openTab,
    close: async () => {
      await browser.close()
      await server.close()
      await engine.dispose()
      await rm(configFolder, { recursive: true, force: true })
      expect(problems, 'problems of the page').toEqual([])
    },
  }
}

function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`page: ${error.stack ?? error.message}`))
  // refusals of the security policy are errors on the console
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    problems.push(`console.${message.type()}: ${message.text()} (${message.location().url})`)
  })
  page.on('crash', () => problems.push('the page crashed'))
}
