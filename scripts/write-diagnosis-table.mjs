// Writes the wording table of docs/diagnosis.md from src/engine/diagnosis/verdict-wording.ts; a test checks it line by line.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, withModules } from './load-modules.mjs'

await withModules(async (load) => {
  const { wordingMarkdown } = await load('/src/engine/diagnosis/verdict-wording.ts')
  const { translator } = await load('/src/shared/locales/translate.ts')
  const file = join(root, 'docs', 'diagnosis.md')
  const text = readFileSync(file, 'utf8')
  const [before, rest] = text.split('<!-- wording: begin -->')
  const after = rest.split('<!-- wording: end -->')[1]
  const table = wordingMarkdown(translator('en'))
  writeFileSync(file, `${before}<!-- wording: begin -->\n\n${table}\n\n<!-- wording: end -->${after}`)
})
