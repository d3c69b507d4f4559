import type { AnalysisResult } from '../../shared/analysis'
import type { ReportAnnotation } from '../../shared/report/inputs'

const header = 'file,channel,model,kind,start_seconds,end_seconds,logit,probability'

/**
 * Segments and events as one table (RFC 4180, LF): a segment has its logit and probability, an event its mean evidence
 * (logit) and peak probability, an annotation neither: its kind is its name, 'annotation fault'. What was not measured
 * is empty.
 */
export function composeCsv(results: readonly AnalysisResult[], annotations: readonly ReportAnnotation[]): string {
  const lines = [header]
  for (const { file, channel, model, segments, events } of results) {
    const origin = [file.name, channel.name, model.id].map(textCell).join(',')
    for (const { startSeconds, endSeconds, logit, probability } of segments) {
      lines.push(`${origin},segment,${[startSeconds, endSeconds, logit, probability].map(numberCell).join(',')}`)
    }
    for (const { startSeconds, endSeconds, evidence, peakProbability } of events) {
      lines.push(`${origin},event,${[startSeconds, endSeconds, evidence, peakProbability].map(numberCell).join(',')}`)
    }
  }
  for (const { fileSha256, channel, kind, startSeconds, endSeconds } of annotations) {
    const name = results.find(({ file }) => file.sha256 === fileSha256)?.file.name ?? ''
    const origin = [name, channel ?? '', ''].map(textCell).join(',')
    lines.push(`${origin},annotation ${kind},${[startSeconds, endSeconds].map(numberCell).join(',')},,`)
  }
  return `${lines.join('\n')}\n`
}

/** A name that begins like a formula gets an apostrophe: spreadsheets would run it. */
function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

function numberCell(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '' : String(Number(value.toPrecision(9)))
}
