import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { describeInChromium } from './helpers/chromium'
import type { OpenedApp } from './helpers/open-app'
import { openApp } from './helpers/open-app'
import { shoot } from './helpers/shoot'

const wav = resolve('test/fixtures/recordings/pcm-16.wav')
let app: OpenedApp
afterEach(() => app.close())

describeInChromium('the report dialog', () => {
  it('previews the report of a file without scripts, and saves it as PDF', async () => {
    app = await openApp({ startFiles: [wav] })
    const { page } = app
    await page.getByRole('button', { name: 'Report…' }).click()
    const preview = page.frameLocator('iframe')
    await preview.getByText('Bearing condition report').first().waitFor({ timeout: 90_000 })
    await page.getByRole('textbox', { name: 'Machine' }).fill('Fan 7')
    await preview.getByText('Fan 7').first().waitFor()
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('')
    await shoot(page, 'report-dialog')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save report' }).click()
    const bytes = await readFile(await (await downloading).path())
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    await page.getByText('Saved.').waitFor()
  })

  it('speaks Chinese, and is dark where the system is; the paper stays white', async () => {
    app = await openApp({ startFiles: [wav], browser: { locale: 'zh-CN', colorScheme: 'dark' } })
    const { page } = app
    await page.getByRole('tab', { name: '标注' }).click()
    await shoot(page, 'annotations-zh')
    await page.getByRole('button', { name: '报告…' }).click()
    await page.getByText('发送之前').waitFor({ timeout: 90_000 })
    await page.frameLocator('iframe').getByText('pcm-16.wav').first().waitFor()
    await shoot(page, 'report-zh')
  })

  it('says before sending what is missing in a file', async () => {
    app = await openApp({ startFiles: [wav] })
    const { page } = app
    await page.getByRole('button', { name: 'Report…' }).click()
    await page.getByText('the shaft speed is unknown').waitFor({ timeout: 90_000 })
  })
})
