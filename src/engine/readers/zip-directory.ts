import { AnalyzerError } from '../../shared/errors'
import { readExactly } from './byte-source'
import type { ByteSource } from './recording'

/** A file inside a zip archive, as its central directory says (APPNOTE.TXT 6.3.10). */
export interface ZipMember {
  readonly name: string
  /** 0 stored, 8 deflate */
  readonly method: number
  readonly isEncrypted: boolean
  readonly crc32: number
  readonly packedBytes: number
  readonly unpackedBytes: number
  /** Of the local header; bytes. */
  readonly headerStart: number
}

interface DirectoryPlace {
  readonly start: number
  readonly size: number
  readonly count: number
}

const endSignature = 0x06054b50
const longEndSignature = 0x06064b50
const longLocatorSignature = 0x07064b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
/** End record and the longest comment. */
const endSearchBytes = 22 + 65_535
const directoryLimit = 16 * 2 ** 20
const memberLimit = 65_536

export function looksLikeZip(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0x50 && head[1] === 0x4b && [0x0403, 0x0605].includes(head[2] | (head[3] << 8))
}

/** Reads the central directory only. Errors: unreadable-file. */
export async function readZipDirectory(source: ByteSource): Promise<readonly ZipMember[]> {
  const place = await findDirectory(source)
  if (place.size > directoryLimit || place.count > memberLimit || place.start + place.size > source.size) {
    throw damaged(source, `its directory promises ${place.count} members in ${place.size} bytes at ${place.start}`)
  }
  const bytes = await readExactly(source, place.start, place.start + place.size, 'the zip directory')
  return parseEntries(bytes, source)
}

/** Where the packed bytes of a member lie. Errors: unreadable-file. */
export async function locateMember(
  source: ByteSource,
  member: ZipMember,
): Promise<{ readonly start: number; readonly end: number }> {
  const head = await readExactly(source, member.headerStart, member.headerStart + 30, `the header of "${member.name}"`)
  const view = viewOf(head)
  if (view.getUint32(0, true) !== localSignature)
    throw damaged(source, `"${member.name}" does not lie where the directory says`)
  const start = member.headerStart + 30 + view.getUint16(26, true) + view.getUint16(28, true)
  const end = start + member.packedBytes
  if (end > source.size)
    throw damaged(source, `"${member.name}" promises ${member.packedBytes} bytes, the archive ends before`)
  return { start, end }
}

async function findDirectory(source: ByteSource): Promise<DirectoryPlace> {
  const tailStart = Math.max(0, source.size - endSearchBytes)
  const tail = await source.read(tailStart, source.size)
  const view = viewOf(tail)
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== endSignature) continue
    const place = {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      start: view.getUint32(at + 16, true),
    }
    const isLong = place.count === 0xffff || place.size === 0xffffffff || place.start === 0xffffffff
    return isLong ? readLongEnd(source, view, at - 20) : place
  }
  throw damaged(source, 'its directory is missing; the file is probably cut off')
}

/** zip64: the locator (20 bytes before the end record) points to a record with 64-bit numbers. */
async function readLongEnd(source: ByteSource, tail: DataView, locatorAt: number): Promise<DirectoryPlace> {
  if (locatorAt < 0 || tail.getUint32(locatorAt, true) !== longLocatorSignature)
    throw damaged(source, 'its zip64 locator is missing')
  const recordStart = Number(tail.getBigUint64(locatorAt + 8, true))
  const view = viewOf(await readExactly(source, recordStart, recordStart + 56, 'the zip64 end record'))
  if (view.getUint32(0, true) !== longEndSignature) throw damaged(source, 'its zip64 end record is missing')
  return {
    count: Number(view.getBigUint64(32, true)),
    size: Number(view.getBigUint64(40, true)),
    start: Number(view.getBigUint64(48, true)),
  }
}

function parseEntries(bytes: Uint8Array, source: ByteSource): readonly ZipMember[] {
  const view = viewOf(bytes)
  const members: ZipMember[] = []
  let at = 0
  while (at + 46 <= bytes.length && view.getUint32(at, true) === entrySignature) {
    const nameEnd = at + 46 + view.getUint16(at + 28, true)
    const extraEnd = nameEnd + view.getUint16(at + 30, true)
    if (extraEnd > bytes.length) throw damaged(source, 'its directory is cut off')
    members.push({
      name: new TextDecoder('utf-8').decode(bytes.subarray(at + 46, nameEnd)),
      method: view.getUint16(at + 10, true),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      crc32: view.getUint32(at + 16, true),
      ...longSizes(view, at, nameEnd, extraEnd),
    })
    at = extraEnd + view.getUint16(at + 32, true)
  }
  return members
}

/** Sizes of 0xFFFFFFFF stand in the zip64 extra field (id 1): unpacked, packed, header start; each only when needed. */
function longSizes(
  view: DataView,
  at: number,
  extraStart: number,
  extraEnd: number,
): Pick<ZipMember, 'packedBytes' | 'unpackedBytes' | 'headerStart'> {
  const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)]
  for (let field = extraStart; field + 4 <= extraEnd; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue
    const fieldEnd = Math.min(extraEnd, field + 4 + view.getUint16(field + 2, true))
    let next = field + 4
    for (let i = 0; i < 3; i++) {
      if (sizes[i] !== 0xffffffff || next + 8 > fieldEnd) continue
      sizes[i] = Number(view.getBigUint64(next, true))
      next += 8
    }
    break
  }
  return { unpackedBytes: sizes[0], packedBytes: sizes[1], headerStart: sizes[2] }
}

function damaged(source: ByteSource, reason: string): AnalyzerError {
  return new AnalyzerError('unreadable-file', `"${source.name}" is not a readable zip archive: ${reason}.`, {
    name: source.name,
  })
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
