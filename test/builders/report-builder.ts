import { readFileSync } from 'node:fs'
import type { ReportSource } from '../../src/engine/reports/create-report'
import { gatherChannel } from '../../src/engine/reports/gather-charts'
import { buildDocument } from '../../src/engine/reports/document/build-document'
import type { AnalysisResult } from '../../src/shared/analysis'
import { cardSchema } from '../../src/shared/model-card'
import type { ReportBlock } from '../../src/shared/report/block'
import type { ReportDocument } from '../../src/shared/report/document'
import { buildResult } from './analysis-builder'
import { chartsOfPicture } from './charts-builder'
import { buildPicture } from './picture-builder'

export const signal = new AbortController().signal

const card = cardSchema.parse(
  JSON.parse(readFileSync(new URL('../../resources/models/bearing-1d/card.json', import.meta.url), 'utf8')),
)

const probabilities = {
  fault: Array.from({ length: 40 }, (_, i) => 0.85 + 0.1 * Math.sin(i / 5)),
  healthy: Array.from({ length: 40 }, (_, i) => 0.05 + 0.02 * Math.sin(i / 5)),
  uncertain: Array.from({ length: 40 }, (_, i) => 0.5 + 0.1 * Math.sin(i / 5)),
  'not-applicable': [null],
} as const

export function resultOf(verdict: AnalysisResult['verdict'], overrides: Partial<AnalysisResult> = {}): AnalysisResult {
  return buildResult({
    verdict,
    probabilities: probabilities[verdict],
    durationSeconds: 10,
    segmentSeconds: 1,
    overrides: { reasons: ['Because of this.'], ...overrides },
  })
}

export function blockOf(results: readonly AnalysisResult[], given: Partial<ReportBlock> = {}): ReportBlock {
  return {
    schema: 'vibralens.report/1',
    programVersion: '0.1.0',
    date: '2026-11-24',
    locale: 'en',
    paper: 'a4',
    template: {},
    words: {},
    annotations: [],
    recordings: results.map((result) => ({
      origin: { read: {}, models: [], hasBaseline: false },
      results: [{ ...result, elapsedSeconds: 0 }],
    })),
    ...given,
  }
}

/** Reports of made-up channels, one a result. */
export function sourceOf(results: readonly AnalysisResult[], given: Partial<ReportBlock> = {}): ReportSource {
  const charts = results.map((result) =>
    chartsOfPicture(buildPicture({ result, hasMap: true, impactEvidence: 3, restEvidence: -0.5, machine: 'Pump 3' })),
  )
  return { block: blockOf(results, given), charts, cards: new Map([[card.id, card]]) }
}

export async function documentOf(
  results: readonly AnalysisResult[],
  given: Partial<ReportBlock> = {},
): Promise<ReportDocument> {
  const { block, charts, cards } = sourceOf(results, given)
  const channels = []
  for (const each of charts) channels.push(await gatherChannel(each, block.annotations, block.locale, signal))
  return buildDocument({ block, channels, cards }, true)
}

/** Every word of a document, in order. */
export function wordsOfDocument(document: ReportDocument): string {
  const words: string[] = [document.title]
  for (const { title, blocks } of document.sections) {
    words.push(title)
    for (const block of blocks) {
      if (block.kind === 'list') words.push(...block.items)
      else if (block.kind === 'facts')
        words.push(...block.items.flatMap(({ label, value, note }) => [label, value, note ?? '']))
      else if (block.kind === 'table')
        words.push(block.caption, ...block.columns.map((each) => each.title), ...block.rows.flat())
      else if (block.kind === 'figure') words.push(block.caption, block.alt)
      else if (block.kind === 'banner') words.push(block.word, block.sentence, block.number?.value ?? '')
      else if (block.kind === 'paragraph') words.push(block.lead ?? '', block.text)
      else words.push(block.text)
    }
  }
  return words.join('\n')
}
