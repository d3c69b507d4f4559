import { AnalyzerError } from '../../shared/errors'
import { readExactly } from './byte-source'
import { createInflateBudget, inflateSource, type InflateBudget } from './inflate'
import { ElementReader, miCompressed, miMatrix, type MatElement } from './mat-v5-elements'
import { readMatrix, type ValueBudget } from './mat-v5-matrix'
import { mostValues, type MatContent, type MatVariable } from './mat-variables'
import type { ByteSource, Notice } from './recording'

const headerBytes = 128

/** Level 5 files (v5, v6, v7): version 0x0100 and 'MI' behind 124 bytes of text, in the writer's byte order. */
export function looksLikeMatV5(head: Uint8Array): boolean {
  return isLittleEndianHeader(head) !== undefined
}

/**
 * Reads the structure of all variables. Compressed variables (v7) are unpacked within a budget, others are read by
 * range. Errors: unreadable-file; a file that is cut off gives what is there, with a notice.
 */
export async function readMatV5(source: ByteSource): Promise<MatContent> {
  const isLittleEndian = isLittleEndianHeader(await readExactly(source, 0, headerBytes, 'the MATLAB header'))
  if (isLittleEndian === undefined) {
    throw new AnalyzerError('unreadable-file', `"${source.name}" is not a MATLAB level 5 file.`, { name: source.name })
  }
  const walk = new VariableWalk(source, isLittleEndian)
  try {
    await walk.run()
    return { variables: walk.variables, notices: walk.notices, release: () => walk.release() }
  } catch (error) {
    await walk.release()
    throw error
  }
}

class VariableWalk {
  readonly variables: MatVariable[] = []
  readonly notices: Notice[] = []
  private readonly reader: ElementReader
  private readonly unpacked: ByteSource[] = []
  private readonly inflateBudget: InflateBudget = createInflateBudget()
  private readonly valueBudget: ValueBudget = { valuesLeft: mostValues }

  constructor(
    private readonly source: ByteSource,
    private readonly isLittleEndian: boolean,
  ) {
    this.reader = new ElementReader(source, isLittleEndian)
  }

  async run(): Promise<void> {
    let position = headerBytes
    while (position + 8 <= this.source.size) {
      const element = await this.reader.readElement(position, this.source.size)
      if (element.type !== miMatrix && element.type !== miCompressed) {
        throw this.reader.damaged(`at byte ${position} a variable was expected, type ${element.type} is there`)
      }
      const isCut = element.start + element.byteCount > this.source.size
      await this.addVariable(element, isCut)
      position = element.next
    }
    const rest = this.source.size - position
    if (rest > 0) this.notices.push({ code: 'truncated-data', message: strayMessage(rest) })
  }

  async release(): Promise<void> {
    for (const source of this.unpacked.splice(0)) await source.close()
  }

  private async addVariable(element: MatElement, isCut: boolean): Promise<void> {
    try {
      const variable = await this.readVariable(element, isCut)
      // the unnamed variable at the end is MATLAB's own store for objects
      if (variable.name !== '') this.variables.push(variable)
      if (isCut) this.noteCut(element, `"${variable.name}" is the last variable that is read`)
    } catch (error) {
      if (!isCut || this.variables.length === 0 || !(error instanceof AnalyzerError)) throw error
      this.noteCut(element, 'its last variable is left out')
    }
  }

  private noteCut(element: MatElement, consequence: string): void {
    const missing = element.start + element.byteCount - this.source.size
    this.notices.push({
      code: 'truncated-data',
      message: `The file is cut off, ${missing} bytes are missing; ${consequence}.`,
    })
  }

  private async readVariable(element: MatElement, isCut: boolean): Promise<MatVariable> {
    if (element.type === miMatrix) return readMatrix(this.reader, element, this.valueBudget, 0)
    const end = Math.min(element.start + element.byteCount, this.source.size)
    const { source: inner, isTruncated } = await inflateSource(
      this.source,
      { start: element.start, end },
      'zlib',
      this.source.name,
      this.inflateBudget,
    )
    this.unpacked.push(inner)
    const reader = new ElementReader(inner, this.isLittleEndian)
    const matrix = await reader.readElement(0, inner.size)
    if (matrix.type !== miMatrix) throw reader.damaged(`a compressed variable has the type ${matrix.type}`)
    const promised = matrix.start + matrix.byteCount
    // a whole stream must end with its end mark and hold its matrix and nothing else
    if (isTruncated !== isCut || (!isCut && promised !== inner.size)) {
      throw reader.damaged(`a compressed variable promises ${promised} bytes and unpacks to ${inner.size}`)
    }
    return readMatrix(reader, matrix, this.valueBudget, 0)
  }
}

function strayMessage(rest: number): string {
  return `The file is cut off: its last ${rest} bytes begin a variable that is not there.`
}

function isLittleEndianHeader(head: Uint8Array): boolean | undefined {
  if (head.length < headerBytes) return undefined
  const [a, b, c, d] = head.subarray(124, 128)
  if (a === 0x00 && b === 0x01 && c === 0x49 && d === 0x4d) return true
  if (a === 0x01 && b === 0x00 && c === 0x4d && d === 0x49) return false
  return undefined
}
