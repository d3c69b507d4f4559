import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openText, readAll } from '../../builders/text-table-builder'

interface Facts {
  readonly count: number
  readonly nan: number
  readonly sum: number
  readonly sumOfSquares: number
  readonly picked: readonly (number | null)[]
}

interface Golden {
  readonly generated: { readonly a: Facts; readonly b: Facts }
  readonly real: { readonly adi: readonly Facts[]; readonly femto: readonly Facts[] }
}

const goldenPath = resolve(import.meta.dirname, '../../golden/csv-golden.json')
const golden = JSON.parse(readFileSync(goldenPath, 'utf8')) as Golden
const shared = resolve(import.meta.dirname, '../../../../shared/data')
const adiPath = resolve(shared, 'adi_limerick/Data_ADXL356C/1800_HIR_GS_BaLo_WA_11lb.Wfm.csv.gz')
const femtoPath = resolve(shared, 'femto/Learning_set/Bearing3_2/acc_00082.csv')

function expectFacts(samples: Float32Array, facts: Facts): void {
  expect(samples.length).toBe(facts.count)
  expect(samples.filter(Number.isNaN).length).toBe(facts.nan)
  let sum = 0
  let sumOfSquares = 0
  for (const sample of samples) {
    if (Number.isNaN(sample)) continue
    sum += sample
    sumOfSquares += sample * sample
  }
  // Same float32 values; only the order of the additions differs (NumPy adds pairwise).
  expect(Math.abs(sum - facts.sum)).toBeLessThan(1e-9 * Math.sqrt(facts.count * facts.sumOfSquares))
  expect(Math.abs(sumOfSquares / facts.sumOfSquares - 1)).toBeLessThan(1e-11)
  const picked = [0, 1, 2, 777, samples.length - 1].map((index) =>
    Number.isNaN(samples[index]) ? null : samples[index],
  )
  expect(picked).toEqual(facts.picked)
}

describe('as pandas reads it', () => {
  it('a generated table with decimal commas, long fractions, exponents and blanks', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const x = (((i * 7919) % 20_011) - 10_005) / 3 ** (i % 5)
      const b = i % 97 === 5 ? '' : (x / 7).toExponential(6)
      return `${i};${x};${b}`.replaceAll('.', ',')
    })
    const recording = await openText(`n;a;b\r\n${rows.join('\r\n')}\r\n`)
    expect(recording.channels.map(({ name }) => name)).toEqual(['a', 'b'])
    const [a, b] = await readAll(recording)
    expectFacts(a, golden.generated.a)
    expectFacts(b, golden.generated.b)
    expect(recording.notices.map(({ code }) => code)).toEqual(['blank-fields'])
  })

  it.skipIf(!existsSync(adiPath))('a recording of ADI (needs ../shared/data)', async () => {
    const recording = await openText(gunzipSync(readFileSync(adiPath)))
    expect(recording.channels.map(({ sampleRateHz, unit }) => [sampleRateHz, unit])).toEqual(
      Array(3).fill([20_000, undefined]),
    )
    const signals = await readAll(recording)
    signals.forEach((samples, index) => expectFacts(samples, golden.real.adi[index]))
  })

  it.skipIf(!existsSync(femtoPath))('a recording of FEMTO (needs ../shared/data)', async () => {
    const recording = await openText(readFileSync(femtoPath))
    expect(recording.channels.map(({ name, sampleRateHz }) => [name, sampleRateHz])).toEqual([
      ['column 5', 25_600],
      ['column 6', 25_600],
    ])
    const signals = await readAll(recording)
    signals.forEach((samples, index) => expectFacts(samples, golden.real.femto[index]))
  })
})
