import type { BearingForm } from '../../shared/diagnosis/bearing'
import { AnalyzerError } from '../../shared/errors'
import { bearingEntrySchema } from './bearing-catalogue'
import { checkGeometry } from './kinematics'

/** Column → names that a header may give it (letters and digits only, lower case). */
const columnNames = {
  designation: ['designation', 'name', 'bearing', 'type', '型号', '轴承型号'],
  maker: ['maker', 'manufacturer', 'brand', '制造商', '厂家', '品牌'],
  source: ['source', 'note', '来源', '备注'],
  count: [
    'n',
    'z',
    'rollingelements',
    'rollingelementcount',
    'elements',
    'balls',
    'numberofballs',
    '滚动体数',
    '滚子数',
  ],
  ball: ['d', 'balldiameter', 'balldiametermm', 'dmm', 'rollerdiameter', '滚动体直径', '滚动体直径mm'],
  pitch: ['pitchdiameter', 'pitchdiametermm', 'pitch', 'pd', '节径', '节圆直径', '节圆直径mm'],
  angle: ['angle', 'contactangle', 'contactangledegrees', '接触角'],
} as const
type Column = keyof typeof columnNames

const mostRows = 20_000

/**
 * Bearings of a table: a header with designation, maker and n, and either none or both of the diameters in mm (d and D,
 * or ball and pitch diameter); contact angle and source may be left out. Comma, semicolon or tab; decimal comma where
 * the comma does not separate.
 * @throws AnalyzerError bad-request with the line that is wrong; nothing is taken then
 */
export function parseBearingCsv(text: string): readonly BearingForm[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
  const [header, ...rows] = lines
  if (header === undefined || rows.length === 0) {
    throw new AnalyzerError('bad-request', 'The table has no rows; it needs a header and a row for each bearing.')
  }
  if (rows.length > mostRows) {
    throw new AnalyzerError('bad-request', `The table has ${rows.length} rows; up to ${mostRows} are read.`)
  }
  const delimiter = ['\t', ';', ','].find((mark) => header.line.includes(mark)) ?? ','
  const columns = findColumns(cellsOf(header.line, delimiter))
  return rows.map(({ line, number }) => formOf(cellsOf(line, delimiter), columns, number, delimiter))
}

function findColumns(names: readonly string[]): ReadonlyMap<Column, number> {
  const found = new Map<Column, number>()
  names.forEach((name, index) => {
    const column = columnOf(name.trim())
    if (column !== undefined && !found.has(column)) found.set(column, index)
  })
  for (const needed of ['designation', 'maker', 'count'] as const) {
    if (found.has(needed)) continue
    throw new AnalyzerError(
      'bad-request',
      `The table has no column "${needed === 'count' ? 'n' : needed}"; it needs designation, maker, n and, where known, d, D and angle.`,
    )
  }
  return found
}

/** "d" is the ball's diameter and "D" the pitch circle's: the one place where case tells. */
function columnOf(name: string): Column | undefined {
  if (/^D(\b|_|$)/.test(name)) return 'pitch'
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return (Object.keys(columnNames) as Column[]).find((column) =>
    (columnNames[column] as readonly string[]).includes(plain),
  )
}

function formOf(
  cells: readonly string[],
  columns: ReadonlyMap<Column, number>,
  line: number,
  delimiter: string,
): BearingForm {
  const text = (column: Column): string => cells[columns.get(column) ?? -1]?.trim() ?? ''
  const number = (column: Column): number | undefined => {
    if (text(column) === '') return undefined
    const value = Number(delimiter === ',' ? text(column) : text(column).replace(',', '.'))
    if (Number.isFinite(value)) return value
    throw wrong(line, `"${text(column)}" is not a number`)
  }
  const [rollingElementCount, ballDiameterMm, pitchDiameterMm] = [number('count'), number('ball'), number('pitch')]
  if (rollingElementCount === undefined) throw wrong(line, 'the number of rolling elements is missing')
  if ((ballDiameterMm === undefined) !== (pitchDiameterMm === undefined)) {
    throw wrong(line, 'one of the two diameters is missing')
  }
  const geometry =
    ballDiameterMm === undefined || pitchDiameterMm === undefined
      ? { rollingElementCount }
      : { rollingElementCount, ballDiameterMm, pitchDiameterMm, contactAngleDegrees: number('angle') ?? 0 }
  const form = {
    designation: text('designation'),
    maker: text('maker'),
    source: text('source') || 'imported table',
    geometry,
  }
  if (!bearingEntrySchema.omit({ id: true }).safeParse(form).success) {
    throw wrong(line, 'designation and maker must be words, and n a whole number')
  }
  try {
    checkGeometry(geometry)
  } catch (error) {
    throw error instanceof AnalyzerError ? wrong(line, error.message.replace(/\.$/, '')) : error
  }
  return form
}

function wrong(line: number, reason: string): AnalyzerError {
  return new AnalyzerError('bad-request', `Line ${line} of the table: ${reason}; no bearing was taken.`, { line })
}

/** Cells of a line; quoted ones may hold the delimiter, and "" for a quote. */
function cellsOf(line: string, delimiter: string): readonly string[] {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let i = 0; i < line.length; i++) {
    const character = line[i]
    if (isQuoted && character === '"' && line[i + 1] === '"') {
      cell += '"'
      i += 1
    } else if (character === '"') isQuoted = !isQuoted
    else if (character === delimiter && !isQuoted) {
      cells.push(cell)
      cell = ''
    } else cell += character
  }
  return [...cells, cell]
}
