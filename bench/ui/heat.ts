import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { build } from 'vite'
import { launch } from './app-under-test'
import { percentile } from './measures'

/** Median milliseconds to redraw 1000 × 128 cells with new values. */
export async function heatMapTimes(root: string): Promise<{ readonly ours: number; readonly theirs: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'vibralens-bench-heat-'))
  const browser = await launch()
  try {
    await build({
      root: join(root, 'bench/ui/page'),
      configFile: false,
      base: './',
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
    })
    const page = await browser.newPage()
    const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }
    // a page needs an origin to load modules from: this one never leaves the process
    await page.route('http://bench.local/**', async (route) => {
      const path = new URL(route.request().url()).pathname
      const file = join(folder, path === '/' ? 'index.html' : path)
      await route.fulfill({ body: await readFile(file), contentType: types[extname(file)] ?? 'text/plain' })
    })
    await page.goto('http://bench.local/')
    await page.waitForFunction(() => 'measureHeat' in window)
    const { ours, theirs } = await page.evaluate(() =>
      (
        window as unknown as {
          measureHeat(ours: number, theirs: number): Promise<{ ours: number[]; theirs: number[] }>
        }
      ).measureHeat(40, 7),
    )
    return { ours: percentile(ours, 0.5), theirs: percentile(theirs, 0.5) }
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}
