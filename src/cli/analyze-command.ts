import { basename, extname, resolve } from 'node:path'
import type { AnalysisResult } from '../shared/analysis'
import type { AnalysisJobResult, RequestInput } from '../shared/contract/requests'
import { AnalyzerError } from '../shared/errors'
import type { Locale, Translate } from '../shared/locales/translate'
import { translator } from '../shared/locales/translate'
import { analysisWords, printable } from './analysis-words'
import { exitCodeOf, exitCodes } from './exit-codes'
import type { ReadFlags } from './flag-values'
import { backendOf, channelOf, localeOf, positiveNumber, readOptionsOf } from './flag-values'
import type { CliIo } from './io'
import type { ReportFlags } from './report-flags'
import { reportOrderOf } from './report-flags'
import { writeReport } from './report-writing'
import { runJob } from './run-job'
import { writeOutput } from './write-output'

export interface AnalyzeFlags extends ReadFlags, ReportFlags {
  readonly model?: readonly string[]
  readonly channel?: string
  readonly segment?: string
  readonly baseline?: readonly string[]
  readonly bearing?: string
  readonly backend?: string
  readonly lang?: string
  readonly json?: string
  readonly picture?: string
  readonly csv?: string
  readonly report?: string
  readonly failOnFault?: boolean
}

/** What was finished so far; written out at the end, also after Ctrl-C. */
interface Finished {
  readonly results: AnalysisResult[]
  readonly jobIds: string[]
  readonly pictures: Set<string>
  failedCount: number
  firstFailure: number
  isCancelled: boolean
}

/** Every file in turn; one that fails is reported and does not stop the others. Answers the exit code. */
export async function analyze(files: readonly string[], flags: AnalyzeFlags, io: CliIo): Promise<number> {
  const locale = localeOf(flags.lang)
  const t = translator(locale)
  const settings = settingsOf(flags, locale, io)
  const report = flags.report === undefined ? undefined : await reportOrderOf(flags.report, flags, locale, io)
  const finished: Finished = {
    results: [],
    jobIds: [],
    pictures: new Set(),
    failedCount: 0,
    firstFailure: exitCodes.done,
    isCancelled: false,
  }
  for (const file of files) {
    if (io.signal.aborted) finished.isCancelled = true
    if (finished.isCancelled) break
    try {
      await analyzeFile(file, files.length === 1, settings, flags, finished, io, t)
    } catch (error) {
      noteFailure(file, files.length, error, finished, io, t)
    }
  }
  await writeTables(flags, finished, io, t)
  if (report !== undefined && finished.results.length > 0) {
    await writeReport(report, finished.jobIds, io, t)
  }
  if (finished.isCancelled) {
    io.err(`${t('cli.cancelled')}\n`)
    return exitCodes.cancelled
  }
  if (finished.failedCount > 0 && files.length > 1) {
    io.err(`${t('cli.files-failed', { failed: finished.failedCount, total: files.length })}\n`)
  }
  // a fault outweighs a file that failed: who asks for --fail-on-fault must not miss it
  const isFault = finished.results.some(({ verdict }) => verdict === 'fault')
  return flags.failOnFault === true && isFault ? exitCodes.fault : finished.firstFailure
}

type AnalyzeSettings = Omit<RequestInput<'analysis.start'>, 'file'>

function settingsOf(flags: AnalyzeFlags, locale: Locale, io: CliIo): AnalyzeSettings {
  return {
    read: readOptionsOf(flags),
    channel: channelOf(flags.channel),
    models: [...(flags.model ?? [])],
    segmentSeconds: flags.segment === undefined ? undefined : positiveNumber('--segment', flags.segment, 'seconds'),
    backend: backendOf(flags.backend),
    baseline: (flags.baseline ?? []).map((file) => resolve(io.workingFolder, file)),
    bearing: flags.bearing,
    locale,
  }
}

