import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  beatWordOf,
  beatWords,
  witnessWords,
  wordingMarkdown,
  wordingOf,
  wordingTable,
  type BeatWord,
  type WitnessWord,
} from '../../../src/engine/diagnosis/verdict-wording'
import type { Verdict } from '../../../src/shared/analysis'
import { translator } from '../../../src/shared/locales/translate'

const t = translator('en')
const networks: readonly Verdict[] = ['fault', 'healthy', 'uncertain', 'not-applicable']

/** Rows of a table as people read them. */
function tableOf(markdown: string): string[][] {
  const lines = markdown.split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

const documented = tableOf(
  readFileSync('docs/diagnosis.md', 'utf8').split('<!-- wording: begin -->')[1].split('<!-- wording: end -->')[0],
)

describe('the table of docs/diagnosis.md', () => {
  it('is what `npm run docs:diagnosis` writes', () => {
    expect(documented).toEqual(tableOf(wordingMarkdown(t)))
    expect(documented).toHaveLength(wordingTable.length)
  })

  it.each(documented)('%s, envelope %s, beat %s: %s', (network, witness, beats, agreement, sentence) => {
    const said = beats === 'any' ? beatWords : beats.split(', ')
    const earlier = documented.filter(([n, w]) => n === network && w === witness)
    for (const beat of said) {
      const first = earlier.find(([, , each]) => each === 'any' || each.split(', ').includes(beat))
      if (first?.[4] !== sentence) continue // an earlier row says it
      const row = wordingOf(network as Verdict, witness as WitnessWord, beat as BeatWord)
      expect([row.agreement, t(row.key)]).toEqual([agreement, sentence])
    }
    expect(
      said.some((beat) => t(wordingOf(network as Verdict, witness as WitnessWord, beat as BeatWord).key) === sentence),
    ).toBe(true)
  })

  it('answers every combination', () => {
    const combinations = networks.flatMap((network) =>
      witnessWords.flatMap((witness) => beatWords.map((beat) => wordingOf(network, witness, beat).key)),
    )
    expect(combinations).toHaveLength(48)
    expect(new Set(combinations)).toEqual(new Set(wordingTable.map(({ key }) => key)))
  })
})

describe('the beat beside the envelope', () => {
  it.each([
    ['matches', 'outer-race', 'outer-race', 'same'],
    ['matches', 'outer-race', 'inner-race', 'other'],
    ['matches', 'outer-race', undefined, 'other'],
    ['matches-none', undefined, 'inner-race', 'no-line'],
    ['matches-shaft', undefined, undefined, 'no-line'],
    ['no-beat', undefined, 'inner-race', 'silent'],
    ['cannot-tell', undefined, undefined, 'silent'],
    [undefined, undefined, 'cage', 'silent'],
  ] as const)('%s at %s, where the envelope names %s, is %s', (verdict, part, named, word) => {
    expect(beatWordOf(verdict, part, named)).toBe(word)
  })
})
