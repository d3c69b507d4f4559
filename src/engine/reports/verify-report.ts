import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { AnalysisResult } from '../../shared/analysis'
import { AnalyzerError } from '../../shared/errors'
import type { Locale } from '../../shared/locales/translate'
import { translator } from '../../shared/locales/translate'
import type { ModelCard } from '../../shared/model-card'
import type { Difference, ReportBlock, Verification } from '../../shared/report/block'
import type { OpenAnalysis } from '../analysis/outcome'
import type { EngineParts } from '../engine-parts'
import type { JobContext } from '../jobs/job-context'
import { readProgramVersion } from '../package-root'
import { hashSource, openFileSource } from '../readers/byte-source'
import { withoutElapsed } from './analysis-origin'
import { compareResults } from './compare-results'
import { createReport } from './create-report'
import { readReportBlock } from './read-report'

export interface VerifyRequest {
  readonly pdf: string
  /** Empty = those beside the PDF, by their names. */
  readonly recordings: readonly string[]
  readonly baseline: readonly string[]
  readonly locale: Locale
}

export interface VerifyParts {
  readonly parts: Pick<EngineParts, 'analyze'>
  cardsOf(results: readonly AnalysisResult[]): Promise<ReadonlyMap<string, ModelCard>>
}

type ReportedRecording = ReportBlock['recordings'][number]

/** Analyses every recording of a report again, compares the numbers, and makes the pages again. */
export async function verifyReport(request: VerifyRequest, tools: VerifyParts, job: JobContext): Promise<Verification> {
  const { block, bytes } = await readReportBlock(request.pdf)
  const paths = await pathsByHash(request, block, job)
  const missing = block.recordings
    .map(({ results }) => results[0]?.file)
    .filter((file) => file !== undefined && !paths.has(file.sha256))
    .map(({ name, sha256 }) => ({ name, sha256 }))
  const analyses: OpenAnalysis[] = []
  try {
    const differences: Difference[] = []
    const notes = new Set<string>()
    const again: ReportedRecording[] = []
    for (const [index, reported] of block.recordings.entries()) {
      const path = paths.get(reported.results[0]?.file.sha256 ?? '')
      if (path === undefined) continue
      const analysis = await analyseAgain(path, reported, block, request, tools, job)
      analyses.push(analysis)
      differences.push(...compareResults(reported.results, analysis.results))
      again.push({ origin: reported.origin, results: analysis.results.map(withoutElapsed) })
      for (const note of notesOf(reported, analysis.results, request, block)) notes.add(note)
      job.report('verify', index + 1, block.recordings.length)
    }
    const isWhole = missing.length === 0 && differences.length === 0
    const arePagesSame = isWhole
      ? await comparePages({ ...block, recordings: again }, analyses, bytes, tools, job)
      : null
    if (arePagesSame === false) notes.add(translator(request.locale)('verify.changed-pages'))
    return {
      outcome: differences.length > 0 ? 'different' : missing.length > 0 ? 'incomplete' : 'same',
      date: block.date,
      checkedCount: again.length,
      missing,
      differences,
      arePagesSame,
      notes: [...notes],
    }
  } finally {
    for (const analysis of analyses) await analysis.close()
  }
}

async function analyseAgain(
  path: string,
  { origin }: ReportedRecording,
  block: ReportBlock,
  request: VerifyRequest,
  { parts }: VerifyParts,
  job: JobContext,
): Promise<OpenAnalysis> {
  const { read, channel, models, segmentSeconds, backend, hasBaseline, bearing } = origin
  const baseline = hasBaseline ? request.baseline : []
  if (hasBaseline && baseline.length === 0) {
    throw new AnalyzerError('bad-request', translator(request.locale)('verify.baseline'))
  }
  const { locale } = block
  return parts.analyze(path, { read, channel, models, segmentSeconds, backend, baseline, bearing, locale }, job)
}

/** Files given, or files beside the PDF that have the names of the report, by their content. */
async function pathsByHash(
  { pdf, recordings }: VerifyRequest,
  block: ReportBlock,
  job: JobContext,
): Promise<ReadonlyMap<string, string>> {
  const besides = block.recordings.flatMap(({ results }) => results.slice(0, 1).map(({ file }) => basename(file.name)))
  const candidates =
    recordings.length > 0 ? recordings : await existing(besides.map((name) => join(dirname(pdf), name)))
  const paths = new Map<string, string>()
  for (const path of candidates) {
    const source = await openFileSource(path)
    try {
      paths.set(await hashSource(source, job.signal), path)
    } finally {
      await source.close()
    }
  }
  return paths
}

async function existing(paths: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of new Set(paths)) {
    const info = await stat(path).catch(() => undefined)
    if (info?.isFile() === true) found.push(path)
  }
  return found
}

function notesOf(
  { results }: ReportedRecording,
  now: readonly AnalysisResult[],
  { locale }: VerifyRequest,
  { programVersion }: ReportBlock,
): string[] {
  const t = translator(locale)
  const notes: string[] = []
  const version = readProgramVersion()
  if (programVersion !== version) notes.push(t('verify.version', { reported: programVersion, now: version }))
  const [reported, again] = [results[0], now[0]]
  if (reported !== undefined && again !== undefined && reported.backend !== again.backend) {
    notes.push(t('verify.backend', { reported: reported.backend, now: again.backend }))
  }
  return notes
}

/** The pages that the data gives, against those of the file. */
async function comparePages(
  block: ReportBlock,
  analyses: readonly OpenAnalysis[],
  bytes: Uint8Array,
  tools: VerifyParts,
  job: JobContext,
): Promise<boolean> {
  const charts = analyses.flatMap((analysis) => analysis.charts)
  const cards = await tools.cardsOf(analyses.flatMap((analysis) => analysis.results))
  const { bytes: again } = await createReport({ block, charts, cards }, 'pdf', job)
  return Buffer.compare(Buffer.from(again), Buffer.from(bytes)) === 0
}
