import { axeViolations } from './helpers/axe'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp, type OpenedApp } from './helpers/open-app'
import { makeRecordings, type MadeRecordings } from './helpers/recordings'

/** The window as an engineer uses it, in Chromium, with the real engine behind it. */
describe('the window', () => {
  let files: MadeRecordings
  let app: OpenedApp
  let page: Page

  beforeAll(async () => {
    files = await makeRecordings()
    app = await openApp()
    page = app.page
  })
  afterAll(() => app.close())

  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  const verdictOf = (name: string) => row(name).locator('[data-verdict]')

  async function open(...paths: string[]): Promise<void> {
    const chosen = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Open…' }).first().click()
    await (await chosen).setFiles(paths)
  }

  it('begins with a tour that can be dismissed, and says what to drop', async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Skip' }).click()
    await page.getByText('Drop vibration recordings here').waitFor()
  })

  it('opens the demo, analyses it and finds the fault', async () => {
    await page.getByRole('button', { name: 'Open the demo recording' }).click()
    await expect.poll(() => verdictOf('Demo').getAttribute('data-verdict'), { timeout: 60_000 }).toBe('fault')
  })

  it('keeps a broken file in the list with its reason, and opens the good one', async () => {
    await open(files.broken, files.wav)
    await expect.poll(() => row('broken.wav').innerText(), { timeout: 30_000 }).toMatch(/WAV|RIFF|read/i)
    await expect.poll(() => verdictOf('pump.wav').getAttribute('data-verdict'), { timeout: 60_000 }).toBe('fault')
  })

  it('asks how a text file is to be read, and reads it so', async () => {
    await open(files.csv)
    const dialog = page.getByRole('dialog', { name: 'How is this text file to be read?' })
    await dialog.getByRole('columnheader', { name: /Acceleration/ }).waitFor()
    await dialog.getByRole('button', { name: 'Read' }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => row('pump.csv').innerText()).toContain('25.6 kHz')
  })

  it('shows the ledger of a stretch: the mean of the evidence is the logit, to the digit', async () => {
    await row('pump.wav').click()
    const inspector = page.getByRole('region', { name: 'Inspector' })
    await inspector.getByRole('row', { name: 'Mean of the evidence map' }).waitFor()
    // one look at the whole table: the pointer may rest on another segment the next moment
    const ledger = await inspector.getByRole('table').first().innerText()
    const numberOf = (name: string) => new RegExp(`${name}\\s+(−?[\\d.]+)`).exec(ledger)?.[1]
    expect(numberOf('= logit')).toMatch(/^−?\d+\.\d{5}$/)
    expect(numberOf('Mean of the evidence map')).toBe(numberOf('= logit'))
  })

  it('moves the segment length by keys, and the scores follow', async () => {
    const slider = page.getByRole('slider', { name: 'Segment' })
    const before = await slider.getAttribute('aria-valuetext')
    await slider.focus()
    for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight')
    await expect.poll(() => slider.getAttribute('aria-valuetext')).not.toBe(before)
  })

  it('explains how the map is made, from the worked example on', async () => {
    await page.getByRole('button', { name: 'How the map is made' }).click()
    const dialog = page.getByRole('dialog')
    await expect.poll(() => dialog.innerText()).toContain('3.8')
    await page.keyboard.press('Escape')
  })

  it('switches language and theme while it runs', async () => {
    await page.getByRole('button', { name: '切换到中文' }).or(page.getByText('中文')).first().click()
    await page.getByText('记录', { exact: true }).first().waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.getByText('English', { exact: true }).click()
    await page.emulateMedia({ colorScheme: 'light' })
    await page.getByText('Recordings', { exact: true }).first().waitFor()
  })

  it('has no page that scrolls as a whole', async () => {
    const scrolls = await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight)
    expect(scrolls).toBe(false)
  })

  it.each(['light', 'dark'] as const)('passes axe in the %s theme', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await page.waitForTimeout(300)
    expect(await axeViolations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
  })

  it('closes a recording and goes on with its neighbour', async () => {
    const count = await page.getByRole('listitem').count()
    await row('pump.csv').hover()
    await page.getByRole('button', { name: 'Remove pump.csv from the list' }).click()
    await expect.poll(() => page.getByRole('listitem').count()).toBeLessThan(count)
  })
})
