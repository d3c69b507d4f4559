import { AnalyzerError } from '../errors'
import type { Reply } from './reply'

/**
 * Replies as bytes, for transports that carry bytes. Little-endian, as is every platform that Electron and Node run on:
 *
 *     uint32 magic · uint32 bytes of the header · header, JSON in UTF-8 · arrays, each at a multiple of 8 bytes
 *
 * The header holds the reply with null in the place of each typed array, and where each array belongs. Values of arrays
 * keep every bit (NaN too); a NaN or Infinity outside of them becomes null, as JSON has it.
 */
const magic = 0x31524c56 // "VLR1"
const prefixBytes = 8
const alignment = 8

const arrayTypes = { Float32Array, Float64Array, Uint8Array, Int32Array } as const
type ArrayType = keyof typeof arrayTypes
type CodedArray = InstanceType<(typeof arrayTypes)[ArrayType]>
type Path = readonly (string | number)[]

interface ArrayPlace {
  readonly type: ArrayType
  readonly length: number
  readonly path: Path
}

interface Header {
  readonly reply: unknown
  readonly arrays: readonly ArrayPlace[]
}

/** @throws TypeError for typed arrays of other kinds: none is in the contract. */
export function encodeReply(reply: Reply<unknown>): Uint8Array {
  const found: { readonly array: CodedArray; readonly place: ArrayPlace }[] = []
  const bare = withoutArrays(reply, [], (array, path) => {
    found.push({ array, place: { type: typeOf(array), length: array.length, path } })
  })
  const header: Header = { reply: bare, arrays: found.map(({ place }) => place) }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const bodyStart = aligned(prefixBytes + text.length)
  const byteCount = found.reduce((end, { array }) => aligned(end + array.byteLength), bodyStart)
  const bytes = new Uint8Array(byteCount)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, text.length, true)
  bytes.set(text, prefixBytes)
  let offset = bodyStart
  for (const { array } of found) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset)
    offset = aligned(offset + array.byteLength)
  }
  return bytes
}

/** Arrays are views of `bytes` where it begins at a multiple of 8 bytes of its buffer, else of one copy of it. */
export function decodeReply(bytes: Uint8Array): Reply<unknown> {
  // TypeScript's arrays are of an ArrayBuffer; bytes that may be shared memory are copied
  const isUsable = bytes.byteOffset % alignment === 0 && bytes.buffer instanceof ArrayBuffer
  const whole = isUsable ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
  const { header, bodyStart } = readHeader(whole)
  const root = { reply: header.reply }
  let offset = bodyStart
  for (const { type, length, path } of header.arrays) {
    const Type = arrayTypes[type]
    const byteLength = length * Type.BYTES_PER_ELEMENT
    if (offset + byteLength > whole.length) throw brokenFrame(whole.length)
    const isPlaced = place(root, ['reply', ...path], new Type(whole.buffer, whole.byteOffset + offset, length))
    if (!isPlaced) throw brokenFrame(whole.length)
    offset = aligned(offset + byteLength)
  }
  return root.reply as Reply<unknown> // checked boundary: the other end is encodeReply of the same program
}

function readHeader(bytes: Uint8Array): { readonly header: Header; readonly bodyStart: number } {
  if (bytes.length < prefixBytes) throw brokenFrame(bytes.length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const textBytes = view.getUint32(4, true)
  if (view.getUint32(0, true) !== magic || prefixBytes + textBytes > bytes.length) throw brokenFrame(bytes.length)
  const text = new TextDecoder().decode(bytes.subarray(prefixBytes, prefixBytes + textBytes))
  return { header: JSON.parse(text) as Header, bodyStart: aligned(prefixBytes + textBytes) }
}

function brokenFrame(byteCount: number): AnalyzerError {
  return new AnalyzerError('internal', `A reply of ${byteCount} bytes is cut short or not one of VibraLens.`, {
    byteCount,
  })
}

function withoutArrays(value: unknown, path: Path, found: (array: CodedArray, path: Path) => void): unknown {
  if (ArrayBuffer.isView(value)) {
    found(value as CodedArray, path) // typeOf refuses the others
    return null
  }
  if (Array.isArray(value)) return value.map((each, index) => withoutArrays(each, [...path, index], found))
  if (typeof value !== 'object' || value === null) return value
  // fromEntries defines, so that a key "__proto__" stays a key
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withoutArrays(each, [...path, key], found)]),
  )
}

function typeOf(array: ArrayBufferView): ArrayType {
  for (const type of Object.keys(arrayTypes) as ArrayType[]) if (array instanceof arrayTypes[type]) return type
  throw new TypeError(`Replies hold ${Object.keys(arrayTypes).join(', ')} alone, not ${array.constructor.name}.`)
}

/** Only where encodeReply left a null, so that nothing else can be written through a path. */
function place(root: object, path: Path, array: CodedArray): boolean {
  let parent = root as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>
  const last = path[path.length - 1]
  if (!Object.hasOwn(parent, last) || parent[last] !== null) return false
  parent[last] = array
  return true
}

function aligned(offset: number): number {
  return Math.ceil(offset / alignment) * alignment
}
