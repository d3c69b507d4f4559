import { AnalyzerError } from '../../shared/errors'

const signature = '89504e470d0a1a0a'

/** Of the header chunk (PNG 1.2, 11.2.2). @throws AnalyzerError bad-request for bytes that are no PNG */
export function readPngSize(png: Uint8Array): { readonly widthPx: number; readonly heightPx: number } {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength)
  const isPng = bytes.length >= 33 && bytes.toString('hex', 0, 8) === signature
  const widthPx = isPng ? bytes.readUInt32BE(16) : 0
  const heightPx = isPng ? bytes.readUInt32BE(20) : 0
  if (widthPx > 0 && heightPx > 0) return { widthPx, heightPx }
  throw new AnalyzerError('bad-request', 'The logo is not a PNG picture.')
}