async function analyzeFile(
  file: string,
  isOnly: boolean,
  settings: AnalyzeSettings,
  flags: AnalyzeFlags,
  finished: Finished,
  io: CliIo,
  t: Translate,
): Promise<void> {
  const { jobId, value } = await runJob(
    io,
    t,
    (client, signal) =>
      client.request('analysis.start', { ...settings, file: resolve(io.workingFolder, file) }, signal),
    (client, id, signal) => client.request('analysis.result', { jobId: id }, signal),
  )
  finished.results.push(...value.results)
  finished.jobIds.push(jobId)
  if (value.status === 'cancelled') finished.isCancelled = true
  if (flags.json !== '-' && value.results.length > 0) {
    io.out(`${printable(file)}\n${value.results.map((result) => analysisWords(result, t)).join('')}`)
  }
  if (flags.picture !== undefined && !finished.isCancelled) {
    await writePictures(flags.picture, file, isOnly, jobId, value, settings.locale, finished, io, t)
  }
  const client = await io.client()
  // CSV and report are composed at the end and need the job until then
  if (flags.csv === undefined && flags.report === undefined) await client.request('job.forget', { jobId }, never)
}

/** For short requests that Ctrl-C must not cut: they keep or free what is finished. */
const never = new AbortController().signal

async function writePictures(
  out: string,
  file: string,
  isOnly: boolean,
  jobId: string,
  { pictureCount, results }: AnalysisJobResult,
  locale: Locale,
  finished: Finished,
  io: CliIo,
  t: Translate,
): Promise<void> {
  const client = await io.client()
  const channels = [...new Set(results.map(({ channel }) => channel.name))]
  for (let index = 0; index < pictureCount; index++) {
    const png = await client.request('picture.create', { jobId, index, locale }, io.signal)
    const name =
      isOnly && pictureCount === 1
        ? out
        : freeName(pictureName(out, file, channels[index] ?? String(index + 1)), finished.pictures)
    await writeOutput(io, name, png)
    io.err(`${t('cli.wrote', { file: name })}\n`)
  }
}

/** 'out.png' → 'out-pump-X097_DE_time.png': one picture a channel of each file. */
function pictureName(out: string, file: string, channel: string): string {
  const extension = extname(out)
  const stem = out.slice(0, out.length - extension.length)
  const clean = (text: string): string => text.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 80)
  return `${stem}-${clean(basename(file, extname(file)))}-${clean(channel)}${extension}`
}

function freeName(name: string, taken: Set<string>): string {
  const extension = extname(name)
  const stem = name.slice(0, name.length - extension.length)
  let free = name
  for (let count = 2; taken.has(free); count++) free = `${stem}-${count}${extension}`
  taken.add(free)
  return free
}

function noteFailure(
  file: string,
  fileCount: number,
  error: unknown,
  finished: Finished,
  io: CliIo,
  t: Translate,
): void {
  if (!(error instanceof AnalyzerError)) throw error
  if (error.code === 'cancelled') {
    finished.isCancelled = true
    return
  }
  finished.failedCount += 1
  if (finished.firstFailure === exitCodes.done) finished.firstFailure = exitCodeOf(error.code)
  const message =
    fileCount > 1 ? t('cli.file-failed', { file: printable(file), message: error.message }) : error.message
  io.err(`vibralens: ${printable(message)}\n`)
}

async function writeTables(flags: AnalyzeFlags, finished: Finished, io: CliIo, t: Translate): Promise<void> {
  if (flags.json !== undefined) {
    const text = `${JSON.stringify(finished.results, null, 2)}\n`
    if (flags.json === '-') io.out(text)
    else {
      await writeOutput(io, flags.json, text)
      io.err(`${t('cli.wrote', { file: flags.json })}\n`)
    }
  }
  if (flags.csv !== undefined) {
    const client = await io.client()
    await writeOutput(io, flags.csv, await client.request('csv.create', { jobIds: finished.jobIds }, never))
    io.err(`${t('cli.wrote', { file: flags.csv })}\n`)
  }
}
