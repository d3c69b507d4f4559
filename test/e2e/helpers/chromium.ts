import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'
import { describe } from 'vitest'

const places = [
  process.env['VIBRALENS_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const executablePath = places.find((place) => place !== undefined && existsSync(place))

/** `describe` where there is a Chromium; else the tests are skipped and their title says why. */
export function describeInChromium(title: string, tests: () => void): void {
  if (executablePath === undefined) {
    describe.skip(`${title} (no Chromium on this machine; name one in VIBRALENS_CHROMIUM)`, tests)
  } else describe(title, tests)
}

export function launchChromium(): Promise<Browser> {
  // containers have no user namespaces for the browser's own sandbox
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}
