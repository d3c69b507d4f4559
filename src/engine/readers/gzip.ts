import { createInflateBudget, inflateSource } from './inflate'
import type { ByteSource, Notice } from './recording'

interface Unpacked {
  readonly source: ByteSource
  readonly notices: readonly Notice[]
}

/** Content decides: RFC 1952's magic and deflate, the only method there is. */
export function looksLikeGzip(head: Uint8Array): boolean {
  return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8
}

/** The content of a .gz, named without the extension. Cut-off files give what is there, with a notice. */
export async function unpackGzip(source: ByteSource): Promise<Unpacked> {
  const name = source.name.replace(/\.gz(ip)?$/i, '')
  const { source: inner, isTruncated } = await inflateSource(
    source,
    { start: 0, end: source.size },
    'gzip',
    name,
    createInflateBudget(),
  )
  const message = `The gzip file "${source.name}" is cut off; the ${inner.size} bytes before the cut are read.`
  return { source: inner, notices: isTruncated ? [{ code: 'truncated-gzip', message }] : [] }
}
