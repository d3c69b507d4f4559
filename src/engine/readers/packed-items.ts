import { endianness } from 'node:os'
import { AnalyzerError } from '../../shared/errors'
import type { ByteSource } from './recording'

/** Numbers by linear index, wherever they are kept. */
export interface ItemReader {
  readonly itemCount: number
  /**
   * Items start, start + step, start + 2 · step … below end; start and end must lie inside [0, itemCount]. 64-bit
   * integers are rounded to the nearest double.
   */
  read(start: number, end: number, step: number): Promise<Items>
}

/** Of the type that lies in the file where the machine knows it: nothing is copied then. */
export type Items =
  Float64Array | Float32Array | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array

export type ItemType = 'i8' | 'u8' | 'i16' | 'u16' | 'i24' | 'i32' | 'u32' | 'i64' | 'u64' | 'f16' | 'f32' | 'f64'

interface PackedLayout {
  /** bytes from the start of the source */
  readonly offset: number
  readonly type: ItemType
  readonly isLittleEndian: boolean
  readonly itemCount: number
}

const itemBytes: Readonly<Record<ItemType, number>> = {
  i8: 1,
  u8: 1,
  i16: 2,
  u16: 2,
  i24: 3,
  i32: 4,
  u32: 4,
  i64: 8,
  u64: 8,
  f16: 2,
  f32: 4,
  f64: 8,
}

export function bytesOfItem(type: ItemType): number {
  return itemBytes[type]
}

/** Numbers that lie packed one after the other in a source; each read touches their bytes only. */
export function packedItems(source: ByteSource, layout: PackedLayout): ItemReader {
  const width = itemBytes[layout.type]
  return {
    itemCount: layout.itemCount,
    async read(start, end, step) {
      const bytes = await source.read(layout.offset + start * width, layout.offset + end * width)
      if (bytes.length !== (end - start) * width) {
        throw new AnalyzerError(
          'unreadable-file',
          `"${source.name}" became shorter while it was read: items ${start} to ${end} are not there any more.`,
          { name: source.name, start, end },
        )
      }
      return decodeItems(bytes, layout.type, layout.isLittleEndian, step)
    },
  }
}

/** Every step-th of the whole items that `bytes` holds. */
export function decodeItems(bytes: Uint8Array, type: ItemType, isLittleEndian: boolean, step: number): Items {
  const width = itemBytes[type]
  const native = isLittleEndian === isMachineLittleEndian ? nativeView(bytes, type) : undefined
  if (native !== undefined && step === 1) return native
  const values = new Float64Array(Math.ceil(Math.floor(bytes.length / width) / step))
  if (native !== undefined) {
    for (let i = 0, at = 0; i < values.length; i++, at += step) values[i] = native[at]
    return values
  }
  if (type === 'i24' && isLittleEndian) return fillFromTriplets(values, bytes, step)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const get = itemGetters[type]
  for (let i = 0; i < values.length; i++) values[i] = get(view, i * step * width, isLittleEndian)
  return values
}

const isMachineLittleEndian = endianness() === 'LE'

const viewTypes = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const

/** The bytes as they are, for types that the machine knows and bytes that lie aligned. */
function nativeView(bytes: Uint8Array, type: ItemType): Items | undefined {
  if (type === 'i24' || type === 'i64' || type === 'u64' || type === 'f16') return undefined
  const width = itemBytes[type]
  if (bytes.byteOffset % width !== 0) return undefined
  return new viewTypes[type](bytes.buffer as ArrayBuffer, bytes.byteOffset, Math.floor(bytes.length / width))
}

/** Three times as fast as through a DataView; 24 bit is what vibration recorders write. */
function fillFromTriplets(values: Float64Array, bytes: Uint8Array, step: number): Float64Array {
  for (let i = 0, at = 0; i < values.length; i++, at += 3 * step) {
    values[i] = ((bytes[at] << 8) | (bytes[at + 1] << 16) | (bytes[at + 2] << 24)) >> 8
  }
  return values
}

type ItemGetter = (view: DataView, offset: number, isLittleEndian: boolean) => number

const itemGetters: Readonly<Record<ItemType, ItemGetter>> = {
  i8: (view, offset) => view.getInt8(offset),
  u8: (view, offset) => view.getUint8(offset),
  i16: (view, offset, little) => view.getInt16(offset, little),
  u16: (view, offset, little) => view.getUint16(offset, little),
  i24: (view, offset, little) =>
    little
      ? view.getUint16(offset, true) + view.getInt8(offset + 2) * 65536
      : view.getInt8(offset) * 65536 + view.getUint16(offset + 1, false),
  i32: (view, offset, little) => view.getInt32(offset, little),
  u32: (view, offset, little) => view.getUint32(offset, little),
  i64: (view, offset, little) => Number(view.getBigInt64(offset, little)),
  u64: (view, offset, little) => Number(view.getBigUint64(offset, little)),
  f16: (view, offset, little) => halfToNumber(view.getUint16(offset, little)),
  f32: (view, offset, little) => view.getFloat32(offset, little),
  f64: (view, offset, little) => view.getFloat64(offset, little),
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
