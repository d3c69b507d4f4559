import type { ReportFormat, ReportResult } from '../../shared/contract/report-requests'
import type { ReportBlock } from '../../shared/report/block'
import type { ReportDocument } from '../../shared/report/document'
import type { ChannelCharts } from '../analysis/outcome'
import type { JobContext } from '../jobs/job-context'
import type { ModelCard } from '../../shared/model-card'
import { composeCsv } from './csv-export'
import { buildDocument } from './document/build-document'
import type { ReportChannel } from './document/report-input'
import { loadFonts } from './fonts'
import { gatherChannel } from './gather-charts'

export interface ReportSource {
  readonly block: ReportBlock
  /** One a channel of all recordings, in order. */
  readonly charts: readonly ChannelCharts[]
  readonly cards: ReadonlyMap<string, ModelCard>
}

const mediaTypes: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
}

/** Bytes of a report. The same source gives the same bytes. */
export async function createReport(source: ReportSource, format: ReportFormat, job: JobContext): Promise<ReportResult> {
  const { bytes, pageCount } = await bytesOf(source, format, job)
  return { bytes, mediaType: mediaTypes[format], pageCount }
}

interface Rendered {
  readonly bytes: Uint8Array
  readonly pageCount: number | null
}

async function bytesOf(source: ReportSource, format: ReportFormat, job: JobContext): Promise<Rendered> {
  const attachment = attachmentText(source.block)
  const textBytes = (text: string): Rendered => ({ bytes: Buffer.from(text), pageCount: null })
  switch (format) {
    case 'json':
      return textBytes(attachment)
    case 'csv':
      return textBytes(
        composeCsv(
          source.block.recordings.flatMap(({ results }) => results),
          source.block.annotations,
        ),
      )
    case 'pdf': {
      const document = await gatherDocument(source, true, job)
      const { renderPdf } = await import('./render-pdf')
      return renderPdf(document, attachment, loadFonts())
    }
    case 'docx': {
      const document = await gatherDocument(source, false, job)
      const { renderDocx } = await import('./render-docx')
      return { bytes: await renderDocx(document, job), pageCount: null }
    }
    case 'html': {
      const document = await gatherDocument(source, false, job)
      const { renderHtml } = await import('./render-html')
      return textBytes(renderHtml(document, loadFonts()))
    }
  }
}

export function attachmentText(block: ReportBlock): string {
  return `${JSON.stringify(block, null, 1)}\n`
}

/** Draws every chart, channel by channel. */
async function gatherDocument(source: ReportSource, isPdf: boolean, job: JobContext): Promise<ReportDocument> {
  const { block, charts, cards } = source
  const channels: ReportChannel[] = []
  for (const [index, channel] of charts.entries()) {
    job.signal.throwIfAborted()
    channels.push(await gatherChannel(channel, block.annotations, block.locale, job.signal))
    channel.forget() // what fifty channels share with their pictures would fill the memory
    job.report('charts', index + 1, charts.length)
  }
  job.report('report', 0, 1)
  return buildDocument({ block, channels, cards }, isPdf)
}
