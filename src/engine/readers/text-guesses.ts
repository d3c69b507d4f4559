import type { Guess, TextLayoutOptions } from './recording'
import type { TextLayout } from './text-layout'
import type { TimeSource } from './text-time'

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
  ' ': 'spaces',
  '': 'none (one column)',
}

/** Every finding that the user did not give, with the flag that overrides it. */
export function describeLayout(
  layout: Omit<TextLayout, 'guesses'>,
  hasTitles: boolean,
  timeReason: string,
  options: TextLayoutOptions,
): readonly Guess[] {
  const guesses: Guess[] = []
  const add = (what: string, value: string, reason: string, flag: string, given: unknown): void => {
    if (given === undefined) guesses.push({ what, value, reason, flag })
  }
  add('encoding', layout.encoding.label, layout.encoding.reason, '--encoding', options.encoding)
  const most = 'most rows read as numbers this way'
  add('delimiter', delimiterNames[layout.delimiter] ?? layout.delimiter, most, '--delimiter', options.delimiter)
  add('decimal', layout.decimal === '.' ? 'point' : 'comma', most, '--decimal', options.decimal)
  const lines = `${layout.headerLineCount} ${layout.headerLineCount === 1 ? 'line' : 'lines'}`
  add('header lines', lines, 'lines before the first row of numbers', '--header-lines', options.headerLines)
  const time = layout.time ? describeTime(layout.time, layout) : 'none'
  add('time column', time, timeReason, '--time-column', options.timeColumn)
  return [...guesses, ...describeColumns(layout, hasTitles)]
}

function describeTime(time: TimeSource, layout: Omit<TextLayout, 'guesses'>): string {
  const { name } = layout.columns[time.column]
  if (time.kind === 'clock-parts') {
    return `index ${time.column} to ${time.column + 3} (hour, minute, second, microsecond)`
  }
  const unit = time.kind === 'number' ? `, unit ${time.secondsPerUnit} s` : ', times of day'
  return `index ${time.column} (${name}${unit})`
}

function describeColumns(layout: Omit<TextLayout, 'guesses'>, hasTitles: boolean): readonly Guess[] {
  const signals = layout.columns.filter(({ role }) => role === 'signal')
  const list = (words: readonly string[]): string =>
    words.slice(0, 16).join(', ') + (words.length > 16 ? `, … (${words.length})` : '')
  const guesses: Guess[] = [
    {
      what: 'names',
      value: list(signals.map(({ name }) => name)),
      reason: hasTitles ? 'line above the first row' : 'no line of names; columns are counted from 1',
    },
    {
      what: 'unit',
      value: list(signals.map(({ unit }) => unit ?? 'unknown')),
      reason: hasTitles ? 'words in the titles' : 'no line of titles',
      flag: '--unit',
    },
  ]
  const reasons = { counter: 'counts rows', date: 'a date without a time', words: 'holds words' } as const
  layout.columns.forEach(({ name, role }, index) => {
    if (role === 'signal' || role === 'time' || guesses.length > 16) return
    guesses.push({ what: 'left out', value: `index ${index} (${name})`, reason: reasons[role] })
  })
  return guesses
}
