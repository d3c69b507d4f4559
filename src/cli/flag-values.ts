import { AnalyzerError } from '../shared/errors'
import type { RequestInput } from '../shared/contract/requests'
import { backendNames } from '../shared/analysis'
import type { BackendName } from '../shared/analysis'
import type { Locale } from '../shared/locales/translate'
import { locales } from '../shared/locales/translate'

/** Flags are text; these make values of them or say in one sentence what was expected. */

export type ReadInput = RequestInput<'recording.inspect'>['read']
export type ChannelInput = RequestInput<'spectrum.get'>['channel']

export interface ReadFlags {
  readonly sampleRate?: string
  readonly unit?: string
  readonly rpm?: string
  readonly delimiter?: string
  readonly decimal?: string
  readonly encoding?: string
  readonly headerLines?: string
  readonly timeColumn?: string
  readonly variable?: readonly string[]
}

export function readOptionsOf(flags: ReadFlags): ReadInput {
  const text = {
    delimiter: flags.delimiter === undefined ? undefined : delimiterOf(flags.delimiter),
    decimal: flags.decimal === undefined ? undefined : oneOf('--decimal', flags.decimal, ['.', ','] as const),
    encoding: flags.encoding,
    headerLines: flags.headerLines === undefined ? undefined : wholeNumber('--header-lines', flags.headerLines, 0),
    timeColumn: flags.timeColumn === undefined ? undefined : timeColumnOf(flags.timeColumn),
  }
  return {
    sampleRateHz: flags.sampleRate === undefined ? undefined : positiveNumber('--sample-rate', flags.sampleRate, 'Hz'),
    unit: flags.unit,
    shaftSpeedRpm: flags.rpm === undefined ? undefined : positiveNumber('--rpm', flags.rpm, 'revolutions a minute'),
    variables: flags.variable === undefined || flags.variable.length === 0 ? undefined : [...flags.variable],
    text: Object.values(text).some((value) => value !== undefined) ? text : undefined,
  }
}

export function positiveNumber(flag: string, text: string, unit: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new AnalyzerError('bad-request', `${flag} expects a positive number of ${unit}; got "${text}".`)
  }
  return value
}

export function wholeNumber(flag: string, text: string, least: number): number {
  const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN
  if (!(value >= least)) {
    throw new AnalyzerError('bad-request', `${flag} expects a whole number from ${least} on; got "${text}".`)
  }
  return value
}

export function channelOf(text: string | undefined): ChannelInput {
  if (text === undefined || !/^\d+$/.test(text)) return text
  // counted from 1 as `inspect` lists them; the contract counts from 0
  return wholeNumber('--channel', text, 1) - 1
}

/** A name, 'none', or an index from 0 as `inspect` says it. */
function timeColumnOf(text: string): number | string {
  return /^\d+$/.test(text) ? wholeNumber('--time-column', text, 0) : text
}

const namedDelimiters: Readonly<Record<string, string>> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  space: ' ',
  pipe: '|',
}

function delimiterOf(text: string): string {
  return Object.hasOwn(namedDelimiters, text) ? namedDelimiters[text] : text
}

export function backendOf(text: string | undefined): BackendName | undefined {
  return text === undefined ? undefined : oneOf('--backend', text, backendNames)
}

export function localeOf(text: string | undefined): Locale {
  return text === undefined ? 'en' : oneOf('--lang', text, locales)
}

/** 'LO-HI' in Hz */
export function bandOf(flag: string, text: string): [number, number] {
  const match = /^\s*([\d.]+(?:e\d+)?)\s*-\s*([\d.]+(?:e\d+)?)\s*$/i.exec(text)
  const low = Number(match?.[1])
  const high = Number(match?.[2])
  if (!(low > 0 && high > low)) {
    throw new AnalyzerError('bad-request', `${flag} expects a band LO-HI in Hz such as 2000-5000; got "${text}".`)
  }
  return [low, high]
}

export function oneOf<T extends string>(flag: string, text: string, known: readonly T[]): T {
  const found = known.find((each) => each === text)
  if (found === undefined) {
    throw new AnalyzerError('bad-request', `${flag} expects one of ${known.join(', ')}; got "${text}".`)
  }
  return found
}
