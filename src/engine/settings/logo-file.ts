import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AnalyzerError } from '../../shared/errors'
import { fileErrorCode } from '../files/write-errors'

/** File name extension → media type. */
export const logoKinds = { png: 'image/png', jpg: 'image/jpeg', svg: 'image/svg+xml' } as const
export type LogoKind = keyof typeof logoKinds

const mostBytes = 2_000_000

/** Content decides, not the name. @throws AnalyzerError unreadable-file, unsupported-format */
export async function readLogo(path: string): Promise<{ readonly kind: LogoKind; readonly bytes: Uint8Array }> {
  const name = basename(path)
  const size = await stat(path).then(
    (info) => (info.isFile() ? info.size : undefined),
    () => undefined,
  )
  if (size === undefined) throw new AnalyzerError('unreadable-file', `"${name}" is no file that can be read.`, { name })
  if (size > mostBytes) {
    throw new AnalyzerError(
      'unsupported-format',
      `The logo "${name}" has ${size} bytes; at most ${mostBytes} are taken.`,
      {
        name,
        size,
      },
    )
  }
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new AnalyzerError('unreadable-file', `"${name}" cannot be read (${fileErrorCode(error) ?? 'unknown'}).`)
  })
  const kind = kindOf(bytes)
  if (kind === undefined) {
    throw new AnalyzerError('unsupported-format', `"${name}" is no PNG, JPEG or SVG; a logo must be one of them.`, {
      name,
    })
  }
  return { kind, bytes }
}

function kindOf(bytes: Uint8Array): LogoKind | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096))
  if (head.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'png'
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpg'
  return /^\uFEFF?\s*(<[?!][\s\S]*)?<svg[\s/>]/i.test(head.toString('utf8')) ? 'svg' : undefined
}
