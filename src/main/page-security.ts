import { join, normalize, sep } from 'node:path'

/** What the page may do. No Electron here: tests check it. */

export const pageScheme = 'app'
export const pageOrigin = `${pageScheme}://vibralens`

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'", // Vue's bound styles
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
}

export interface PageFile {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** The file below `root` that a URL of the page names; undefined for other origins, other types and paths that leave it. */
export function pageFileOf(url: string, root: string): PageFile | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, host, pathname } = new URL(url)
  if (`${protocol}//${host}` !== pageOrigin) return undefined
  let name: string
  try {
    name = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  const path = normalize(join(root, name === '/' ? 'index.html' : name))
  const type = mediaTypes[path.slice(path.lastIndexOf('.') + 1)]
  if (!path.startsWith(normalize(root) + sep) || name.includes('\0') || type === undefined) return undefined
  return {
    path,
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
    },
  }
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
