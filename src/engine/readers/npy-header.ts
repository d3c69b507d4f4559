import { AnalyzerError } from '../../shared/errors'
import { readExactly } from './byte-source'
import { bytesOfItem, type ItemType } from './packed-items'
import type { ByteSource } from './recording'

/** The header of a NumPy array (NEP 1, format versions 1.0 to 3.0). */
interface NpyHeader {
  readonly type: ItemType
  readonly isLittleEndian: boolean
  readonly isColumnMajor: boolean
  readonly shape: readonly number[]
  /** bytes */
  readonly dataStart: number
}

/** NumPy itself refuses headers over 10,000 bytes unless told otherwise. */
const headerLimit = 65_536

export function looksLikeNpy(head: Uint8Array): boolean {
  return head.length >= 8 && head[0] === 0x93 && String.fromCharCode(...head.subarray(1, 6)) === 'NUMPY'
}

/** Errors: unreadable-file for a damaged header, unsupported-format for arrays that aren't real numbers. */
export async function readNpyHeader(source: ByteSource): Promise<NpyHeader> {
  const head = await readExactly(source, 0, Math.min(12, Math.max(10, source.size)), 'the NPY header')
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const version = head[6]
  if (!looksLikeNpy(head) || version < 1 || version > 3) {
    throw damaged(source.name, `its format version is ${version}, 1 to 3 were expected`)
  }
  const textStart = version === 1 ? 10 : 12
  if (head.length < textStart) throw damaged(source.name, 'it ends inside the header')
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > headerLimit)
    throw damaged(source.name, `its header promises ${length} bytes, at most ${headerLimit} were expected`)
  const dataStart = textStart + length
  const text = new TextDecoder('latin1').decode(await readExactly(source, textStart, dataStart, 'the NPY header'))
  return {
    ...parseType(text, source.name),
    isColumnMajor: parseOrder(text, source.name),
    shape: parseShape(text, source.name),
    dataStart,
  }
}

/** Whole items that are there, at most as many as the shape promises. */
export function countItems(source: ByteSource, header: NpyHeader): number {
  const there = Math.floor(Math.max(0, source.size - header.dataStart) / bytesOfItem(header.type))
  return Math.min(there, itemCountOf(header.shape))
}

function itemCountOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

function parseOrder(text: string, name: string): boolean {
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)
  if (order === null) throw damaged(name, 'its header names no order ("fortran_order")')
  return order[1] === 'True'
}

function parseShape(text: string, name: string): readonly number[] {
  // Python 2 wrote long integers as 10L
  const shape = /['"]shape['"]\s*:\s*\(([\dL,\s]*)\)/.exec(text)
  if (shape === null) throw damaged(name, 'its header names no shape')
  const lengths = shape[1]
    .split(',')
    .map((part) => part.trim().replace(/L$/, ''))
    .filter((part) => part !== '')
    .map(Number)
  if (lengths.length > 32 || !lengths.every(Number.isSafeInteger) || !Number.isSafeInteger(itemCountOf(lengths))) {
    throw damaged(name, `its shape (${shape[1].trim().slice(0, 60)}) is impossible`)
  }
  return lengths
}

const itemTypes: Readonly<Record<string, ItemType>> = {
  b1: 'u8',
  i1: 'i8',
  u1: 'u8',
  i2: 'i16',
  u2: 'u16',
  i4: 'i32',
  u4: 'u32',
  i8: 'i64',
  u8: 'u64',
  f2: 'f16',
  f4: 'f32',
  f8: 'f64',
}

const refusedKinds: Readonly<Record<string, string>> = {
  O: 'Python objects',
  V: 'structured records',
  c: 'complex numbers',
  S: 'byte strings',
  a: 'byte strings',
  U: 'text',
  M: 'dates',
  m: 'time spans',
}

function parseType(text: string, name: string): { readonly type: ItemType; readonly isLittleEndian: boolean } {
  if (/['"]descr['"]\s*:\s*\[/.test(text)) throw refusedType(name, 'structured records')
  const descr = /['"]descr['"]\s*:\s*['"]([<>|=]?)([A-Za-z?])(\d*)/.exec(text)
  if (descr === null) throw damaged(name, 'its header names no number type ("descr")')
  const [, order, kind, width] = descr
  const type = itemTypes[kind === '?' ? 'b1' : kind + width]
  if (type === undefined) throw refusedType(name, refusedKinds[kind] ?? `numbers of the type "${order}${kind}${width}"`)
  return { type, isLittleEndian: order !== '>' }
}

function refusedType(name: string, content: string): AnalyzerError {
  return new AnalyzerError(
    'unsupported-format',
    `"${name}" holds ${content}; an array of real numbers (integer or float) was expected.`,
    { name, content },
  )
}

function damaged(name: string, reason: string): AnalyzerError {
  return new AnalyzerError('unreadable-file', `"${name}" is not a readable NumPy array: ${reason}.`, { name })
}
