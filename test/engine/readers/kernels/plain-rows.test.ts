import { describe, expect, it } from 'vitest'
import { PlainRowReader, type ColumnWidth } from '../../../../src/engine/readers/kernels/plain-rows'
import { createRandom } from '../../../../src/shared/random'
import { randomNumberText } from '../../../builders/number-text'

interface Table {
  readonly text: string
  readonly widths?: readonly ColumnWidth[]
  readonly delimiter?: string
  readonly decimal?: string
}

/** The rows that are plain, in columns; undefined where a column is left out. */
function read({
  text,
  widths = [8],
  delimiter = ',',
  decimal = '.',
}: Table): readonly (readonly number[] | undefined)[] {
  const bytes = new Uint8Array(Buffer.from(text, 'latin1'))
  const syntax = { delimiter: delimiter.charCodeAt(0), decimal: decimal.charCodeAt(0), columnWidths: widths }
  const reader = new PlainRowReader(syntax, 100)
  reader.take(bytes)
  const { endRow } = reader.read(0, 0, 100)
  return reader.columns.map((values) => values && [...values.subarray(0, endRow)])
}

/** One reader for many fields: what an earlier one left behind must not count. */
function createFieldReader(): (field: string) => number | undefined {
  const reader = new PlainRowReader({ delimiter: 44, decimal: 46, columnWidths: [8] }, 1)
  return (field) => {
    reader.take(new Uint8Array(Buffer.from(`${field}\r\n`, 'latin1')))
    return reader.read(0, 0, 1).endRow === 1 ? reader.columns[0]?.[0] : undefined
  }
}

const readOne = createFieldReader()

describe('rows of plain numbers', () => {
  it('are read exactly as Number() reads them, or left alone', () => {
    const random = createRandom(13)
    const wrong: string[] = []
    let plainCount = 0
    for (let i = 0; i < 20_000; i++) {
      const text = i % 2 === 0 ? randomNumberText(random) : (random.normal() * 1000).toFixed(random.integer(10))
      const value = readOne(text)
      if (value !== undefined) plainCount++
      if (value !== undefined && !Object.is(value, Number(text))) wrong.push(text)
    }
    expect(wrong.slice(0, 5)).toEqual([])
    expect(plainCount).toBeGreaterThan(9000)
  })

  it.each(['0', '-0', '7.', '.5', '-.25', '123456789.123456', '-12345678.123456', '  1.5', '1.5  ', '  -3  '])(
    'reads "%s"',
    (field) => expect(readOne(field)).toBe(Number(field)),
  )

  it.each([
    ['', 'nothing'],
    ['-', 'no digit'],
    ['.', 'no digit'],
    ['-.', 'no digit'],
    ['1.2.3', 'two points'],
    ['--1', 'two signs'],
    ['1-2', 'a sign inside'],
    ['+1', 'a plus'],
    ['1e3', 'an exponent'],
    ['x', 'a word'],
    ['1 2', 'a blank inside'],
    ['"1"', 'quotes'],
    ['1\xff', 'a byte above 127'],
    ['1234567890', 'ten digits'],
    ['0.1234567891', 'ten digits behind the point'],
    ['12345678.12345678', 'sixteen digits'],
    ['123456789.1234567', 'seventeen characters'],
  ])('leaves "%s" alone: %s', (field) => expect(readOne(field)).toBeUndefined())

  it('go to columns of their widths; the first odd row ends them, wherever it is odd', () => {
    const rows = ['0.1;2;-3,5', '0,2;5;6,25 ', ' 0,3 ;7;-8,125\r']
    const widths = [8, 0, 4] as const
    const plain = rows.map((row) => row.replace('0.1', '0,1'))
    const columns = read({ text: `${plain.join('\n')}\n`, widths, delimiter: ';', decimal: ',' })
    expect(columns).toEqual([[0.1, 0.2, 0.3], undefined, [-3.5, 6.25, -8.125]])
    for (const odd of ['0,4;x;1', '0,4;1', '0,4;1;2;3', '', '#', '0,4;1;']) {
      const text = `${plain.slice(0, 2).join('\n')}\n${odd}\n${plain[2]}\n`
      const [times] = read({ text, widths, delimiter: ';', decimal: ',' })
      expect(times, odd).toEqual([0.1, 0.2])
    }
  })

  it('are read in parts as in one piece, and never behind the last line end', () => {
    const random = createRandom(14)
    const values = Array.from({ length: 90 }, () => Number((random.normal() * 100).toFixed(4)))
    const bytes = new Uint8Array(Buffer.from(values.map((value) => `${value}\n`).join('')))
    const reader = new PlainRowReader({ delimiter: 0, decimal: 46, columnWidths: [8] }, 100)
    reader.take(new Uint8Array(Buffer.from('9\n'.repeat(2000)))) // what an earlier block left behind
    reader.take(bytes)
    let [position, row] = [0, 0]
    while (position < bytes.length) {
      const part = reader.read(position, row, row + 1 + random.integer(9))
      expect(part.endRow).toBeGreaterThan(row)
      ;[position, row] = [part.position, part.endRow]
    }
    expect(row).toBe(90)
    expect([...(reader.columns[0]?.subarray(0, 90) ?? [])]).toEqual(values)
  })
})
