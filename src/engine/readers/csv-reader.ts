import { AnalyzerError } from '../../shared/errors'
import { clampRange } from '../../shared/sample-range'
import { describeScan, describeTimeScan } from './csv-notices'
import { TextTable, type TableScan } from './csv-table'
import type {
  ByteSource,
  Channel,
  Guess,
  Notice,
  Reader,
  ReadOptions,
  Recording,
  RecordingMetadata,
  Sourced,
} from './recording'
import { detectEncoding, narrowSource, withoutZeroTail } from './text-encoding'
import { isPrintable, longestLine, sniffTextLayout, type TextLayout } from './text-layout'

const firstHeadLength = 65_536
const fullHeadLength = longestLine + 65_536

/** Tables of numbers as text: CSV, TSV, TXT. A file is parsed once when it is opened, then read by ranges of rows. */
export const csvReader: Reader = {
  format: 'csv',
  probe: (head) => {
    const words = withoutZeroTail(head)
    return words.length > 0 && isPrintable(words, detectEncoding(words))
  },
  open: openText,
}

async function openText(source: ByteSource, options: ReadOptions): Promise<Recording> {
  const layout = await sniff(source, options)
  if (!layout.columns.some(({ role }) => role === 'signal')) {
    throw new AnalyzerError('unsupported-format', `The table has no column of samples beside ${onlyColumns(layout)}.`)
  }
  const table = new TextTable(narrowSource(source, layout.encoding), layout)
  const scan = await table.scan()
  if (scan.rowCount === 0) throw new AnalyzerError('unreadable-file', 'The table holds no complete row of numbers.')
  const rate = sampleRate(layout, scan, options)
  return {
    id: source.name,
    name: source.name,
    format: 'csv',
    sizeBytes: source.size,
    channels: channelsOf(table, layout, scan, rate.value, options),
    metadata: metadataOf(layout, options),
    notices: [
      ...describeScan(layout, scan, rate.value),
      ...describeTimeScan(layout, scan, rate.value),
      ...rate.notices,
    ],
    guesses: [...layoutGuesses(layout, options), ...rate.guesses, ...speedGuess(layout, options)],
    close: () => source.close(),
  }
}

async function sniff(source: ByteSource, options: ReadOptions): Promise<TextLayout> {
  const { head, isWholeFile } = await readTextHead(source, options)
  return sniffTextLayout(head, options.text ?? {}, isWholeFile)
}

/** What the layout is found from: more than the first 64 KiB only where these hold hardly a line. */
export async function readTextHead(
  source: ByteSource,
  options: ReadOptions,
): Promise<{ readonly head: Uint8Array; readonly isWholeFile: boolean }> {
  let head = await source.read(0, Math.min(firstHeadLength, source.size))
  const lineEndCount = head.reduce((count, byte) => (byte === 10 || byte === 13 ? count + 1 : count), 0)
  const needed = (options.text?.headerLines ?? 0) + 20
  if (lineEndCount < needed && head.length < source.size && head.some((byte) => byte !== 0)) {
    head = await source.read(0, Math.min(2 * fullHeadLength, source.size))
  }
  const words = withoutZeroTail(head)
  const isWholeFile = head.length >= source.size && words.length === head.length
  return { head: words.length > 0 ? words : head, isWholeFile }
}

/** A unit that the user gave is no guess. */
function layoutGuesses(layout: TextLayout, options: ReadOptions): readonly Guess[] {
  return options.unit === undefined ? layout.guesses : layout.guesses.filter(({ flag }) => flag !== '--unit')
}

function onlyColumns(layout: TextLayout): string {
  return layout.columns
    .map(({ name, role }) => `"${name.slice(0, 40)}" (${role})`)
    .slice(0, 5)
    .join(', ')
}

function channelsOf(
  table: TextTable,
  layout: TextLayout,
  scan: TableScan,
  sampleRateHz: number | undefined,
  options: ReadOptions,
): readonly Channel[] {
  const signals = layout.columns.filter(({ role }) => role === 'signal')
  return signals.map(({ name, unit }, index) => ({
    name,
    unit: options.unit ?? unit,
    sampleRateHz,
    sampleCount: scan.rowCount,
    read: (range) => table.read(index, clampRange(range, scan.rowCount)),
  }))
}

interface RateFinding {
  readonly value: number | undefined
  readonly guesses: readonly Guess[]
  readonly notices: readonly Notice[]
}

/** The user's rate, else the time column's, else the preamble's; never a rate from nowhere. */
function sampleRate(layout: TextLayout, scan: TableScan, options: ReadOptions): RateFinding {
  if (options.sampleRateHz !== undefined) return { value: options.sampleRateHz, guesses: [], notices: [] }
  const timed = scan.time?.sampleRateHz
  const said = layout.preamble.sampleRate
  const value = timed ?? said?.value
  if (value === undefined) return { value, guesses: [], notices: [] }
  const reason = timed === undefined ? `the line "${said?.line.trim().slice(0, 80) ?? ''}"` : (scan.time?.reason ?? '')
  const guesses = [{ what: 'sample rate', value: `${value} Hz`, reason, flag: '--sample-rate' }]
  const isTorn = timed !== undefined && said !== undefined && Math.abs(timed / said.value - 1) > 0.01
  const notices = isTorn
    ? [
        {
          code: 'rate-conflict',
          message: `The time column gives ${tidy(timed)} Hz, but the preamble says ${tidy(said.value)} Hz; the time column is used.`,
        },
      ]
    : []
  return { value, guesses, notices }
}

function tidy(value: number): string {
  return String(Number(value.toPrecision(6)))
}

function speedGuess(layout: TextLayout, options: ReadOptions): readonly Guess[] {
  const said = layout.preamble.shaftSpeed
  if (!said || options.shaftSpeedRpm !== undefined) return []
  const reason = `the line "${said.line.trim().slice(0, 80)}"`
  return [{ what: 'shaft speed', value: `${said.value} rpm`, reason, flag: '--rpm' }]
}

function metadataOf(layout: TextLayout, options: ReadOptions): RecordingMetadata {
  const { shaftSpeed, machine, startTime, properties } = layout.preamble
  const speed: Sourced<number> | undefined =
    options.shaftSpeedRpm === undefined
      ? shaftSpeed && { value: shaftSpeed.value, origin: 'file' }
      : { value: options.shaftSpeedRpm, origin: 'user' }
  return { shaftSpeedRpm: speed, machine, startTime, properties }
}
