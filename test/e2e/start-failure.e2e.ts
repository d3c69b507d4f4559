import { expect, it } from 'vitest'
import { describeInChromium } from './helpers/chromium'
import { openApp } from './helpers/open-app'

describeInChromium('a page without its engine', () => {
  it.each([
    ['en-US', 'the key after'],
    ['zh-CN', '密钥在'],
  ])('says what it needs when the address has no key (%s)', async (locale, words) => {
    const app = await openApp({ browser: { locale } })
    const other = await app.page.context().newPage()
    await other.goto(app.server.origin)
    expect(await other.getByRole('alert').textContent()).toContain(words)
    await app.close()
  })

  it('says what to do when the key is an old one', async () => {
    const app = await openApp()
    const other = await app.page.context().newPage()
    await other.goto(`${app.server.origin}/#token=${'a'.repeat(43)}`)
    expect(await other.getByRole('alert').textContent()).toContain('Start it again')
    await app.close()
  })
})
