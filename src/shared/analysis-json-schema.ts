import { z } from 'zod'
import { analysisFileSchema } from './analysis'

/** Text of docs/analysis.schema.json: what `analyze --json` writes, for programs in other languages. */
export function analysisJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(analysisFileSchema)
  const title = 'VibraLens analysis: one object a channel and model'
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`
}
