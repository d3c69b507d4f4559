import { join, normalize, sep } from 'node:path'

/** What the page may do, in Electron and in a browser alike. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'", // Vue's bound styles
  "img-src 'self' blob: data:",
  'media-src blob:', // the evidence as sound
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'", // with the socket of the same host (CSP 3)
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
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
}

export interface PageFile {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** The file below `root` that a path of the page names; undefined for other types and for paths that leave it. */
export function pageFileOf(pathname: string, root: string): PageFile | undefined {
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
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
  }
}
