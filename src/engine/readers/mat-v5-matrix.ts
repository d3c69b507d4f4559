import { deepestNesting, mostValues, type MatValue, type MatVariable } from './mat-variables'
import { itemTypeOf, miInt32, miInt8, miMatrix, miUint32, type ElementReader, type MatElement } from './mat-v5-elements'
import { bytesOfItem, decodeItems, packedItems } from './packed-items'

/** How many values may still be made of this file; shared by all its variables. */
export interface ValueBudget {
  valuesLeft: number
}

interface MatrixHead {
  readonly classId: number
  readonly isComplex: boolean
  readonly dims: readonly number[]
  readonly name: string
  /** Of the first element behind the name. */
  readonly position: number
}

/** mxArray classes (matrix.h). */
const cellClass = 1
const structClass = 2
const charClass = 4
const sparseClass = 5
const firstNumericClass = 6
const lastNumericClass = 15
const otherClasses: Readonly<Record<number, string>> = {
  3: 'an object',
  [sparseClass]: 'a sparse matrix',
  16: 'a function handle',
  17: 'an object',
  18: 'an object',
}

const longestName = 4096
const mostDims = 64
const longestText = 65_536

/** Reads a miMATRIX element: heads and structure at once, numbers when they are asked for. Errors: unreadable-file. */
export async function readMatrix(
  reader: ElementReader,
  element: MatElement,
  budget: ValueBudget,
  depth: number,
): Promise<MatVariable> {
  if (depth > deepestNesting) throw reader.damaged(`its structs and cells are nested more than ${deepestNesting} deep`)
  if (--budget.valuesLeft < 0) throw reader.damaged(`it holds more than ${mostValues} values`)
  if (element.byteCount === 0) return { name: '', value: { kind: 'cell', items: [] } }
  const end = element.start + element.byteCount
  const flags = await reader.readBytes(element.start, end, miUint32, 8)
  const classId = decodeItems(flags.bytes, 'u32', reader.isLittleEndian, 1)[0] & 0xff
  // objects of new classes (table, string, datetime) have no dims
  if (classId >= 16)
    return { name: '', value: { kind: 'other', what: otherClasses[classId] ?? `an unknown class (${classId})` } }
  const head = await readHead(reader, flags.bytes, flags.next, end)
  return { name: head.name, value: await readValue(reader, head, end, budget, depth) }
}

async function readHead(reader: ElementReader, flags: Uint8Array, position: number, end: number): Promise<MatrixHead> {
  const word = decodeItems(flags, 'u32', reader.isLittleEndian, 1)[0]
  const dimsElement = await reader.readBytes(position, end, miInt32, mostDims * 4)
  const dims = Array.from(decodeItems(dimsElement.bytes, 'i32', reader.isLittleEndian, 1))
  const product = dims.reduce((count, length) => count * length, 1)
  if (dims.length < 2 || dims.some((length) => length < 0) || !Number.isSafeInteger(product)) {
    throw reader.damaged(
      `an array has the impossible size ${dims.slice(0, 6).join(' × ')}${dims.length > 6 ? ' …' : ''}`,
    )
  }
  const name = await reader.readBytes(dimsElement.next, end, miInt8, longestName)
  return {
    classId: word & 0xff,
    isComplex: (word & 0x0800) !== 0,
    dims,
    name: new TextDecoder('latin1').decode(name.bytes).replace(/\0+$/, ''),
    position: name.next,
  }
}

function readValue(
  reader: ElementReader,
  head: MatrixHead,
  end: number,
  budget: ValueBudget,
  depth: number,
): Promise<MatValue> {
  const { classId } = head
  if (classId === cellClass) return readCell(reader, head, end, budget, depth)
  if (classId === structClass) return readStruct(reader, head, end, budget, depth)
  if (classId === charClass) return readText(reader, head, end)
  if (classId >= firstNumericClass && classId <= lastNumericClass) return readNumeric(reader, head, end)
  return Promise.resolve({ kind: 'other', what: otherClasses[classId] ?? `an unknown class (${classId})` })
}

