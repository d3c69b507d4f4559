import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AnalyzerError } from '../../shared/errors'
import type { ModelCard } from '../../shared/model-card'

/** What `vibralens baseline` keeps of healthy recordings of one machine. Small; safe to share: no signal in it. */
export const baselineSchema = z.strictObject({
  schema: z.literal('vibralens.baseline/1'),
  modelId: z.string(),
  modelSha256: z.string(),
  recordings: z.array(z.strictObject({ name: z.string(), sha256: z.string(), logit: z.number() })).min(1),
  meanLogit: z.number(),
  /** Standard deviation over the recordings; 0 for a single one. */
  spreadLogit: z.number().nonnegative(),
})

export type Baseline = z.infer<typeof baselineSchema>

/** Of the baseline's content, whether it came from a file or was made in this run: part of a result's settings. */
export function baselineSha256(baseline: Baseline): string {
  return createHash('sha256').update(JSON.stringify(baseline)).digest('hex')
}

/** One value a recording: the mean over its channels. @throws AnalyzerError bad-request where nothing was measured */
export function createBaseline(
  card: Pick<ModelCard, 'id'>,
  modelSha256: string,
  recordings: Baseline['recordings'],
): Baseline {
  const measured = recordings.filter((recording) => Number.isFinite(recording.logit))
  if (measured.length === 0) {
    throw new AnalyzerError(
      'bad-request',
      `None of the ${recordings.length} baseline recordings could be judged by model "${card.id}".`,
      { recordingCount: recordings.length },
    )
  }
  const meanLogit = measured.reduce((sum, recording) => sum + recording.logit, 0) / measured.length
  const squares = measured.reduce((sum, recording) => sum + (recording.logit - meanLogit) ** 2, 0)
  return {
    schema: 'vibralens.baseline/1',
    modelId: card.id,
    modelSha256,
    recordings: measured,
    meanLogit,
    spreadLogit: measured.length < 2 ? 0 : Math.sqrt(squares / (measured.length - 1)),
  }
}

/**
 * Judges against the healthy machine: the baseline's mean takes the place of the training machines' healthy mean, and
 * a machine that scatters more than they did counts its deviations less.
 * logit' = healthy + (logit − baseline mean) · min(1, healthy spread / baseline spread)
 */
export function commissionLogit(
  logit: number,
  baseline: Pick<Baseline, 'meanLogit' | 'spreadLogit'>,
  calibration: { readonly healthyLogit: number; readonly healthySpread: number },
): number {
  const scale = baseline.spreadLogit > calibration.healthySpread ? calibration.healthySpread / baseline.spreadLogit : 1
  return calibration.healthyLogit + (logit - baseline.meanLogit) * scale
}

/** @throws AnalyzerError bad-request for text that is no baseline, model-mismatch for another model's baseline */
export function parseBaseline(text: string, name: string, modelId: string, modelSha256: string): Baseline {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (cause) {
    throw new AnalyzerError('bad-request', `Baseline "${name}" is not JSON.`, { name }, { cause })
  }
  const parsed = baselineSchema.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new AnalyzerError(
      'bad-request',
      `Baseline "${name}" is not as "vibralens baseline --out" writes it: ${issue.path.join('.') || 'the file'}: ${issue.message}.`,
      { name },
    )
  }
  if (parsed.data.modelId !== modelId || parsed.data.modelSha256 !== modelSha256) {
    throw new AnalyzerError(
      'model-mismatch',
      `Baseline "${name}" was made with model "${parsed.data.modelId}" (${parsed.data.modelSha256.slice(0, 8)}); this analysis uses "${modelId}" (${modelSha256.slice(0, 8)}): make it again.`,
      { name, baselineModel: parsed.data.modelId, modelId },
    )
  }
  return parsed.data
}
