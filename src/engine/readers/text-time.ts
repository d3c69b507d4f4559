import { AnalyzerError } from '../../shared/errors'
import { cellKind, cellNumber, type CellKind, type Decimal } from './text-cells'
import type { ColumnTitle } from './text-header'
import { secondsPerUnit } from './text-units'

/** Where a row's time stands. */
export type TimeSource =
  | { readonly kind: 'number'; readonly column: number; readonly secondsPerUnit: number }
  | { readonly kind: 'timestamp'; readonly column: number }
  /** Four columns from `column` on: hour, minute, second, microsecond. */
  | { readonly kind: 'clock-parts'; readonly column: number }

export interface TimeFinding {
  readonly source: TimeSource | undefined
  readonly reason: string
  /** Columns that are no signal: counters, dates beside a clock, words. */
  readonly leftOut: readonly { readonly column: number; readonly why: 'counter' | 'date' | 'words' }[]
}

export interface TableSample {
  /** Rows of the head, each with `columnCount` cells. */
  readonly rows: readonly (readonly string[])[]
  readonly columnCount: number
  readonly decimal: Decimal
  readonly titles: readonly ColumnTitle[] | undefined
}

const timeName =
  /^(time|t|x_?time|zeit|temps|tiempo|时间|timestamp|time[ _-]?stamp|elapsed.*|date[ _-]?time|sec|secs|seconds|ms|datum.*zeit|时刻|采样时间)$/i
