import { describe, expect, it } from 'vitest'
import { parseDecimal, parseTimestamp } from '../../../src/engine/readers/csv-fields'
import { noIssues, RowScanner } from '../../../src/engine/readers/csv-rows'
import { createRandom } from '../../../src/shared/random'
import { randomNumberText } from '../../builders/number-text'

const point = 46
const comma = 44

function parse(text: string, decimal = point): number {
  const bytes = new Uint8Array(Buffer.from(`${text}\n`))
  return parseDecimal(bytes, 0, text.length, decimal)
}

/** The way a field of a table is read: the quick path first. */
function scan(text: string): number {
  const syntax = { delimiter: comma, decimal: point, columnCount: 1, kinds: new Uint8Array([1]) }
  const scanner = new RowScanner(syntax, noIssues())
  scanner.bytes = new Uint8Array(Buffer.from(`${text}\n`))
  scanner.readRow()
  return scanner.values[0]
}

describe('parseDecimal', () => {
  it('gives the float32 of Number() on 100,000 random numbers, alone and in a table', () => {
    const random = createRandom(11)
    const wrong: string[] = []
    for (let i = 0; i < 100_000; i++) {
      const text = randomNumberText(random)
      const expected = Math.fround(Number(text))
      if (!Object.is(Math.fround(parse(text)), expected) || !Object.is(Math.fround(scan(text)), expected))
        wrong.push(text)
    }
    expect(wrong.slice(0, 5)).toEqual([])
  })

  it('decides numbers that lie half way between two float32 like Number()', () => {
    const random = createRandom(12)
    for (let i = 0; i < 2000; i++) {
      const low = Math.fround(random.normal())
      const bits = new Uint32Array(new Float32Array([low]).buffer)
      bits[0] += 1
      const middle = (low + new Float32Array(bits.buffer)[0]) / 2
      for (const text of [
        middle.toPrecision(30),
        (middle * (1 + 2e-16)).toPrecision(17),
        (middle * (1 - 2e-16)).toPrecision(20),
      ]) {
        expect(Math.fround(parse(text)), text).toBe(Math.fround(Number(text)))
      }
    }
  })

  it('is exactly Number() up to 15 digits', () => {
    for (const text of [
      '0.1',
      '123456.789012345',
      '5e-005',
      '1e22',
      '-0',
      '+1.5',
      '.5',
      '5.',
      '1E-22',
      '000123.4500',
    ]) {
      expect(Object.is(parse(text), Number(text)), text).toBe(true)
    }
  })

  it.each([
    ['1,234E-05', comma, 1.234e-5],
    ['-0,5', comma, -0.5],
    ['1.5D+02', point, 150],
  ])('%s → %f', (text, decimal, expected) => expect(parse(text, decimal)).toBe(expected))

  it.each(['', '-', '.', 'e5', '1e', '1e+', '1.2.3', '1,5', '1x', '--1', '0x10', '1 2'])('refuses "%s"', (text) =>
    expect(parse(text)).toBeNaN(),
  )

  it('survives a million digits', () => {
    expect(parse(`0.${'3'.repeat(1_000_000)}`)).toBeCloseTo(1 / 3, 15)
    expect(parse(`${'0'.repeat(1_000_000)}7`)).toBe(7)
  })
})

describe('parseTimestamp', () => {
  const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 1000
  it.each([
    ['08:30:15.250', 30_615.25],
    ['8:30:15,250', 30_615.25],
    ['08:30:15:250', 30_615.25],
    ['08:30', 30_600],
    ['11:59:59 PM', 86_399],
    ['12:00:01 AM', 1],
    ['2024-02-29T12:00:00.5Z', day('2024-02-29') + 43_200.5],
    ['2024-02-29 12:00:00+08:00', day('2024-02-29') + 43_200],
    ['29.02.2024 12:00:00', day('2024-02-29') + 43_200],
    ['02/29/2024 12:00:00', day('2024-02-29') + 43_200],
    ['29/02/2024 12:00', day('2024-02-29') + 43_200],
  ])('%s → %f s', (text, expected) => {
    const bytes = new Uint8Array(Buffer.from(`${text},1\n`))
    expect(parseTimestamp(bytes, 0, text.length, 0)).toBeCloseTo(expected, 6)
  })

  it.each(['abc', '12', '', ':', '2024-02'])('"%s" is no time', (text) => {
    const bytes = new Uint8Array(Buffer.from(`${text}\n`))
    expect(parseTimestamp(bytes, 0, text.length, 0)).toBeNaN()
  })
})
