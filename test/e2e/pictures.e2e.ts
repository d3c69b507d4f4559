import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, it } from 'vitest'
import { openApp } from './helpers/open-app'

const folder = process.env['VIBRALENS_PICTURES']

/** Pictures of the main states, of the demo recording alone: nothing of the shared recordings is shown. */
describe.skipIf(folder === undefined)('pictures of the window', () => {
  it.each([
    { name: 'en-light', locale: 'en-US', colorScheme: 'light' as const },
    { name: 'en-dark', locale: 'en-US', colorScheme: 'dark' as const },
    { name: 'zh-CN-light', locale: 'zh-CN', colorScheme: 'light' as const },
    { name: 'zh-CN-dark', locale: 'zh-CN', colorScheme: 'dark' as const },
  ])('$name', async ({ name, locale, colorScheme }) => {
    await mkdir(folder ?? '', { recursive: true })
    const app = await openApp({ browser: { viewport: { width: 1440, height: 900 }, locale, colorScheme } })
    const take = (state: string) => app.page.screenshot({ path: join(folder ?? '', `${state}-${name}.png`) })
    await takeAll(app.page, locale.startsWith('zh'), take)
    await app.close()
  })
})

async function takeAll(page: Page, isChinese: boolean, take: (state: string) => Promise<unknown>): Promise<void> {
  const settle = () => page.waitForTimeout(900)
  await page.getByRole('dialog').waitFor()
  await take('tour')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: isChinese ? '打开演示记录' : 'Open the demo recording' }).click()
  await page.locator('[data-verdict="fault"]').first().waitFor({ timeout: 60_000 })
  await page.waitForTimeout(5000)
  await take('main')
  await page
    .getByText(isChinese ? '诊断' : 'Diagnosis', { exact: true })
    .first()
    .click()
  await page.waitForTimeout(4000)
  await take('diagnosis')
  await page.getByRole('button', { name: isChinese ? '证据图的由来' : 'How the map is made' }).click()
  await settle()
  await take('how-the-map-is-made')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: isChinese ? '模型' : 'Models' }).click()
  await settle()
  await take('models')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: isChinese ? '设置' : 'Settings' }).click()
  await page.waitForTimeout(3000)
  await take('settings')
}
