import type { RequestInput } from '../../shared/contract/requests'

export type BearingInput = RequestInput<'bearing.add'>

export const bearingWords = ['designation', 'maker', 'source'] as const
export const bearingNumbers = ['count', 'ballMm', 'pitchMm', 'angleDegrees'] as const
export type BearingField = (typeof bearingWords)[number] | (typeof bearingNumbers)[number]
export type BearingTexts = Record<BearingField, string>

export const emptyBearing = (): BearingTexts => ({
  designation: '',
  maker: '',
  source: '',
  count: '',
  ballMm: '',
  pitchMm: '',
  angleDegrees: '',
})

export interface ReadBearing {
  readonly wrong: ReadonlySet<BearingField>
  /** Undefined while something is wrong. */
  readonly input: BearingInput | undefined
}

/** With the number of elements alone, the other three empty, the lines are estimates; nothing is filled in. */
export function readBearing(texts: BearingTexts): ReadBearing {
  const isCountOnly = [texts.ballMm, texts.pitchMm, texts.angleDegrees].every((text) => text.trim() === '')
  const numbers = isCountOnly ? (['count'] as const) : bearingNumbers
  const wrong = new Set<BearingField>([
    ...bearingWords.filter((name) => texts[name].trim() === ''),
    ...numbers.filter((name) => !Number.isFinite(numberOf(texts[name]))),
  ])
  if (wrong.size > 0) return { wrong, input: undefined }
  const { designation, maker, source } = texts
  const rollingElementCount = numberOf(texts.count)
  const geometry = isCountOnly
    ? { rollingElementCount }
    : {
        rollingElementCount,
        ballDiameterMm: numberOf(texts.ballMm),
        pitchDiameterMm: numberOf(texts.pitchMm),
        contactAngleDegrees: numberOf(texts.angleDegrees),
      }
  return { wrong, input: { designation, maker, source, geometry } }
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'))
}
