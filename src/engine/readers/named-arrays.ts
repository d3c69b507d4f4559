import { createArrayChannel } from './array-channel'
import type { ItemReader } from './packed-items'
import type { Channel, Guess, Notice } from './recording'

/** A vector or matrix under its name, as MATLAB and NumPy files keep them. */
export interface NamedArray {
  /** For people and for --variables: `bearing.gs`, `cells{2}`, `x`. */
  readonly path: string
  readonly rowCount: number
  readonly columnCount: number
  /** items */
  readonly rowStride: number
  /** items */
  readonly columnStride: number
  /** May hold fewer items than rows × columns where the file is cut off. */
  readonly items: ItemReader
}

export interface ArrayChannels {
  readonly channels: readonly Channel[]
  readonly guesses: readonly Guess[]
  readonly notices: readonly Notice[]
}

/** More signals side by side than any recorder has: then it is a picture or a table of features. */
export const mostChannels = 1024

/**
 * The longer axis is time (rows where both are equal). One channel a signal; `nameOf(index, count)` names them.
 * Channels that are cut off keep the samples that are there; those of which nothing is there are left out.
 */
export function channelsOfArray(
  array: NamedArray,
  sampleRateHz: number | undefined,
  nameOf: (index: number, count: number) => string,
): ArrayChannels {
  const isTimeInRows = array.rowCount >= array.columnCount
  const [sampleCount, stride] = isTimeInRows
    ? [array.rowCount, array.rowStride]
    : [array.columnCount, array.columnStride]
  const [count, channelStride] = isTimeInRows
    ? [array.columnCount, array.columnStride]
    : [array.rowCount, array.rowStride]
  const channels: Channel[] = []
  for (let index = 0; index < count; index++) {
    const channel = createArrayChannel({
      name: nameOf(index, count),
      unit: undefined,
      sampleRateHz,
      items: array.items,
      first: index * channelStride,
      stride,
      sampleCount,
      bias: 0,
      scale: 1,
    })
    if (channel.sampleCount > 0) channels.push(channel)
  }
  return { channels, guesses: count > 1 ? [axisGuess(array, isTimeInRows)] : [], notices: truncationNotices(array) }
}

export function isVector(array: NamedArray): boolean {
  return Math.min(array.rowCount, array.columnCount) === 1
}

export function isScalar(array: NamedArray): boolean {
  return array.rowCount === 1 && array.columnCount === 1 && array.items.itemCount === 1
}

function axisGuess(array: NamedArray, isTimeInRows: boolean): Guess {
  const { path, rowCount, columnCount } = array
  return {
    what: `axis of time in "${path}"`,
    value: isTimeInRows ? 'rows' : 'columns',
    reason: `${rowCount} × ${columnCount}: ${rowCount === columnCount ? 'equal, so rows' : 'the longer axis'}`,
  }
}

function truncationNotices(array: NamedArray): readonly Notice[] {
  const promised = array.rowCount * array.columnCount
  const there = array.items.itemCount
  if (there >= promised) return []
  const message = `The header of "${array.path}" promises ${promised} values, but only ${there} are there; these are read.`
  return [{ code: 'truncated-data', message }]
}
