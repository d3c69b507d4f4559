// Writes docs/analysis.schema.json from the zod schema of the analysis; a test checks that it is current.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { module } = await runnerImport(join(root, 'src/shared/analysis-json-schema.ts'), {
  configFile: false,
  logLevel: 'error',
})
writeFileSync(join(root, 'docs/analysis.schema.json'), module.analysisJsonSchema())
