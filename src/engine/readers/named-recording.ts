import { AnalyzerError } from '../../shared/errors'
import { channelsOfArray, isScalar, mostChannels, type ArrayChannels, type NamedArray } from './named-arrays'
import { findRates, findSpeed, isTimeVector, rateGuess, readScalars, type NamedScalar } from './named-scalars'
import type { ByteSource, Notice, ReadOptions, Recording } from './recording'

/** What a file of named variables holds, flattened to paths. */
export interface NamedContent {
  readonly arrays: readonly NamedArray[]
  /** path → text */
  readonly texts: ReadonlyMap<string, string>
  readonly notices: readonly Notice[]
}

/** Shorter vectors are parameters, not signals, unless the file has nothing longer or the user names them. */
const leastSamples = 64
const mostProperties = 64
const longestProperty = 200

/**
 * Channels, sample rate and shaft speed out of named variables. All that is recognised by name is listed as a guess.
 * Errors: bad-request for names that aren't there, unreadable-file when there is no signal.
 */
export async function createNamedRecording(
  source: ByteSource,
  format: string,
  content: NamedContent,
  options: ReadOptions,
  close: () => Promise<void>,
): Promise<Recording> {
  const scalars = await readScalars(content.arrays)
  const rates = await findRates(scalars, content.arrays)
  const speed = findSpeed(scalars)
  const chosen = chooseArrays(source.name, content, options.variables)
  const used = new Set(chosen.arrays.map(({ path }) => rates.rateOf(path)).filter((fact) => fact !== undefined))
  const parts = chosen.arrays.map((array) => channelsOf(array, rates.rateOf(array.path)?.sampleRateHz))
  const channels = parts.flatMap((part) => part.channels)
  if (channels.length === 0) throw noSignal(source.name, content)
  return {
    id: source.name,
    name: source.name,
    format,
    sizeBytes: source.size,
    channels,
    metadata: { shaftSpeedRpm: speed.shaftSpeedRpm, properties: propertiesOf(scalars, content.texts) },
    notices: [
      ...content.notices,
      ...chosen.notices,
      ...parts.flatMap((part) => part.notices),
      ...rates.notices,
      ...speed.notices,
    ],
    guesses: [...[...used].map(rateGuess), ...speed.guesses, ...parts.flatMap((part) => part.guesses)],
    close,
  }
}

/** A vector is named by its path, a matrix' signals by MATLAB's 1-based index. */
function channelsOf(array: NamedArray, sampleRateHz: number | undefined): ArrayChannels {
  return channelsOfArray(array, sampleRateHz, (index, count) =>
    count === 1 ? array.path : `${array.path}(${index + 1})`,
  )
}

interface Choice {
  readonly arrays: readonly NamedArray[]
  readonly notices: readonly Notice[]
}

function chooseArrays(name: string, content: NamedContent, wanted: readonly string[] | undefined): Choice {
  const candidates = content.arrays.filter(
    (array) => !isScalar(array) && Math.min(array.rowCount, array.columnCount) > 0,
  )
  if (wanted !== undefined && wanted.length > 0) return chooseWanted(name, candidates, wanted)
  const { narrow, notices } = leaveTablesOut(candidates)
  const signals = narrow.filter((array) => !isTimeVector(array))
  const long = signals.filter((array) => sampleCountOf(array) >= leastSamples)
  if (long.length > 0) return { arrays: long, notices }
  const message = `No variable has ${leastSamples} samples or more; the shorter ones are read.`
  return {
    arrays: signals,
    notices: signals.length === 0 ? notices : [...notices, { code: 'short-variables', message }],
  }
}

function chooseWanted(name: string, candidates: readonly NamedArray[], wanted: readonly string[]): Choice {
  const arrays: NamedArray[] = []
  for (const path of wanted) {
    const matches = candidates.filter((array) => array.path === path || isBelow(array.path, path))
    if (matches.length === 0) throw unknownVariable(name, path, candidates)
    for (const array of matches) {
      if (Math.min(array.rowCount, array.columnCount) > mostChannels) throw notSignals(array)
      if (!arrays.includes(array)) arrays.push(array)
    }
  }
  return { arrays, notices: [] }
}

/** `bearing` names all that is in it. */
function isBelow(path: string, parent: string): boolean {
  return path.startsWith(parent) && ['.', '(', '{'].includes(path.charAt(parent.length))
}

function leaveTablesOut(candidates: readonly NamedArray[]): {
  readonly narrow: readonly NamedArray[]
  readonly notices: readonly Notice[]
} {
  const isTable = (array: NamedArray): boolean => Math.min(array.rowCount, array.columnCount) > mostChannels
  const notices = candidates
    .filter(isTable)
    .map((array) => ({ code: 'skipped-variable', message: notSignals(array).message }))
  return { narrow: candidates.filter((array) => !isTable(array)), notices }
}

function sampleCountOf(array: NamedArray): number {
  return Math.max(array.rowCount, array.columnCount)
}

function propertiesOf(
  scalars: readonly NamedScalar[],
  texts: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const entries: (readonly [string, string])[] = [
    ...scalars.map(({ path, value }) => [path, String(value)] as const),
    ...[...texts].map(([path, text]) => [path, text.slice(0, longestProperty)] as const),
  ]
  return Object.fromEntries(entries.slice(0, mostProperties))
}

function notSignals(array: NamedArray): AnalyzerError {
  const { path, rowCount, columnCount } = array
  return new AnalyzerError(
    'bad-request',
    `"${path}" is a matrix of ${rowCount} × ${columnCount}; a recording has at most ${mostChannels} channels.`,
    { path, rowCount, columnCount },
  )
}

function unknownVariable(name: string, path: string, candidates: readonly NamedArray[]): AnalyzerError {
  const known = candidates.slice(0, 20).map((array) => array.path)
  const list = known.length === 0 ? 'it holds no numeric vectors' : `it holds ${known.join(', ')}`
  return new AnalyzerError('bad-request', `"${name}" has no numeric variable "${path}": ${list}.`, { name, path })
}

function noSignal(name: string, content: NamedContent): AnalyzerError {
  const reason = content.notices.length === 0 ? '' : ` (${content.notices[0].message.replace(/\.$/, '')})`
  return new AnalyzerError('unreadable-file', `"${name}" holds no numeric vector that could be a signal${reason}.`, {
    name,
  })
}
