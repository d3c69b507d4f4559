import type { AnalysisResult } from '../../shared/analysis'
import type { Handlers } from '../../shared/contract/dispatch'
import type { reportRequests } from '../../shared/contract/report-requests'
import type { RequestInput } from '../../shared/contract/requests'
import { AnalyzerError } from '../../shared/errors'
import { cardSchema } from '../../shared/model-card'
import type { ModelCard } from '../../shared/model-card'
import type { ReportBlock } from '../../shared/report/block'
import { quietJob } from '../jobs/job-context'
import { readProgramVersion } from '../package-root'
import type { EndedAnalysis, Session } from '../session'
import { withoutElapsed } from './analysis-origin'
import type { ReportSource } from './create-report'

/** Reports: made from ended analyses, read back, checked. Their modules are loaded when asked for: native addons. */
export function reportHandlers(session: Session): Pick<Handlers, keyof typeof reportRequests> {
  const { jobs, reports, verifications, analyses, parts } = session
  return {
    'report.create': async ({ format, ...input }, context) => {
      const source = await sourceOf(session, input, context.signal)
      const { createReport } = await import('./create-report')
      const { jobId, ended } = jobs.start((job) => createReport(source, format, job))
      reports.keep(jobId, ended)
      return { jobId }
    },
    'report.result': ({ jobId }, context) => reports.get(jobId, context.signal),
    'report.preview': async (input, context) => {
      const source = await sourceOf(session, input, context.signal)
      const { createReport } = await import('./create-report')
      const { bytes } = await createReport(source, 'html', { ...quietJob, signal: context.signal })
      return new TextDecoder().decode(bytes)
    },
    'report.template': async ({ file }, context) => {
      const { readTemplate } = await import('./read-template')
      return readTemplate(context.resolveFile(file))
    },
    'report.read': async ({ file }, context) => {
      const { readReportBlock } = await import('./read-report')
      return (await readReportBlock(context.resolveFile(file))).block
    },
    'report.verify': async ({ file, recordings, baseline, locale }, context) => {
      const request = {
        pdf: context.resolveFile(file),
        recordings: recordings.map((each) => context.resolveFile(each)),
        baseline: baseline.map((each) => context.resolveFile(each)),
        locale,
      }
      const { verifyReport } = await import('./verify-report')
      const cardsOf = (results: readonly AnalysisResult[]) => installedCards(session, results)
      const { jobId, ended } = jobs.start((job) => verifyReport(request, { parts, cardsOf }, job))
      verifications.keep(jobId, ended)
      return { jobId }
    },
    'verification.result': ({ jobId }, context) => verifications.get(jobId, context.signal),
    'view.export': async ({ jobId, index, ...view }, context) => {
      const { charts } = await analyses.get(jobId, context.signal)
      if (index >= charts.length) {
        throw new AnalyzerError('bad-request', `There is no channel ${index}; the analysis has ${charts.length}.`)
      }
      const { exportView } = await import('./view-export')
      return exportView(charts[index], view, context.signal)
    },
  }
}

async function sourceOf(
  session: Session,
  input: RequestInput<'report.preview'>,
  signal: AbortSignal,
): Promise<ReportSource> {
  const ended: EndedAnalysis[] = []
  for (const jobId of input.jobIds) ended.push(await session.analyses.get(jobId, signal))
  const results = ended.flatMap((analysis) => analysis.results)
  if (results.length === 0) {
    throw new AnalyzerError('bad-request', 'There is nothing to report: no channel of these recordings was analysed.')
  }
  const { locale, date, paper, template = {}, words = {}, annotations = [] } = input
  const block: ReportBlock = {
    schema: 'vibralens.report/1',
    programVersion: readProgramVersion(),
    date,
    locale,
    paper: paper ?? template.paper ?? 'a4',
    template,
    words,
    annotations,
    recordings: ended.map((analysis) => ({
      origin: analysis.origin,
      results: analysis.results.map(withoutElapsed),
    })),
  }
  const charts = ended.flatMap((analysis) => analysis.charts)
  return { block, charts, cards: await installedCards(session, results) }
}

/** Cards of every model: the second network's is shown too. One that cannot be read is left out. */
async function installedCards(
  { parts }: Session,
  results: readonly AnalysisResult[],
): Promise<ReadonlyMap<string, ModelCard>> {
  const ids = new Set(results.map(({ model }) => model.id))
  for (const { id } of await parts.listModels()) ids.add(id)
  const cards = new Map<string, ModelCard>()
  for (const id of ids) {
    const card = await parts.showModel(id).catch((error: unknown) => {
      if (error instanceof AnalyzerError) return undefined
      throw error
    })
    const parsed = cardSchema.safeParse(card)
    if (parsed.success) cards.set(id, parsed.data)
  }
  return cards
}