const counterName = /^(|index|idx|no|no\.|nr|nr\.|n|#|row|sample|samples|point|序号|编号|点号|unnamed.*)$/i
const steadyShare = 0.02 // a time column's steps differ from their median by less than this, most of them

export function findTime(sample: TableSample, wanted: number | string | undefined): TimeFinding {
  const kinds = Array.from({ length: sample.columnCount }, (_, column) => columnKind(sample, column))
  const words = kinds.flatMap((kind, column) => (kind === 'text' ? [{ column, why: 'words' as const }] : []))
  const dates = kinds.flatMap((kind, column) => (kind === 'date' ? [{ column, why: 'date' as const }] : []))
  const leftOut = [...words, ...dates]
  if (wanted !== undefined) return { ...givenTime(sample, kinds, wanted), leftOut }
  const counters = kinds.flatMap((kind, column) =>
    kind === 'number' && isCounter(sample, column) ? [{ column, why: 'counter' as const }] : [],
  )
  const isFree = (column: number): boolean => !counters.some((counter) => counter.column === column)
  const found = guessTime(sample, kinds, isFree)
  return { ...found, leftOut: [...leftOut, ...counters] }
}

function guessTime(
  sample: TableSample,
  kinds: readonly CellKind[],
  isFree: (column: number) => boolean,
): { readonly source: TimeSource | undefined; readonly reason: string } {
  const stamp = kinds.findIndex((kind) => kind === 'clock' || kind === 'date-time')
  if (stamp >= 0) return { source: { kind: 'timestamp', column: stamp }, reason: 'its cells are times of day' }
  const parts = clockPartsColumn(sample, kinds)
  if (parts !== undefined) {
    const reason = 'four whole-number columns that count like hour, minute, second, microsecond'
    return { source: { kind: 'clock-parts', column: parts }, reason }
  }
  for (let column = 0; column < sample.columnCount; column++) {
    if (kinds[column] !== 'number' || !isFree(column) || !isNamedTime(sample, column)) continue
    if (rises(sample, column)) return { source: numberSource(sample, column), reason: 'its name, and it rises' }
  }
  const isNamed = (sample.titles?.[0]?.name ?? '') !== ''
  if (sample.columnCount > 1 && kinds[0] === 'number' && isFree(0) && !isNamed && isSteady(sample, 0)) {
    return { source: numberSource(sample, 0), reason: 'first column, rises in equal steps' }
  }
  return { source: undefined, reason: 'no column looks like a time' }
}

/** The user's choice: 'none', an index from 0, or a name. */
function givenTime(
  sample: TableSample,
  kinds: readonly CellKind[],
  wanted: number | string,
): { readonly source: TimeSource | undefined; readonly reason: string } {
  const reason = 'given'
  if (wanted === 'none') return { source: undefined, reason }
  const column = columnIndex(sample, wanted)
  if (kinds[column] === 'clock' || kinds[column] === 'date-time')
    return { source: { kind: 'timestamp', column }, reason }
  if (clockPartsColumn(sample, kinds) === column) return { source: { kind: 'clock-parts', column }, reason }
  if (kinds[column] !== 'number') {
    throw new AnalyzerError(
      'bad-request',
      `Column ${column} holds "${sample.rows[0]?.[column] ?? ''}", which is no time; --time-column expects a column of numbers or times.`,
      { column },
    )
  }
  return { source: numberSource(sample, column), reason }
}

function columnIndex(sample: TableSample, wanted: number | string): number {
  const byName = sample.titles?.findIndex(({ name }) => name.toLowerCase() === String(wanted).toLowerCase()) ?? -1
  const column = typeof wanted === 'string' && byName >= 0 ? byName : Number(wanted === '' ? Number.NaN : wanted)
  if (Number.isInteger(column) && column >= 0 && column < sample.columnCount) return column
  const names = sample.titles?.map(({ name }) => `"${name}"`).join(', ')
  throw new AnalyzerError(
    'bad-request',
    `There is no column ${JSON.stringify(wanted)}; --time-column expects none, an index from 0 to ${sample.columnCount - 1}${
      names === undefined || names.length > 200 ? '' : ` or one of ${names}`
    }.`,
    { timeColumn: wanted, columnCount: sample.columnCount },
  )
}

/** What most filled cells of the column are. */
function columnKind(sample: TableSample, column: number): CellKind {
  const counts = new Map<CellKind, number>()
  for (const cells of sample.rows) {
    const kind = cellKind(cells[column] ?? '', sample.decimal)
    if (kind !== 'blank') counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const [kind] = [...counts].reduce<[CellKind, number]>(
    (best, next) => (next[1] > best[1] ? next : best),
    ['number', 0],
  )
  return kind
}

function numbersOf(sample: TableSample, column: number): number[] {
  return sample.rows.map((cells) => cellNumber(cells[column] ?? '', sample.decimal))
}

function stepsOf(sample: TableSample, column: number): number[] {
  const numbers = numbersOf(sample, column)
  return numbers.slice(1).map((value, i) => value - numbers[i])
}

/** 0, 1, 2 … or 1, 2, 3 …: a counter, unless the file calls it a time. */
function isCounter(sample: TableSample, column: number): boolean {
  const title = sample.titles?.[column]
  const isNamed = title !== undefined && title.name !== ''
  if (isNamed && (!counterName.test(title.name.trim()) || title.unitWords !== undefined)) return false
  if (sample.columnCount < 2 || sample.rows.length < 2) return false
  const first = cellNumber(sample.rows[0][column] ?? '', sample.decimal)
  return Number.isInteger(first) && stepsOf(sample, column).every((step) => step === 1)
}

function isNamedTime(sample: TableSample, column: number): boolean {
  const title = sample.titles?.[column]
  if (!title) return false
  const hasTimeUnit = title.unitWords !== undefined && secondsPerUnit(title.unitWords) !== undefined
  return timeName.test(title.name.trim()) || hasTimeUnit || /(^|[\s_])(time|时间|zeit)($|[\s_(])/i.test(title.name)
}

/** Rows are in the order of time, with room for gaps, jumps back and coarse clocks. */
function rises(sample: TableSample, column: number): boolean {
  const steps = stepsOf(sample, column).filter((step) => !Number.isNaN(step))
  const upCount = steps.filter((step) => step > 0).length
  const downCount = steps.filter((step) => step < 0).length
  return steps.length === 0 || (upCount > 0 && downCount <= 0.1 * steps.length)
}

function isSteady(sample: TableSample, column: number): boolean {
  const steps = stepsOf(sample, column).sort((a, b) => a - b)
  if (steps.length < 3) return false
  const median = steps[steps.length >> 1]
  const closeCount = steps.filter((step) => Math.abs(step - median) <= steadyShare * median).length
  return median > 0 && closeCount >= 0.98 * steps.length
}

/** Seconds unless the title says otherwise; bare numbers above 10¹¹ can only be milliseconds since 1970. */
function numberSource(sample: TableSample, column: number): TimeSource {
  const title = sample.titles?.[column]
  const named = title?.unitWords ?? (title && /^(ms|sec|secs|seconds)$/i.test(title.name) ? title.name : undefined)
  const unit = named === undefined ? undefined : secondsPerUnit(named)
  const first = numbersOf(sample, column)[0]
  return { kind: 'number', column, secondsPerUnit: unit ?? (first > 1e11 ? 1e-3 : 1) }
}

/** hour 0–23, minute and second 0–59, microsecond 0–999999, all whole, the last one moving: as in FEMTO's PRONOSTIA files. */
function clockPartsColumn(sample: TableSample, kinds: readonly CellKind[]): number | undefined {
  if (sample.rows.length < 3) return undefined
  for (let column = 0; column + 4 < sample.columnCount; column++) {
    if (kinds.slice(column, column + 4).some((kind) => kind !== 'number')) continue
    const [hours, minutes, seconds, micros] = [0, 1, 2, 3].map((offset) => numbersOf(sample, column + offset))
    const isWithin = (values: readonly number[], end: number): boolean =>
      values.every((value) => Number.isInteger(value) && value >= 0 && value < end)
    if (!isWithin(hours, 24) || !isWithin(minutes, 60) || !isWithin(seconds, 60) || !isWithin(micros, 1e6)) continue
    const times = hours.map((hour, i) => hour * 3600 + minutes[i] * 60 + seconds[i] + micros[i] * 1e-6)
    const isRising = times.every((time, i) => i === 0 || time > times[i - 1] || times[i - 1] - time > 80_000)
    if (isRising && micros[0] !== micros[1] && Math.max(...micros) > 59) return column
  }
  return undefined
}
