import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { modelCardsText } from '../../scripts/model-cards-text.mjs'

it('docs/model-cards.md is current (npm run docs:cards writes it)', () => {
  expect(readFileSync('docs/model-cards.md', 'utf8').replace(/\r\n/g, '\n')).toBe(modelCardsText('.'))
})
