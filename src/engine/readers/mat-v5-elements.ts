import { AnalyzerError } from '../../shared/errors'
import { readExactly } from './byte-source'
import type { ItemType } from './packed-items'
import type { ByteSource } from './recording'

/** A data element: its type (miINT8 …), and where its bytes lie (MAT-File Format, chapter 1: Level 5). */
export interface MatElement {
  readonly type: number
  readonly start: number
  /** As the tag says; may lie beyond the end of the source. */
  readonly byteCount: number
  /** Where the next element starts. */
  readonly next: number
}

export const miInt8 = 1
export const miInt32 = 5
export const miUint32 = 6
export const miMatrix = 14
export const miCompressed = 15

const itemTypes: Readonly<Record<number, ItemType>> = {
  1: 'i8',
  2: 'u8',
  3: 'i16',
  4: 'u16',
  5: 'i32',
  6: 'u32',
  7: 'f32',
  9: 'f64',
  12: 'i64',
  13: 'u64',
}

/** undefined for types that aren't plain numbers. */
export function itemTypeOf(miType: number): ItemType | undefined {
  return itemTypes[miType]
}

/** Reads tags of one source (the file, or an unpacked variable). */
export class ElementReader {
  constructor(
    readonly source: ByteSource,
    readonly isLittleEndian: boolean,
  ) {}

  /** The element at `position`; `end` bounds it: an element that starts inside must be there with its tag. */
  async readElement(position: number, end: number): Promise<MatElement> {
    if (position + 8 > end) throw this.damaged(`an element is missing at byte ${position}`)
    const bytes = await readExactly(this.source, position, position + 8, 'an element tag')
    const view = new DataView(bytes.buffer, bytes.byteOffset, 8)
    const word = view.getUint32(0, this.isLittleEndian)
    // small elements keep type and size in one word and up to 4 bytes in the other
    if (word >>> 16 !== 0) {
      const byteCount = word >>> 16
      if (byteCount > 4) throw this.damaged(`a small element at byte ${position} promises ${byteCount} bytes`)
      return { type: word & 0xffff, start: position + 4, byteCount, next: position + 8 }
    }
    const byteCount = view.getUint32(4, this.isLittleEndian)
    const start = position + 8
    // elements are padded to 8 bytes, compressed ones are not
    const padded = word === miCompressed ? byteCount : Math.ceil(byteCount / 8) * 8
    return { type: word, start, byteCount, next: start + padded }
  }

  /** An element that must be of this type and small enough to be held. */
  async readBytes(
    position: number,
    end: number,
    type: number,
    limit: number,
  ): Promise<{ readonly bytes: Uint8Array; readonly next: number }> {
    const element = await this.readElement(position, end)
    if (element.type !== type || element.byteCount > limit) {
      throw this.damaged(
        `at byte ${position} an element of type ${type} was expected, type ${element.type} with ${element.byteCount} bytes is there`,
      )
    }
    const bytes = await readExactly(this.source, element.start, element.start + element.byteCount, 'an element')
    return { bytes, next: element.next }
  }

  damaged(reason: string): AnalyzerError {
    return new AnalyzerError('unreadable-file', `"${this.source.name}" is a damaged MATLAB file: ${reason}.`, {
      name: this.source.name,
    })
  }
}
