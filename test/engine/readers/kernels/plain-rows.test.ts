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
  const reader = new PlainRowReader({ ...syntax, rowCapacity: 100, byteCapacity: bytes.length, slotCount: 1 })
  const [slot] = reader.slots
  slot.bytes.set(bytes)
  const { endRow } = reader.read(slot, bytes.length, 0, 0)
  return slot.columns.map((values) => values && [...values.subarray(0, endRow)])
}

/** One reader for many fields: what an earlier one left behind must not count. */
function createFieldReader(): (field: string) => number | undefined {
  const setup = {
    delimiter: 44,
    decimal: 46,
    columnWidths: [8],
    rowCapacity: 1,
    byteCapacity: 100,
    slotCount: 1,
  } as const
  const reader = new PlainRowReader(setup)
  const [slot] = reader.slots
  return (field) => {
    const bytes = Buffer.from(`${field}\r\n`, 'latin1')
    slot.bytes.set(bytes)
    return reader.read(slot, bytes.length, 0, 0).endRow === 1 ? slot.columns[0]?.[0] : undefined
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
    const lines = values.map((value) => `${value}\n`)
    const setup = {
      delimiter: 0,
      decimal: 46,
      columnWidths: [8],
      rowCapacity: 100,
      byteCapacity: 5000,
      slotCount: 1,
    } as const
    const reader = new PlainRowReader(setup)
    const [slot] = reader.slots
    slot.bytes.set(Buffer.from('9\n'.repeat(2000))) // what an earlier block left behind
    let [position, row, end] = [0, 0, 0]
    for (let first = 0; first < lines.length; first += 9) {
      end += lines.slice(first, first + 9).join('').length
      slot.bytes.set(Buffer.from(lines.join('')))
      const part = reader.read(slot, end, position, row)
      expect(part).toEqual({ endRow: first + 9, position: end })
      ;[position, row] = [part.position, part.endRow]
    }
    expect([...(slot.columns[0]?.subarray(0, 90) ?? [])]).toEqual(values)
  })

  it('come out of another thread as they do here, and a stopped thread is done without', async () => {
    const random = createRandom(15)
    const text = Array.from(
      { length: 5000 },
      () => `${random.normal().toFixed(6)};${random.uniform().toFixed(3)}\n`,
    ).join('')
    const bytes = Buffer.from(text)
    const common = { delimiter: 59, decimal: 46, columnWidths: [4, 8], rowCapacity: 6000 } as const
    const reader = new PlainRowReader({ ...common, byteCapacity: bytes.length, slotCount: 2 })
    const [here, there] = reader.slots
    for (const { bytes: target } of reader.slots) target.set(bytes)
    reader.startThread()
    let reading = reader.readElsewhere(there, bytes.length)
    while (reading === undefined) {
      await new Promise((resume) => setTimeout(resume, 5))
      reading = reader.readElsewhere(there, bytes.length)
    }
    expect(await reading).toEqual(reader.read(here, bytes.length, 0, 0))
    expect(there.columns[0]).toEqual(here.columns[0])
    expect(there.columns[1]).toEqual(here.columns[1])
    const stopped = reader.readElsewhere(there, bytes.length)
    reader.stopThread()
    await expect(stopped).rejects.toThrow('stopped')
    expect(reader.readElsewhere(there, bytes.length)).toBeUndefined()
  })
})
