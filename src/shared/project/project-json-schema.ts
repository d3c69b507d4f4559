import { z } from 'zod'
import { projectDocumentSchema } from './project-document'

/** Text of docs/project.schema.json: a .vibralens file, for programs in other languages. */
export function projectJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(projectDocumentSchema)
  return `${JSON.stringify({ $schema, title: 'VibraLens project file (.vibralens)', ...rest }, null, 2)}\n`
}
