import { resolve } from 'node:path'
import type { Locale } from '../shared/locales/translate'
import { translator } from '../shared/locales/translate'
import type { Verification } from '../shared/report/block'
import { printable } from './analysis-words'
import { exitCodes } from './exit-codes'
import { localeOf } from './flag-values'
import type { CliIo } from './io'
import { runJob } from './run-job'

export interface VerifyFlags {
  readonly baseline?: readonly string[]
  readonly lang?: string
  readonly json?: boolean
}

const mostDifferences = 20

/** Analyses the recordings of a report again; answers 0 only where nothing differs and nothing is missing. */
export async function verifyReport(
  file: string,
  recordings: readonly string[],
  flags: VerifyFlags,
  io: CliIo,
): Promise<number> {
  const locale = localeOf(flags.lang)
  const at = (path: string): string => resolve(io.workingFolder, path)
  const input = { file: at(file), recordings: recordings.map(at), baseline: (flags.baseline ?? []).map(at), locale }
  const { value } = await runJob(
    io,
    translator(locale),
    (client, signal) => client.request('report.verify', input, signal),
    (client, jobId, signal) => client.request('verification.result', { jobId }, signal),
  )
  io.out(flags.json === true ? `${JSON.stringify(value, null, 2)}\n` : verificationWords(value, locale))
  return exitCodeOf(value)
}

function exitCodeOf({ outcome }: Verification): number {
  if (outcome === 'same') return exitCodes.done
  return outcome === 'different' ? exitCodes.different : exitCodes.file
}

export function verificationWords(verification: Verification, locale: Locale): string {
  const t = translator(locale)
  const { outcome, checkedCount, differences, missing, arePagesSame, notes } = verification
  const count = outcome === 'same' ? checkedCount : differences.length
  const lines = [t(`cli.verify.${outcome}`, { count })]
  lines.push(...missing.map((file) => t('cli.verify.missing', file)))
  lines.push(
    ...differences.slice(0, mostDifferences).map((difference) => t('cli.verify.difference', { ...difference })),
  )
  if (differences.length > mostDifferences) {
    lines.push(t('cli.more-events', { count: differences.length - mostDifferences }))
  }
  if (arePagesSame !== null) lines.push(t(arePagesSame ? 'cli.verify.pages-same' : 'cli.verify.pages-different'))
  lines.push(...notes)
  return lines.map((line, index) => `${index === 0 ? '' : '  '}${printable(line)}\n`).join('')
}
