// Writes the wording table of docs/diagnosis.md from src/engine/diagnosis/verdict-wording.ts; a test checks it line by line.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const server = await createServer({
  root,
  configFile: false,
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  logLevel: 'error',
})
try {
  const { wordingMarkdown } = await server.ssrLoadModule('/src/engine/diagnosis/verdict-wording.ts')
  const { translator } = await server.ssrLoadModule('/src/shared/locales/translate.ts')
  const file = join(root, 'docs', 'diagnosis.md')
  const text = readFileSync(file, 'utf8')
  const [before, rest] = text.split('<!-- wording: begin -->')
  const after = rest.split('<!-- wording: end -->')[1]
  const table = wordingMarkdown(translator('en'))
  writeFileSync(file, `${before}<!-- wording: begin -->\n\n${table}\n\n<!-- wording: end -->${after}`)
} finally {
  await server.close()
}
