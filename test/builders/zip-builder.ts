import { crc32, deflateRawSync } from 'node:zlib'
import { ByteWriter } from './byte-writer'

export interface ZipEntry {
  readonly name: string
  readonly content: Uint8Array
  readonly isDeflated?: boolean
  /** Sizes and place in the zip64 extra field. */
  readonly isLong?: boolean
  readonly isEncrypted?: boolean
  readonly method?: number
  readonly wrongCrc?: boolean
  /** What the directory says instead of the true packed size. */
  readonly packedBytes?: number
}

/** A zip archive; with `isLong` the end of the directory is zip64's too. */
export function buildZip(entries: readonly ZipEntry[], isLong = false): Uint8Array {
  const writer = new ByteWriter(true)
  const directory = new ByteWriter(true)
  for (const entry of entries) writeEntry(writer, directory, entry)
  const bytes = directory.finish()
  const start = writer.position
  writer.bytes(bytes)
  if (isLong) {
    const recordStart = writer.position
    writer.u32(0x06064b50).u64(44).u16(45, 45).u32(0, 0).u64(entries.length, entries.length, bytes.length, start)
    writer.u32(0x07064b50, 0).u64(recordStart).u32(1)
  }
  const [count, size, place] = isLong ? [0xffff, 0xffffffff, 0xffffffff] : [entries.length, bytes.length, start]
  return writer.u32(0x06054b50).u16(0, 0, count, count).u32(size, place).u16(0).finish()
}

function writeEntry(writer: ByteWriter, directory: ByteWriter, entry: ZipEntry): void {
  const start = writer.position
  const packed = entry.isDeflated ? deflateRawSync(entry.content) : entry.content
  const method = entry.method ?? (entry.isDeflated ? 8 : 0)
  const flags = entry.isEncrypted ? 1 : 0
  const sum = (crc32(entry.content) + (entry.wrongCrc ? 1 : 0)) >>> 0
  writer.u32(0x04034b50).u16(45, flags, method, 0, 0).u32(sum, packed.length, entry.content.length)
  writer.u16(entry.name.length, 0).text(entry.name).bytes(packed)
  const packedBytes = entry.packedBytes ?? packed.length
  const short = entry.isLong ? [0xffffffff, 0xffffffff] : [packedBytes, entry.content.length]
  directory
    .u32(0x02014b50)
    .u16(45, 45, flags, method, 0, 0)
    .u32(sum, ...short)
  directory
    .u16(entry.name.length, entry.isLong ? 28 : 0, 0, 0, 0)
    .u32(0, entry.isLong ? 0xffffffff : start)
    .text(entry.name)
  if (entry.isLong) directory.u16(1, 24).u64(entry.content.length, packedBytes, start)
}
