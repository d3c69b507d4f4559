import type { Verdict } from '../../shared/analysis'
import type { Agreement, BearingPart, BeatVerdict, WitnessVerdict } from '../../shared/diagnosis/diagnosis'
import type { MessageKey } from '../../shared/locales/translate'

/** What the second witness says: it names a part, sees nothing, or cannot be asked. */
export const witnessWords = ['named', 'no-sign', 'cannot-tell'] as const
/**
 * What the beat of the evidence says beside it: the part that the witness names; another part (any, where it names none);
 * a rate that is no line of the bearing; nothing.
 */
export const beatWords = ['same', 'other', 'no-line', 'silent'] as const
export type WitnessWord = (typeof witnessWords)[number]
export type BeatWord = (typeof beatWords)[number]

export interface WordingRow {
  readonly network: Verdict
  readonly witness: WitnessWord
  /** Empty = whatever it is. */
  readonly beat: readonly BeatWord[]
  readonly agreement: Agreement
  readonly key: MessageKey
}

/** The table of docs/diagnosis.md; the first row that fits is said. The witnesses are laid side by side, never averaged. */
export const wordingTable: readonly WordingRow[] = [
  row('fault', 'named', ['same'], 'agree', 'together.fault-named-same'),
  row('fault', 'named', ['other'], 'disagree', 'together.fault-named-other'),
  row('fault', 'named', ['no-line'], 'disagree', 'together.fault-named-none'),
  row('fault', 'named', ['silent'], 'agree', 'together.fault-named-silent'),
  row('fault', 'no-sign', ['same', 'other'], 'disagree', 'together.fault-unseen-line'),
  row('fault', 'no-sign', ['no-line'], 'disagree', 'together.fault-unseen-none'),
  row('fault', 'no-sign', ['silent'], 'disagree', 'together.fault-unseen-silent'),
  row('fault', 'cannot-tell', ['same', 'other'], 'unknown', 'together.fault-untold-line'),
  row('fault', 'cannot-tell', ['no-line'], 'unknown', 'together.fault-untold-none'),
  row('fault', 'cannot-tell', ['silent'], 'unknown', 'together.fault-untold-silent'),
  row('healthy', 'named', [], 'disagree', 'together.healthy-named'),
  row('healthy', 'no-sign', [], 'agree', 'together.healthy-unseen'),
  row('healthy', 'cannot-tell', [], 'unknown', 'together.healthy-untold'),
  row('uncertain', 'named', ['same'], 'unknown', 'together.uncertain-named-same'),
  row('uncertain', 'named', [], 'unknown', 'together.uncertain-named'),
  row('uncertain', 'no-sign', [], 'unknown', 'together.uncertain-unseen'),
  row('uncertain', 'cannot-tell', [], 'unknown', 'together.uncertain-untold'),
  row('not-applicable', 'named', [], 'unknown', 'together.silent-named'),
  row('not-applicable', 'no-sign', [], 'unknown', 'together.silent-unseen'),
  row('not-applicable', 'cannot-tell', [], 'unknown', 'together.silent-untold'),
]

function row(
  network: Verdict,
  witness: WitnessWord,
  beat: readonly BeatWord[],
  agreement: Agreement,
  key: MessageKey,
): WordingRow {
  return { network, witness, beat, agreement, key }
}

export function wordingOf(network: Verdict, witness: WitnessWord, beat: BeatWord): WordingRow {
  const found = wordingTable.find(
    (each) =>
      each.network === network && each.witness === witness && (each.beat.length === 0 || each.beat.includes(beat)),
  )
  if (found === undefined) throw new Error(`The wording table has no row for ${network}, ${witness}, ${beat}.`)
  return found
}

const namedParts: Readonly<Partial<Record<WitnessVerdict, BearingPart>>> = {
  'fault-outer-race': 'outer-race',
  'fault-inner-race': 'inner-race',
  'fault-rolling-element': 'rolling-element',
  'fault-cage': 'cage',
}

export function namedPart(verdict: WitnessVerdict): BearingPart | undefined {
  return namedParts[verdict]
}

export function witnessWordOf(verdict: WitnessVerdict): WitnessWord {
  if (verdict === 'no-sign' || verdict === 'cannot-tell') return verdict
  return 'named'
}

export function beatWordOf(
  beat: BeatVerdict | undefined,
  part: BearingPart | undefined,
  named: BearingPart | undefined,
) {
  if (beat === 'matches') return part === named ? 'same' : 'other'
  return beat === 'matches-none' || beat === 'matches-shaft' ? 'no-line' : 'silent'
}

/** The table as docs/diagnosis.md shows it. */
export function wordingMarkdown(sentence: (key: MessageKey) => string): string {
  const lines = wordingTable.map(({ network, witness, beat, agreement, key }) => {
    const beats = beat.length === 0 ? 'any' : beat.join(', ')
    return `| ${network} | ${witness} | ${beats} | ${agreement} | ${sentence(key)} |`
  })
  return ['| network | envelope | beat | together | said |', '| --- | --- | --- | --- | --- |', ...lines].join('\n')
}
