import { AnalyzerError } from '../errors'
import type { Annotation } from './annotation'
import { answeredEventSchema, entityId, regionRange } from './annotation'
import type { ImportedAnnotation, UnscaledRegion } from './annotation-table'
import { isAnnotationKind, isSeverity, kindList, lineError, regionSeconds, severityList } from './annotation-table'
import type { CsvRow } from './csv-rows'
import { composeCsvRow, readCsvRows } from './csv-rows'
import type { ProjectRecording } from './project-document'

/** One row an annotation; samples and seconds both, samples win. `channel` is its number as listed (from 1). */
const columns = [
  'id',
  'recording',
  'recording_sha256',
  'channel',
  'start_sample',
  'end_sample',
  'start_seconds',
  'end_seconds',
  'low_hz',
  'high_hz',
  'kind',
  'fault_type',
  'severity',
  'text',
  'author',
  'created_at',
  'changed_at',
  'event',
] as const
type Column = (typeof columns)[number]

export function composeAnnotationCsv(
  annotations: readonly Annotation[],
  recordingOf: (id: string) => ProjectRecording,
): string {
  const rows = annotations.map((annotation) => {
    const cells = cellsOf(annotation, recordingOf(annotation.recordingId))
    return composeCsvRow(columns.map((column) => cells[column]))
  })
  return `${columns.join(',')}\n${rows.join('')}`
}

function cellsOf(
  annotation: Annotation,
  recording: ProjectRecording,
): Readonly<Record<Column, string | number | null>> {
  const { region } = annotation
  const { start, end } = regionRange(region)
  const seconds = regionSeconds(annotation, recording)
  return {
    id: annotation.id,
    recording: recording.name,
    recording_sha256: recording.file.sha256,
    channel: annotation.channel === null ? null : annotation.channel + 1,
    start_sample: start,
    end_sample: region.shape === 'point' ? start : end,
    start_seconds: seconds?.start ?? null,
    end_seconds: seconds?.end ?? null,
    low_hz: region.shape === 'box' ? region.lowHz : null,
    high_hz: region.shape === 'box' ? region.highHz : null,
    kind: annotation.kind,
    fault_type: annotation.faultType,
    severity: annotation.severity,
    text: annotation.text,
    author: annotation.author,
    created_at: annotation.createdAt,
    changed_at: annotation.changedAt,
    event: annotation.event === null ? null : JSON.stringify(annotation.event),
  }
}

/** @throws AnalyzerError unreadable-file, with the line */
export function parseAnnotationCsv(text: string, name: string): ImportedAnnotation[] {
  const [head, ...rows] = readCsvRows(text, name)
  if (head === undefined) throw new AnalyzerError('unreadable-file', `"${name}" is empty.`, { name })
  const names = head.cells.map((cell) => cell.trim().toLowerCase())
  for (const [column, otherwise] of [
    ['start_sample', 'start_seconds'],
    ['kind', 'kind'],
  ]) {
    if (!names.includes(column) && !names.includes(otherwise)) {
      throw lineError(name, head.line, `A column "${column}" was expected; there are: ${head.cells.join(', ')}.`)
    }
  }
  return rows.map((row) => readRow(cellsByName(names, row, name), row.line, name))
}

type Cells = Readonly<Partial<Record<string, string>>>

function cellsByName(names: readonly string[], { cells, line }: CsvRow, name: string): Cells {
  if (cells.length > names.length) {
    throw lineError(name, line, `${cells.length} cells stand under ${names.length} columns.`)
  }
  // an empty author is one; any other empty cell says nothing
  const said = cells.map((cell, index) => [names[index], cell] as const)
  return Object.fromEntries(said.filter(([column, cell]) => cell !== '' || column === 'author'))
}

function readRow(cells: Cells, line: number, name: string): ImportedAnnotation {
  const wrong = (sentence: string): AnalyzerError => lineError(name, line, sentence)
  const { kind = '', severity, channel } = cells
  if (!isAnnotationKind(kind)) throw wrong(`The kind "${kind}" is none of ${kindList}.`)
  if (severity !== undefined && !isSeverity(severity)) {
    throw wrong(`The severity "${severity}" is none of ${severityList}.`)
  }
  if (channel !== undefined && !/^[1-9]\d{0,4}$/.test(channel)) {
    throw wrong(`The channel "${channel}" is no number from 1.`)
  }
  if (cells['id'] !== undefined && !entityId.safeParse(cells['id']).success) {
    throw wrong(`The id "${cells['id']}" has other characters than letters, digits, - and _.`)
  }
  return {
    line,
    id: cells['id'],
    recordingName: cells['recording'],
    recordingSha256: cells['recording_sha256'],
    channel: channel === undefined ? null : Number(channel) - 1,
    region: readRegion(cells, wrong),
    kind,
    faultType: cells['fault_type'] ?? null,
    severity: severity ?? null,
    text: cells['text'] ?? '',
    author: cells['author'],
    createdAt: readTime(cells['created_at'], wrong),
    changedAt: readTime(cells['changed_at'], wrong),
    event: readEvent(cells['event'], wrong),
  }
}

type Wrong = (sentence: string) => AnalyzerError

function readRegion(cells: Cells, wrong: Wrong): UnscaledRegion {
  const number = (column: Column): number | undefined => {
    const cell = cells[column]
    if (cell === undefined) return undefined
    const value = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN
    if (!(value >= 0)) throw wrong(`"${cell}" in ${column} is no number from 0 (with a point for decimals).`)
    return value
  }
  const isInSamples = cells['start_sample'] !== undefined
  const start = number(isInSamples ? 'start_sample' : 'start_seconds')
  if (start === undefined) throw wrong('There is neither start_sample nor start_seconds.')
  const end = number(isInSamples ? 'end_sample' : 'end_seconds') ?? start
  const [low, high] = [number('low_hz'), number('high_hz')]
  const bandHz = low === undefined && high === undefined ? undefined : ([low, high] as const)
  return { start, end, in: isInSamples ? 'samples' : 'seconds', bandHz }
}

function readTime(cell: string | undefined, wrong: Wrong): string | undefined {
  if (cell === undefined) return undefined
  const time = Date.parse(cell)
  if (Number.isNaN(time)) throw wrong(`"${cell}" is no time; ISO 8601 was expected, as 2026-11-24T08:00:00Z.`)
  return new Date(time).toISOString()
}

function readEvent(cell: string | undefined, wrong: Wrong): ImportedAnnotation['event'] {
  if (cell === undefined) return null
  try {
    return answeredEventSchema.parse(JSON.parse(cell))
  } catch {
    throw wrong('The column "event" does not hold an event as VibraLens writes it.')
  }
}
