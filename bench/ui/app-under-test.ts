import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'

export interface AppUnderTest {
  readonly page: Page
  readonly devtools: CDPSession
  close(): Promise<void>
}

/** `vibralens serve` as a process of its own, and its page in headless Chromium; nothing is open but `file`. */
export async function openAppUnderTest(root: string, file: string): Promise<AppUnderTest> {
  const config = await mkdtemp(join(tmpdir(), 'vibralens-bench-config-'))
  const server = spawn(process.execPath, ['scripts/vibralens.mjs', 'serve', file], {
    cwd: root,
    env: { ...process.env, VIBRALENS_CONFIG: config },
  })
  const address = await addressOf(server)
  const browser = await launch()
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-US' })
  const page = await context.newPage()
  await page.addInitScript(watchTheFirstPicture)
  const devtools = await context.newCDPSession(page)
  await page.goto(address)
  return {
    page,
    devtools,
    close: async () => {
      await browser.close()
      server.kill('SIGINT')
      await rm(config, { recursive: true, force: true })
    },
  }
}

export function launch(): Promise<Browser> {
  const executablePath = process.env['VIBRALENS_CHROMIUM'] ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const take = (part: Buffer): void => {
      text += part.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/.exec(text)?.[0]
      if (found !== undefined) resolve(found)
    }
    server.stdout?.on('data', take)
    server.stderr?.on('data', take)
    server.once('exit', () => reject(new Error(`The server ended: ${text}`)))
  })
}

/** In the page, before its scripts: when the recording was asked for, first drawn, and drawn in full. */
function watchTheFirstPicture(): void {
  const times: Record<string, number> = {}
  Object.assign(window, { benchTimes: times })
  const { send } = WebSocket.prototype
  WebSocket.prototype.send = function (this: WebSocket, data) {
    if (typeof data === 'string' && data.includes('"recording.open"')) times['asked'] ??= performance.now()
    send.call(this, data)
  }
  const look = (): void => {
    const now = performance.now()
    const canvas = document.querySelector<HTMLCanvasElement>('[data-plot=waveform] canvas')
    const context = canvas === null || canvas.width === 0 ? null : canvas.getContext('2d')
    if (canvas !== null && context !== null && times['first'] === undefined) {
      // axis lines alone leave less than this in the middle column of the plot
      const column = context.getImageData(Math.floor(canvas.width / 2), 0, 1, canvas.height).data
      const drawn = column.filter((value, place) => place % 4 === 3 && value > 0).length
      if (drawn > 8) times['first'] = now
    }
    const isBusy = document.querySelector('section[aria-busy]')?.getAttribute('aria-busy')
    if (times['first'] !== undefined && isBusy === 'false') times['whole'] = now
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
