// Writes docs/*.schema.json from the zod schemas of analysis and project; tests check that they are current.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const run = async (file) => (await runnerImport(join(root, file), { configFile: false, logLevel: 'error' })).module
const { analysisJsonSchema } = await run('src/shared/analysis-json-schema.ts')
const { projectJsonSchema } = await run('src/shared/project/project-json-schema.ts')
writeFileSync(join(root, 'docs/analysis.schema.json'), analysisJsonSchema())
writeFileSync(join(root, 'docs/project.schema.json'), projectJsonSchema())
