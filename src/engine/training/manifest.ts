import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { AnalyzerError } from '../../shared/errors'

/** One recording of a dataset. */
export interface ManifestEntry {
  /** line in the manifest, counted from 1 with the header */
  readonly row: number
  /** as written in the manifest */
  readonly path: string
  /** absolute */
  readonly filePath: string
  readonly machine: string
  readonly bearing: string
  readonly operatingPoint: string
  readonly label: 1 | -1
  /** 'none' or the kind of the bearing fault */
  readonly bearingFault: string
  /** 'none' or what else is wrong (imbalance, misalignment …) */
  readonly otherFault: string
  readonly sampleRateHz: number | undefined
  readonly shaftSpeedRpm: number | undefined
  /** undefined = not stated, then it is computed from the file where needed */
  readonly sha256: string | undefined
}

export interface Manifest {
  readonly path: string
  readonly sha256: string
  readonly entries: readonly ManifestEntry[]
}

const required = ['path', 'machine', 'bearing', 'label'] as const

/**
 * Reads a dataset manifest: CSV with a header; `path` (relative to the manifest's folder), `machine`, `bearing` and
 * `label` (+1 bearing fault, −1 none) are needed, further columns are used where known and ignored otherwise.
 * @throws AnalyzerError unreadable-file; bad-request, naming the row, for anything that cannot be split by group
 */
export async function readManifest(manifestPath: string): Promise<Manifest> {
  let bytes: Buffer
  try {
    bytes = await readFile(manifestPath)
  } catch (cause) {
    throw new AnalyzerError('unreadable-file', `The manifest "${manifestPath}" cannot be read.`, {}, { cause })
  }
  const entries = parseManifest(bytes.toString('utf8'), dirname(resolve(manifestPath)))
  return { path: manifestPath, sha256: createHash('sha256').update(bytes).digest('hex'), entries }
}

/** `folder`: where relative paths start. */
export function parseManifest(text: string, folder: string): ManifestEntry[] {
  const rows = parseCsv(text)
  const header = (rows[0]?.cells ?? []).map((name) => name.trim())
  const missing = required.filter((name) => !header.includes(name))
  if (missing.length > 0) {
    throw new AnalyzerError(
      'bad-request',
      `The manifest has no column ${missing.join(', ')}; path, machine, bearing and label are needed, because ` +
        'recordings are split by machine and bearing only.',
    )
  }
  const entries = rows.slice(1).map(({ row, cells }) => entryOf(row, header, cells, folder))
  if (entries.length === 0) throw new AnalyzerError('bad-request', 'The manifest lists no recordings.')
  refuseTwice(entries)
  return entries
}

function entryOf(row: number, header: readonly string[], cells: readonly string[], folder: string): ManifestEntry {
  if (cells.length !== header.length) {
    throw badRow(row, `has ${cells.length} cells; the header has ${header.length}`)
  }
  const cell = (name: string) => {
    const index = header.indexOf(name)
    return index < 0 ? '' : cells[index].trim()
  }
  for (const name of required) {
    if (cell(name) === '') throw badRow(row, `has no ${name}`)
  }
  const label = Number(cell('label'))
  if (label !== 1 && label !== -1) throw badRow(row, `has the label "${cell('label')}"; +1 or -1 is expected`)
  return {
    row,
    path: cell('path'),
    filePath: resolve(folder, cell('path')),
    machine: cell('machine'),
    bearing: cell('bearing'),
    operatingPoint: cell('operating_point'),
    label,
    bearingFault: cell('bearing_fault') || (label === 1 ? 'unknown' : 'none'),
    otherFault: cell('other_fault') || 'none',
    sampleRateHz: positiveNumber(row, 'sample_rate_hz', cell('sample_rate_hz')),
    shaftSpeedRpm: positiveNumber(row, 'shaft_speed_rpm', cell('shaft_speed_rpm')),
    sha256: cell('sha256') || undefined,
  }
}

function positiveNumber(row: number, name: string, text: string): number | undefined {
  if (text === '') return undefined
  const value = Number(text)
  if (!(value > 0) || !Number.isFinite(value)) throw badRow(row, `has ${name} "${text}"; a positive number is expected`)
  return value
}

function refuseTwice(entries: readonly ManifestEntry[]): void {
  const seen = new Map<string, number>()
  for (const { row, filePath, path } of entries) {
    const earlier = seen.get(filePath)
    if (earlier !== undefined) throw badRow(row, `lists "${path}" again (first in row ${earlier})`)
    seen.set(filePath, row)
  }
}

function badRow(row: number, what: string): AnalyzerError {
  return new AnalyzerError('bad-request', `Row ${row} of the manifest ${what}.`, { row })
}

interface CsvRow {
  readonly row: number
  readonly cells: readonly string[]
}

/** RFC 4180: commas, double quotes doubled inside quotes, LF or CRLF; blank lines are passed over. */
function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  let row = 1
  let line = 1
  const endRow = () => {
    cells.push(cell)
    if (cells.length > 1 || cells[0].trim() !== '') rows.push({ row, cells })
    cells = []
    cell = ''
    row = line
  }
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  for (let i = 0; i < body.length; i++) {
    const letter = body[i]
    if (letter === '\n') line += 1
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (body[i + 1] === '"') {
        cell += '"'
        i += 1
      } else isQuoted = false
    } else if (letter === '"') isQuoted = true
    else if (letter === ',') {
      cells.push(cell)
      cell = ''
    } else if (letter === '\n') endRow()
    else if (letter !== '\r') cell += letter
  }
  if (isQuoted) throw badRow(row, 'opens a quote that is never closed')
  endRow()
  return rows
}