/** MATLAB keeps numbers in the smallest type that holds them; the element's type counts, not the class. */
async function readNumeric(reader: ElementReader, head: MatrixHead, end: number): Promise<MatValue> {
  if (head.isComplex) return { kind: 'other', what: 'complex numbers' }
  const element = await reader.readElement(head.position, end)
  const type = itemTypeOf(element.type)
  if (type === undefined) throw reader.damaged(`"${head.name}" keeps its numbers as unknown type ${element.type}`)
  const dataEnd = Math.min(element.start + element.byteCount, end, reader.source.size)
  const there = Math.floor(Math.max(0, dataEnd - element.start) / bytesOfItem(type))
  const itemCount = Math.min(countOf(head), there)
  const items = packedItems(reader.source, {
    offset: element.start,
    type,
    isLittleEndian: reader.isLittleEndian,
    itemCount,
  })
  return { kind: 'numeric', dims: head.dims, items }
}

async function readText(reader: ElementReader, head: MatrixHead, end: number): Promise<MatValue> {
  const element = await reader.readElement(head.position, end)
  const bytes = await reader.source.read(element.start, element.start + Math.min(element.byteCount, longestText))
  // miUTF8 and bytes; miUINT16 and miUTF16 otherwise
  const isByteWide = element.type === 16 || element.type === 1 || element.type === 2
  const encoding = isByteWide ? 'utf-8' : reader.isLittleEndian ? 'utf-16le' : 'utf-16be'
  return { kind: 'text', text: new TextDecoder(encoding).decode(bytes).replace(/\0+$/, '') }
}

async function readCell(
  reader: ElementReader,
  head: MatrixHead,
  end: number,
  budget: ValueBudget,
  depth: number,
): Promise<MatValue> {
  const items: MatValue[] = []
  let position = head.position
  for (let index = 0; index < countOf(head); index++) {
    const { value, next } = await readChild(reader, position, end, budget, depth)
    items.push(value)
    position = next
  }
  return { kind: 'cell', items }
}

async function readStruct(
  reader: ElementReader,
  head: MatrixHead,
  end: number,
  budget: ValueBudget,
  depth: number,
): Promise<MatValue> {
  const lengthElement = await reader.readBytes(head.position, end, miInt32, 4)
  const nameLength = decodeItems(lengthElement.bytes, 'i32', reader.isLittleEndian, 1)[0] ?? 0
  const names = await reader.readBytes(lengthElement.next, end, miInt8, mostValues * 64)
  if (nameLength < 1 || nameLength > longestName)
    throw reader.damaged(`"${head.name}" has field names of ${nameLength} bytes`)
  const fieldNames = splitNames(names.bytes, nameLength)
  if (fieldNames.length === 0) return { kind: 'struct', elements: [] }
  const elements: Map<string, MatValue>[] = []
  let position = names.next
  for (let index = 0; index < countOf(head); index++) {
    const fields = new Map<string, MatValue>()
    for (const fieldName of fieldNames) {
      const { value, next } = await readChild(reader, position, end, budget, depth)
      fields.set(fieldName, value)
      position = next
    }
    elements.push(fields)
  }
  return { kind: 'struct', elements }
}

async function readChild(
  reader: ElementReader,
  position: number,
  end: number,
  budget: ValueBudget,
  depth: number,
): Promise<{ readonly value: MatValue; readonly next: number }> {
  const element = await reader.readElement(position, end)
  if (element.type !== miMatrix)
    throw reader.damaged(`a field or cell at byte ${position} has the type ${element.type}`)
  if (element.start + element.byteCount > end)
    throw reader.damaged(`a field or cell at byte ${position} is longer than what holds it`)
  const { value } = await readMatrix(reader, element, budget, depth + 1)
  return { value, next: element.next }
}

function splitNames(bytes: Uint8Array, length: number): readonly string[] {
  const decoder = new TextDecoder('latin1')
  return Array.from({ length: Math.floor(bytes.length / length) }, (_, index) =>
    decoder.decode(bytes.subarray(index * length, (index + 1) * length)).replace(/\0.*$/s, ''),
  )
}

function countOf(head: MatrixHead): number {
  return head.dims.reduce((count, length) => count * length, 1)
}
