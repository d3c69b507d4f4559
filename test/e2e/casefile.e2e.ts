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

describeInChromium('annotations and project file', () => {
  it('marks a selection, edits it, undoes and redoes it, saves it, and opens it again', async () => {
    app = await openApp({ startFiles: [wav] })
    const { page } = app
    await page.getByRole('tab', { name: 'Annotations' }).click()
    const track = page.locator('[data-plot=waveform]')
    await track.waitFor()
    const box = await track.boundingBox()
    if (box === null) throw new Error('The timeline has no track.')
    await page.keyboard.down('Shift')
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await page.getByRole('button', { name: 'Annotate' }).click()
    const rows = page.locator('tbody tr').filter({ hasText: 'pcm-16.wav' })
    await rows.first().waitFor()
    expect(await page.title()).toMatch(/^• /)
    const form = page.locator('form').filter({ has: page.locator('textarea') })
    await form.getByLabel('Kind').selectOption('fault')
    await form.getByLabel('Text').fill('grinding')
    await rows.filter({ hasText: 'grinding' }).waitFor()
    await shoot(page, 'annotations')
    await page.getByRole('button', { name: 'Undo' }).click()
    await rows.filter({ hasText: 'grinding' }).waitFor({ state: 'detached' })
    await page.locator('h1').click()
    await page.keyboard.press('Control+Shift+Z')
    await rows.filter({ hasText: 'grinding' }).waitFor()

    const downloading = page.waitForEvent('download')
    await page.keyboard.press('Control+S')
    const download = await downloading
    const path = await download.path()
    const saved: unknown = JSON.parse(await readFile(path, 'utf8'))
    expect(saved).toMatchObject({ annotations: [{ kind: 'fault', text: 'grinding' }] })
    await expect.poll(() => page.title()).not.toMatch(/^•/)

    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Open a project' }).click()
    await (
      await choosing
    ).setFiles({ name: 'case.vibralens', mimeType: 'application/json', buffer: await readFile(path) })
    await rows.filter({ hasText: 'grinding' }).waitFor()
  })
})
