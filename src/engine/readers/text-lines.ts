import { decodeText, markLength, narrow, type TextEncoding } from './text-encoding'

/** A line of the head: its words, and where it starts and the next one starts (in units of the narrowed file). */
export interface TextLine {
  readonly text: string
  readonly start: number
  readonly next: number
}

const lineFeed = 10
const carriageReturn = 13

/** Lines of the head up to `mostLines`; a last line that the head cuts is left out unless the head is the whole file. */
export function splitLines(
  head: Uint8Array,
  encoding: TextEncoding,
  isWholeFile: boolean,
  mostLines: number,
): readonly TextLine[] {
  const units = narrow(head, encoding)
  const lines: TextLine[] = []
  let start = markLength(head, encoding)
  for (let i = start; i < units.length && lines.length < mostLines; i++) {
    if (units[i] !== lineFeed && units[i] !== carriageReturn) continue
    const next = units[i] === carriageReturn && units[i + 1] === lineFeed ? i + 2 : i + 1
    lines.push({ text: decodeText(head, encoding, start, i), start, next })
    start = next
    i = next - 1
  }
  if (isWholeFile && start < units.length && lines.length < mostLines) {
    lines.push({ text: decodeText(head, encoding, start, units.length), start, next: units.length })
  }
  return lines
}

export function isComment(text: string): boolean {
  return /^\s*(#|%|\/\/)/.test(text)
}

export function isBlank(text: string): boolean {
  return text.trim() === ''
}

/** Cells of a line; ' ' stands for any run of spaces and tabs, '' for one cell a line. Quotes hold delimiters. */
export function splitCells(text: string, delimiter: string): readonly string[] {
  if (delimiter === '') return [unquote(text)]
  if (delimiter === ' ')
    return text.trim() === ''
      ? []
      : text
          .trim()
          .split(/[ \t]+/)
          .map(unquote)
  if (!text.includes('"')) return text.split(delimiter).map((cell) => cell.trim())
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    if (character === delimiter && !isQuoted) {
      cells.push(unquote(cell))
      cell = ''
    } else cell += character
  }
  cells.push(unquote(cell))
  return cells
}

function unquote(cell: string): string {
  const trimmed = cell.trim()
  const inner = /^"(.*)"$/.exec(trimmed)
  return inner ? inner[1].replaceAll('""', '"').trim() : trimmed
}
