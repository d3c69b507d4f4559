import { memorySource } from '../../src/engine/readers/byte-source'
import { csvReader } from '../../src/engine/readers/csv-reader'
import type { ReadOptions, Recording } from '../../src/engine/readers/recording'

export type TextEncodingName = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'utf-16le-bom' | 'utf-16be-bom'

export interface TextTableShape {
  readonly delimiter: string
  readonly decimal: '.' | ','
  readonly lineEnd: string
  readonly encoding: TextEncodingName
  readonly header: readonly string[]
  /** Cells as text with a '.'; the decimal mark is put in. */
  readonly rows: readonly (readonly string[])[]
  readonly hasLastLineEnd: boolean
}

/** A table as a program would write it. */
export function buildTextTable(shape: TextTableShape): Uint8Array {
  const rows = shape.rows.map((cells) => cells.map((cell) => cell.replace('.', shape.decimal)).join(shape.delimiter))
  const text = [...shape.header, ...rows].join(shape.lineEnd) + (shape.hasLastLineEnd ? shape.lineEnd : '')
  return encodeText(text, shape.encoding)
}

export function encodeText(text: string, encoding: TextEncodingName): Uint8Array {
  const words = encoding.endsWith('-bom') ? `\ufeff${text}` : text
  if (encoding.startsWith('utf-8')) return new Uint8Array(Buffer.from(words, 'utf8'))
  const bytes = new Uint8Array(Buffer.from(words, 'utf16le'))
  if (encoding.startsWith('utf-16be')) {
    for (let i = 0; i + 1 < bytes.length; i += 2) [bytes[i], bytes[i + 1]] = [bytes[i + 1], bytes[i]]
  }
  return bytes
}

export function openText(text: string | Uint8Array, options: ReadOptions = {}): Promise<Recording> {
  const bytes = typeof text === 'string' ? encodeText(text, 'utf-8') : text
  return csvReader.open(memorySource('table.csv', bytes), options)
}

/** All samples of all channels. */
export async function readAll(recording: Recording): Promise<readonly Float32Array[]> {
  return Promise.all(recording.channels.map((channel) => channel.read({ start: 0, end: channel.sampleCount })))
}

export function codesOf(recording: Recording): readonly string[] {
  return recording.notices.map(({ code }) => code)
}
