import type { Page } from 'playwright-core'

/** For people to look at: only where VIBRALENS_SHOTS names a folder. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['VIBRALENS_SHOTS']
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` })
}
