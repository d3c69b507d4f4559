import type { PageFile } from '../shell/page-files'
import { pageFileOf } from '../shell/page-files'

/** Who is our own page. No Electron here: tests check it. */

export const pageScheme = 'app'
export const pageOrigin = `${pageScheme}://vibralens`

/** The file of the page that a URL names; undefined for other origins too. */
export function pageFileOfUrl(url: string, root: string): PageFile | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}` === pageOrigin ? pageFileOf(pathname, root) : undefined
}

/** Requests are answered to our own page in its main frame only. */
export function isOwnPage(
  frame: { readonly url: string; readonly parent: unknown } | null,
  ownOrigin: string,
): boolean {
  if (frame === null || frame.parent !== null || !URL.canParse(frame.url)) return false
  const { protocol, host } = new URL(frame.url)
  return `${protocol}//${host}` === ownOrigin
}
