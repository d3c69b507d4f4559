import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import type { ReportFormat } from '../shared/contract/report-requests'
import { reportFormats } from '../shared/contract/report-requests'
import type { RequestInput } from '../shared/contract/requests'
import { AnalyzerError } from '../shared/errors'
import type { Locale } from '../shared/locales/translate'
import { papers } from '../shared/report/document'
import type { AnalystWords } from '../shared/report/inputs'
import { analystWordsSchema, dateSchema } from '../shared/report/inputs'
import { oneOf } from './flag-values'
import type { CliIo } from './io'

export interface ReportFlags {
  readonly template?: string
  readonly words?: string
  readonly paper?: string
  readonly reportDate?: string
}

export interface ReportOrder extends Omit<RequestInput<'report.create'>, 'jobIds'> {
  readonly out: string
}

/** Checked before anything is analysed: a typing error must not cost an hour. */
export async function reportOrderOf(out: string, flags: ReportFlags, locale: Locale, io: CliIo): Promise<ReportOrder> {
  const { template, words, paper } = flags
  const order = {
    out,
    format: formatOf(out),
    locale,
    date: dateOf(flags.reportDate),
    paper: paper === undefined ? undefined : oneOf('--paper', paper, papers),
    words: words === undefined ? undefined : await wordsOf(resolve(io.workingFolder, words), words),
  }
  if (template === undefined) return order
  const client = await io.client()
  const file = resolve(io.workingFolder, template)
  return { ...order, template: await client.request('report.template', { file }, io.signal) }
}

export function formatOf(out: string): ReportFormat {
  const extension = extname(out).slice(1).toLowerCase()
  const found = reportFormats.find((format) => format === extension)
  if (found !== undefined) return found
  const known = reportFormats.map((format) => `.${format}`).join(', ')
  throw new AnalyzerError('bad-request', `--report expects a file that ends in one of ${known}; got "${out}".`)
}

/** Today by the clock of the machine, where nobody says otherwise. */
function dateOf(text: string | undefined): string {
  if (text !== undefined) {
    if (dateSchema.safeParse(text).success) return text
    throw new AnalyzerError('bad-request', `--report-date expects a date such as 2026-11-24; got "${text}".`)
  }
  const now = new Date()
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

async function wordsOf(path: string, name: string): Promise<AnalystWords> {
  let raw: unknown
  try {
    raw = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new AnalyzerError('unreadable-file', `--words "${name}" cannot be read as JSON.`, {}, { cause })
  }
  const parsed = analystWordsSchema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place = issue.path.join('.') || 'the file'
  throw new AnalyzerError('bad-request', `--words "${name}" is not valid at ${place}: ${issue.message}.`)
}
