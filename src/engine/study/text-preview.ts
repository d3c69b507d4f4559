import { createHash } from 'node:crypto'
import type { TextPreview } from '../../shared/app/study'
import { AnalyzerError } from '../../shared/errors'
import { memorySource, openFileSource } from '../readers/byte-source'
import { csvReader, readTextHead } from '../readers/csv-reader'
import { looksLikeGzip, unpackGzip } from '../readers/gzip'
import { openRecording } from '../readers/open-recording'
import type { ByteSource, ReadOptions } from '../readers/recording'
import { detectEncoding, namedEncoding } from '../readers/text-encoding'
import { sniffTextLayout, type TextLayout } from '../readers/text-layout'
import { splitCells, splitLines, type TextLine } from '../readers/text-lines'
import { summaryOf } from './recording-summary'

const shownLines = 40
const shownRows = 30
const shownCharacters = 1000
/** Longer files are read up to here for the preview. */
const wholeBytes = 16 * 2 ** 20

/**
 * The first rows of a text file as they would be read. A layout that finds no table is told as `problem`, beside the
 * lines that say why.
 * @throws AnalyzerError bad-request for a file that is no text, unreadable-file
 */
export async function previewText(path: string, read: ReadOptions): Promise<TextPreview> {
  const file = await openFileSource(path)
  try {
    const packed = looksLikeGzip(await file.read(0, 3))
    return await previewSource(packed ? (await unpackGzip(file)).source : file, read)
  } finally {
    await file.close()
  }
}

async function previewSource(source: ByteSource, read: ReadOptions): Promise<TextPreview> {
  const { name } = source
  const { head, isWholeFile } = await readTextHead(source, read)
  if (!csvReader.probe(head.subarray(0, 4096), name)) {
    throw new AnalyzerError('bad-request', `"${name}" is no text file; there is no layout to choose for it.`, { name })
  }
  const text = read.text ?? {}
  const encoding = text.encoding === undefined ? detectEncoding(head) : namedEncoding(text.encoding, head)
  const lines = splitLines(head, encoding, isWholeFile, 2000)
  const isHeadOnly = source.size > wholeBytes
  const shown = {
    headLines: lines.slice(0, shownLines).map((line) => line.text.slice(0, shownCharacters)),
    layoutKey: layoutKeyOf(head, isWholeFile, lines),
    isHeadOnly,
  }
  try {
    const layout = sniffTextLayout(head, text, isWholeFile)
    const part = isHeadOnly ? memorySource(name, wholeLines(await source.read(0, wholeBytes))) : source
    return { ...shown, ...describeLayout(layout, lines), ...(await describeTable(part, read)) }
  } catch (error) {
    if (!(error instanceof AnalyzerError)) throw error
    return { ...shown, ...emptyTable(encoding.label, read), problem: error.message }
  }
}

type ShownAnyway = 'headLines' | 'layoutKey' | 'isHeadOnly'

/**
 * Of what is found without anybody's choices, so that a choice is found again under it: delimiter, decimal sign and
 * names of the columns; of a text without a table, its first line without the digits.
 */
function layoutKeyOf(head: Uint8Array, isWholeFile: boolean, lines: readonly TextLine[]): string {
  try {
    const { delimiter, decimal, columns } = sniffTextLayout(head, {}, isWholeFile)
    return keyOf([delimiter, decimal, ...columns.map(({ name }) => name)])
  } catch (error) {
    if (!(error instanceof AnalyzerError)) throw error
    const first = lines.find(({ text }) => text.trim() !== '')?.text ?? ''
    return keyOf(['no table', first.replaceAll(/\d+/g, '#')])
  }
}

function describeLayout(
  { encoding, delimiter, decimal, headerLineCount, columns, time, guesses }: TextLayout,
  lines: readonly TextLine[],
): Omit<TextPreview, ShownAnyway | 'channels' | 'problem'> {
  const rows = lines.slice(headerLineCount, headerLineCount + shownRows)
  return {
    encoding: encoding.label,
    delimiter,
    decimal,
    headerLines: headerLineCount,
    timeColumn: time?.column ?? null,
    columns: columns.map(({ name, unit, role }) => ({ name, unit: unit ?? null, isTime: role === 'time' })),
    rows: rows.map(({ text }) => splitCells(text, delimiter).map((cell) => cell.slice(0, shownCharacters))),
    guesses,
  }
}

async function describeTable(
  source: ByteSource,
  read: ReadOptions,
): Promise<Pick<TextPreview, 'channels' | 'guesses' | 'problem'>> {
  const kept = { ...source, close: () => Promise.resolve() } // the caller's
  const { channels, guesses } = summaryOf(await openRecording(kept, read), [])
  return { channels, guesses, problem: null }
}

function emptyTable(encoding: string, { text }: ReadOptions): Omit<TextPreview, ShownAnyway | 'problem'> {
  return {
    encoding,
    delimiter: text?.delimiter ?? '',
    decimal: text?.decimal ?? '.',
    headerLines: text?.headerLines ?? 0,
    timeColumn: null,
    columns: [],
    rows: [],
    channels: [],
    guesses: [],
  }
}

/** Up to the last line end, so that no row is cut. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(10)
  return end < 0 ? bytes : bytes.subarray(0, end + 1)
}

function keyOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
