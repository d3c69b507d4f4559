import { AnalyzerError } from '../../shared/errors'
import { readExactly } from './byte-source'
import { mostValues, type MatContent, type MatValue, type MatVariable } from './mat-variables'
import { bytesOfItem, decodeItems, packedItems, type ItemType } from './packed-items'
import type { ByteSource, Notice } from './recording'

/** Header of a variable: five 32-bit integers and the name (MAT-File Format, chapter 2: Level 4). */
interface MatV4Header {
  readonly isLittleEndian: boolean
  readonly itemType: ItemType
  /** 0 numeric, 1 text, 2 sparse */
  readonly kind: number
  readonly rowCount: number
  readonly columnCount: number
  readonly isComplex: boolean
  readonly nameBytes: number
}

const headerBytes = 20
const longestName = 256
const longestText = 65_536
const itemTypes: readonly ItemType[] = ['f64', 'f32', 'i32', 'i16', 'u16', 'u8']

/** Level 4 files have no magic number: the first header must be plausible in every field, its name included. */
export function looksLikeMatV4(head: Uint8Array): boolean {
  const header = parseHeader(head)
  if (header === undefined || head.length < headerBytes + header.nameBytes) return false
  const name = nameOf(head.subarray(headerBytes, headerBytes + header.nameBytes))
  return head[headerBytes + header.nameBytes - 1] === 0 && /^[A-Za-z]\w*$/.test(name)
}

/** Walks the headers; the numbers stay where they are. Errors: unreadable-file. */
export async function readMatV4(source: ByteSource): Promise<MatContent> {
  const variables: MatVariable[] = []
  const notices: Notice[] = []
  let position = 0
  while (position + headerBytes <= source.size && variables.length < mostValues) {
    const header = parseHeader(await readExactly(source, position, position + headerBytes, 'a variable header'))
    if (header === undefined) {
      if (variables.length === 0) throw damaged(source, position)
      notices.push({
        code: 'stray-bytes',
        message: `What lies behind byte ${position} is no MATLAB variable and is left out.`,
      })
      break
    }
    const nameStart = position + headerBytes
    const dataStart = nameStart + header.nameBytes
    const name = nameOf(await source.read(nameStart, dataStart))
    const count = header.rowCount * header.columnCount
    variables.push({ name, value: await readValue(source, header, dataStart) })
    position = dataStart + count * bytesOfItem(header.itemType) * (header.isComplex ? 2 : 1)
  }
  const rest = source.size - position
  if (rest > 0 && rest < headerBytes) {
    const message = `The file is cut off: its last ${rest} bytes begin a variable that is not there.`
    notices.push({ code: 'truncated-data', message })
  }
  return { variables, notices, release: () => Promise.resolve() }
}

async function readValue(source: ByteSource, header: MatV4Header, dataStart: number): Promise<MatValue> {
  const { rowCount, columnCount, itemType, isLittleEndian } = header
  if (header.kind === 2) return { kind: 'other', what: 'a sparse matrix' }
  if (header.kind === 1) return { kind: 'text', text: await readText(source, header, dataStart) }
  if (header.isComplex) return { kind: 'other', what: 'complex numbers' }
  const there = Math.floor(Math.max(0, source.size - dataStart) / bytesOfItem(itemType))
  const itemCount = Math.min(rowCount * columnCount, there)
  const items = packedItems(source, { offset: dataStart, type: itemType, isLittleEndian, itemCount })
  return { kind: 'numeric', dims: [rowCount, columnCount], items }
}

/** Text is kept as numbers of any type, one a character. */
async function readText(source: ByteSource, header: MatV4Header, dataStart: number): Promise<string> {
  const count = Math.min(header.rowCount * header.columnCount, longestText)
  const bytes = await source.read(dataStart, dataStart + count * bytesOfItem(header.itemType))
  const codes = decodeItems(bytes, header.itemType, header.isLittleEndian, 1)
  return Array.from(codes, (code) => (code >= 32 && code < 0xffff ? String.fromCharCode(code) : ' '))
    .join('')
    .trim()
}

function parseHeader(bytes: Uint8Array): MatV4Header | undefined {
  if (bytes.length < headerBytes) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes)
  // the type is a small number (MOPT, thousands digit = machine); read in the wrong order it is a large one
  const isLittleEndian = view.getUint32(0, true) < 5000
  const [code, rowCount, columnCount, complex, nameBytes] = [0, 4, 8, 12, 16].map((at) =>
    view.getUint32(at, isLittleEndian),
  )
  const [machine, reserved, precision, kind] = [
    Math.floor(code / 1000),
    Math.floor(code / 100) % 10,
    Math.floor(code / 10) % 10,
    code % 10,
  ]
  const itemType = itemTypes[precision]
  // machines 2 to 4 are VAX and Cray, whose floating point is another one
  const isTypeKnown = machine === (isLittleEndian ? 0 : 1) && reserved === 0 && itemType !== undefined && kind <= 2
  const isNameKnown = nameBytes >= 2 && nameBytes <= longestName
  if (!isTypeKnown || !isNameKnown || complex > 1) return undefined
  return { isLittleEndian, itemType, kind, rowCount, columnCount, isComplex: complex === 1, nameBytes }
}

function nameOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder('latin1').decode(end < 0 ? bytes : bytes.subarray(0, end))
}

function damaged(source: ByteSource, position: number): AnalyzerError {
  return new AnalyzerError('unreadable-file', `"${source.name}" has no MATLAB level 4 variable at byte ${position}.`, {
    name: source.name,
    position,
  })
}
