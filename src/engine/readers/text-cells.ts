export type Decimal = '.' | ','

/** 'number' also means NaN and Inf; 'clock' hh:mm:ss(.f); 'date' a day; 'date-time' both. */
export type CellKind = 'blank' | 'number' | 'clock' | 'date' | 'date-time' | 'text'

const pointNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/
const commaNumber = /^[+-]?(\d+,?\d*|,\d+)([eEdD][+-]?\d+)?$/
const notFinite = /^[+-]?(nan|inf|infinity|null|na|n\/a|#n\/a|1\.#qnan|1\.#ind|1\.#inf|-)$/i
const clock = /^\d{1,2}:\d{2}(:\d{2}([.,:]\d*)?)?( ?[ap]m)?$/i
const date = /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})$/
const dateTime =
  /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})[T ]+\d{1,2}:\d{2}(:\d{2}([.,:]\d*)?)?( ?[ap]m)?(Z|[+-]\d{2}:?\d{2})?$/i

export function cellKind(cell: string, decimal: Decimal): CellKind {
  if (cell === '') return 'blank'
  if ((decimal === '.' ? pointNumber : commaNumber).test(cell) || notFinite.test(cell)) return 'number'
  if (clock.test(cell)) return 'clock'
  if (date.test(cell)) return 'date'
  return dateTime.test(cell) ? 'date-time' : 'text'
}

/** NaN for everything that is no finite number. */
export function cellNumber(cell: string, decimal: Decimal): number {
  if (!(decimal === '.' ? pointNumber : commaNumber).test(cell)) return Number.NaN
  return Number(cell.replace(',', '.').replace(/[dD]/, 'e'))
}
