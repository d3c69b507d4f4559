import type { AnalysisResult } from '../../shared/analysis'
import { formatSignificant } from '../../shared/number-words'
import type { Difference } from '../../shared/report/block'

/** Backends differ by 1e-5 of a logit; a changed recording, model or setting by far more than this. */
const logitTolerance = 1e-3
const relativeTolerance = 1e-4

/** What an analysis done again says otherwise, channel by channel and model by model. */
export function compareResults(
  reported: readonly AnalysisResult[],
  now: readonly AnalysisResult[],
): readonly Difference[] {
  const keyOf = ({ channel, model }: AnalysisResult): string => `${channel.name}\n${model.id}`
  const found = new Map(now.map((result) => [keyOf(result), result]))
  return reported.flatMap((result) => {
    const again = found.get(keyOf(result))
    return again === undefined ? [missing(result)] : compare(result, again)
  })
}

function missing({ file, channel, model }: AnalysisResult): Difference {
  return { file: file.name, channel: channel.name, what: `model ${model.id}`, reported: 'analysed', now: '–' }
}

function compare(reported: AnalysisResult, now: AnalysisResult): Difference[] {
  const differences: Difference[] = []
  const note = (what: string, before: string, after: string): void => {
    if (before === after) return
    differences.push({ file: reported.file.name, channel: reported.channel.name, what, reported: before, now: after })
  }
  const number = (what: string, before: number | null, after: number | null, tolerance: number): void => {
    if (isNear(before, after, tolerance)) return
    note(what, precise(before), precise(after))
  }
  note('file', reported.file.sha256, now.file.sha256)
  note('model', reported.model.sha256, now.model.sha256)
  note('verdict', reported.verdict, now.verdict)
  number('logit', reported.score.logit, now.score.logit, logitTolerance)
  number('probability', reported.probability, now.probability, logitTolerance)
  note('segments', String(reported.segments.length), String(now.segments.length))
  note('second witness', reported.diagnosis?.witness.verdict ?? '–', now.diagnosis?.witness.verdict ?? '–')
  note('events', String(reported.events.length), String(now.events.length))
  const { length } = reported.segments
  if (length === now.segments.length) {
    const worst = reported.segments.findIndex(({ logit }, i) => !isNear(logit, now.segments[i].logit, logitTolerance))
    if (worst >= 0)
      number(`segment ${worst + 1}`, reported.segments[worst].logit, now.segments[worst].logit, logitTolerance)
  }
  for (const [name, value] of Object.entries(reported.indicators)) {
    const again = now.indicators[name as keyof AnalysisResult['indicators']]
    number(name, value, again, relativeTolerance * Math.max(1e-12, Math.abs(value ?? 0)))
  }
  return differences
}

function isNear(a: number | null, b: number | null, tolerance: number): boolean {
  return a === b || (a !== null && b !== null && Math.abs(a - b) <= tolerance)
}

function precise(value: number | null): string {
  return value === null ? formatSignificant(value) : String(Number(value.toPrecision(7)))
}
