import type { TableScan } from './csv-table'
import type { TimeBreak } from './csv-timing'
import type { Notice } from './recording'
import type { TextLayout } from './text-layout'

/** What was odd in the rows, one sentence a kind with its count and first place. */
export function describeScan(layout: TextLayout, scan: TableScan, sampleRateHz: number | undefined): readonly Notice[] {
  const { issues } = scan
  const notices: Notice[] = []
  const nameOf = (column: number): string => layout.columns[column].name
  if (layout.firstRowExtras.length > 0) {
    const words = layout.firstRowExtras.slice(0, 8).join(', ')
    const message = `The first row has ${layout.firstRowExtras.length} more fields than the others (${words}); they are left out.`
    notices.push({ code: 'first-row-extras', message })
  }
  if (issues.firstBlank) {
    const { row, column } = issues.firstBlank
    const message = `${plural(issues.blankCount, 'field is', 'fields are')} empty and read as NaN, the first in row ${row + 1}, column "${nameOf(column)}".`
    notices.push({ code: 'blank-fields', message, ...place(row, sampleRateHz) })
  }
  if (issues.firstBad) {
    const { line, column, text } = issues.firstBad
    const message = `${plural(issues.badCount, 'field is', 'fields are')} no number and read as NaN, the first "${text}" in line ${line}, column "${nameOf(column)}".`
    notices.push({ code: 'bad-fields', message })
  }
  if (issues.infiniteCount > 0) {
    const message = `${plural(issues.infiniteCount, 'field is', 'fields are')} infinite or too large and read as NaN.`
    notices.push({ code: 'infinite-fields', message })
  }
  return [...notices, ...describeShape(layout, scan)]
}

function describeShape(layout: TextLayout, scan: TableScan): readonly Notice[] {
  const { issues } = scan
  const notices: Notice[] = []
  const width = layout.columns.length
  if (issues.shortCount > 0 && issues.firstShort) {
    const { line, fieldCount } = issues.firstShort
    const message = `${plural(issues.shortCount, 'row has', 'rows have')} fewer than ${width} fields, the first in line ${line} with ${fieldCount}; the missing ones are NaN.`
    notices.push({ code: 'short-rows', message })
  }
  const known = layout.firstRowExtras.length > 0 ? 1 : 0
  if (issues.longCount > known && issues.firstLong) {
    const { line, fieldCount } = issues.firstLong
    const message = `${plural(issues.longCount, 'row has', 'rows have')} more than ${width} fields, the first in line ${line} with ${fieldCount}; the others are left out.`
    notices.push({ code: 'long-rows', message })
  }
  if (scan.hasCutRow) notices.push({ code: 'cut-last-row', message: 'The last line is cut off and is left out.' })
  if (scan.zeroTailLength > 0) {
    const message = `The last ${scan.zeroTailLength} characters of the file, from row ${scan.rowCount + 1} on, start with zero bytes and are left out.`
    notices.push({ code: 'zero-tail', message })
  }
  return notices
}

/** Jitter, gaps and jumps of the time column. */
export function describeTimeScan(
  layout: TextLayout,
  scan: TableScan,
  sampleRateHz: number | undefined,
): readonly Notice[] {
  const { time } = scan
  if (!time || !layout.time) return []
  const { name } = layout.columns[layout.time.column]
  const notices: Notice[] = []
  if (time.sampleRateHz === undefined) {
    notices.push({
      code: 'time-not-rising',
      message: `Time column "${name}" does not rise, so it gives no sample rate.`,
    })
  } else if (time.isCoarse) {
    const message = `Time column "${name}" ticks more slowly than the samples come; the rate is that of the whole recording.`
    notices.push({ code: 'time-coarse', message })
  } else if (time.jitterSeconds > 0.01 * time.stepSeconds) {
    const share = ((100 * time.jitterSeconds) / time.stepSeconds).toPrecision(2)
    const message = `The instants of time column "${name}" scatter by ${micro(time.jitterSeconds)} RMS about even steps of ${micro(time.stepSeconds)} (${share} %; median step ${micro(time.medianStepSeconds)}): rounded in the file, or sampled unevenly.`
    notices.push({ code: 'time-jitter', message })
  }
  if (time.missingCount > 0) {
    notices.push({ code: 'time-missing', message: `${plural(time.missingCount, 'row has', 'rows have')} no time.` })
  }
  const gapText = ({ row, seconds }: TimeBreak): string => `The time leaps by ${tidy(seconds)} s before row ${row + 1}.`
  const backText = ({ row, seconds }: TimeBreak): string =>
    `The time jumps back by ${tidy(-seconds)} s before row ${row + 1}.`
  notices.push(...listBreaks('time-gap', time.gaps, time.gapCount, gapText, sampleRateHz))
  notices.push(...listBreaks('time-backwards', time.backwards, time.backwardCount, backText, sampleRateHz))
  return notices
}

function listBreaks(
  code: string,
  breaks: readonly TimeBreak[],
  count: number,
  describe: (place: TimeBreak) => string,
  sampleRateHz: number | undefined,
): readonly Notice[] {
  const notices = breaks.map((found) => ({ code, message: describe(found), ...place(found.row, sampleRateHz) }))
  const rest = count - breaks.length
  if (rest > 0) notices.push({ code, message: `The time column has ${rest} more such places.` })
  return notices
}

function place(row: number, sampleRateHz: number | undefined): { readonly startSeconds?: number } {
  return sampleRateHz === undefined ? {} : { startSeconds: row / sampleRateHz }
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

function tidy(value: number): string {
  return String(Number(value.toPrecision(4)))
}

function micro(seconds: number): string {
  return seconds < 1e-3 ? `${tidy(seconds * 1e6)} µs` : `${tidy(seconds * 1e3)} ms`
}
