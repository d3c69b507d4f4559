import { AnalyzerError } from '../../shared/errors'
import type { ByteSource } from './recording'

/** How the bytes of a text file become characters. */
export interface TextEncoding {
  /** A name that TextDecoder knows: 'utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1252'. */
  readonly label: string
  readonly bytesPerUnit: 1 | 2
  readonly reason: string
}

/** Bytes of the head that decide about the encoding; more would only cost time. */
const sampleLength = 65_536

/** The encoding by byte order mark, else by zero bytes (UTF-16), else UTF-8, GB18030 or Windows-1252, the first that fits. */
export function detectEncoding(head: Uint8Array): TextEncoding {
  const marked = markedEncoding(head)
  if (marked) return marked
  const sample = head.subarray(0, sampleLength)
  const wide = wideEncoding(sample)
  if (wide) return { label: wide, bytesPerUnit: 2, reason: 'every other byte is zero' }
  if (sample.every((byte) => byte < 0x80)) return { label: 'utf-8', bytesPerUnit: 1, reason: 'plain ASCII' }
  if (decodes(sample, 'utf-8')) return { label: 'utf-8', bytesPerUnit: 1, reason: 'valid UTF-8' }
  if (looksChinese(sample) && decodes(sample, 'gb18030')) {
    return { label: 'gb18030', bytesPerUnit: 1, reason: 'not UTF-8, and the bytes above 127 come in GB2312 pairs' }
  }
  return { label: 'windows-1252', bytesPerUnit: 1, reason: 'not UTF-8 and not GB18030' }
}

/** The encoding that the user named; an unknown name is refused. */
export function namedEncoding(name: string, head: Uint8Array): TextEncoding {
  let label: string
  try {
    label = new TextDecoder(name).encoding
  } catch {
    throw new AnalyzerError(
      'bad-request',
      `"${name}" is not a known text encoding; give one such as utf-8, utf-16le, gb18030 or windows-1252.`,
      { encoding: name },
    )
  }
  const unmarked = /^utf-?16$/i.test(name) ? (markedEncoding(head)?.label ?? wideEncoding(head) ?? label) : label
  return { label: unmarked, bytesPerUnit: unmarked.startsWith('utf-16') ? 2 : 1, reason: 'given' }
}

function markedEncoding(head: Uint8Array): TextEncoding | undefined {
  const reason = 'byte order mark'
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { label: 'utf-8', bytesPerUnit: 1, reason }
  if (head[0] === 0xff && head[1] === 0xfe) return { label: 'utf-16le', bytesPerUnit: 2, reason }
  if (head[0] === 0xfe && head[1] === 0xff) return { label: 'utf-16be', bytesPerUnit: 2, reason }
  return undefined
}

/** Numbers in UTF-16 have a zero in every pair; a share above 60 % leaves room for Chinese headers. */
function wideEncoding(sample: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const pairCount = sample.length >> 1
  if (pairCount < 2) return undefined
  const zeros = [0, 0]
  for (let i = 0; i < pairCount * 2; i++) if (sample[i] === 0) zeros[i & 1]++
  if (zeros[1] > 0.6 * pairCount && zeros[0] < 0.01 * pairCount) return 'utf-16le'
  if (zeros[0] > 0.6 * pairCount && zeros[1] < 0.01 * pairCount) return 'utf-16be'
  return undefined
}

/** `stream` lets a character be cut at the end of the sample. */
function decodes(sample: Uint8Array, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(sample, { stream: true })
    return true
  } catch {
    return false
  }
}

/** "µm" and "°C" of Windows-1252 are valid GB18030 too; Chinese text has its second bytes above 0xA0. */
function looksChinese(sample: Uint8Array): boolean {
  let leads = 0
  let pairs = 0
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] < 0x81) continue
    leads++
    if (sample[i + 1] >= 0xa1) {
      pairs++
      i++
    } else if (sample[i + 1] >= 0x40 || (sample[i + 1] >= 0x30 && sample[i + 1] <= 0x39)) i++
  }
  return pairs * 2 > leads
}

/**
 * One byte a character, so that one parser reads all encodings: UTF-16 units above 127 become '?'; other encodings
 * pass as they are, because their bytes below 128 are ASCII wherever a number or a delimiter can stand.
 */
export function narrow(bytes: Uint8Array, encoding: TextEncoding): Uint8Array {
  if (encoding.bytesPerUnit === 1) return bytes
  const low = encoding.label === 'utf-16le' ? 0 : 1
  const units = new Uint8Array(bytes.length >> 1)
  for (let i = 0; i < units.length; i++) {
    const value = bytes[2 * i + low]
    units[i] = bytes[2 * i + 1 - low] === 0 && value < 0x80 ? value : 0x3f
  }
  return units
}

/** The file as one byte a character; offsets and `size` count character units. */
export function narrowSource(source: ByteSource, encoding: TextEncoding): ByteSource {
  if (encoding.bytesPerUnit === 1) return source
  return {
    name: source.name,
    size: source.size >> 1,
    read: async (start, end) => narrow(await source.read(2 * start, 2 * end), encoding),
    close: () => source.close(),
  }
}

/** Units that a byte order mark takes at the start of the file. */
export function markLength(head: Uint8Array, encoding: TextEncoding): number {
  const mark = markedEncoding(head)
  return mark?.label === encoding.label ? (encoding.bytesPerUnit === 2 ? 1 : 3) : 0
}

/** The head without a long run of zeros at its end, which is room that a logger never filled. */
export function withoutZeroTail(head: Uint8Array): Uint8Array {
  let end = head.length
  while (end > 0 && head[end - 1] === 0) end--
  if (head.length - end < 16) return head
  return head.subarray(0, end + (end & 1)) // UTF-16 keeps the zero half of its last character
}

/** Text of the units [start, end) of the head. */
export function decodeText(head: Uint8Array, encoding: TextEncoding, start: number, end: number): string {
  const width = encoding.bytesPerUnit
  return new TextDecoder(encoding.label, { ignoreBOM: true }).decode(head.subarray(start * width, end * width))
}
