// npm run docs:cards: writes docs/model-cards.md.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { modelCardsText } from './model-cards-text.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
writeFileSync(join(root, 'docs/model-cards.md'), modelCardsText(root))
