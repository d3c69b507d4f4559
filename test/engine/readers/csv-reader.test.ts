import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource, openFileSource } from '../../../src/engine/readers/byte-source'
import { csvReader } from '../../../src/engine/readers/csv-reader'
import { AnalyzerError } from '../../../src/shared/errors'
import { createRandom } from '../../../src/shared/random'
import {
  buildTextTable,
  codesOf,
  encodeText,
  openText,
  readAll,
  type TextEncodingName,
} from '../../builders/text-table-builder'
import { expectArraysClose } from '../../helpers/expect-arrays-close'

const encodings: readonly TextEncodingName[] = [
  'utf-8',
  'utf-8-bom',
  'utf-16le',
  'utf-16be',
  'utf-16le-bom',
  'utf-16be-bom',
]

async function errorOf(work: Promise<unknown>): Promise<AnalyzerError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof AnalyzerError) return error
  throw new Error(`an AnalyzerError was expected, not ${String(error)}`)
}

function timedRows(rowCount: number, sampleRateHz: number, seed: number): readonly (readonly string[])[] {
  const random = createRandom(seed)
  return Array.from({ length: rowCount }, (_, i) => [
    (i / sampleRateHz).toFixed(7),
    String(Math.fround(random.normal())),
    (random.normal() * 100).toExponential(8),
  ])
}

describe('what is written is read back', () => {
  it('under every delimiter, decimal mark, encoding and line end', async () => {
    const random = createRandom(5)
    for (const encoding of encodings) {
      for (const delimiter of [',', ';', '\t', '|', ' ', '   ', '; ']) {
        for (const decimal of ['.', ','] as const) {
          if (delimiter === ',' && decimal === ',') continue
          const lineEnd = ['\n', '\r\n', '\r'][random.integer(3)]
          const rows = timedRows(40, 12_800, random.integer(1e9))
          const header = random.uniform() < 0.5 ? [['Time (s)', 'a_x (g)', 'a_y (g)'].join(delimiter)] : []
          const shape = { delimiter, decimal, lineEnd, encoding, header, rows, hasLastLineEnd: random.uniform() < 0.5 }
          const recording = await openText(buildTextTable(shape))
          const place = JSON.stringify({ delimiter, decimal, lineEnd, encoding, header })
          expect(recording.channels.length, place).toBe(2)
          expect(recording.channels[0].sampleRateHz, place).toBe(12_800)
          expect(recording.notices, place).toEqual([])
          const [x, y] = await readAll(recording)
          expect([...x], place).toEqual(rows.map((cells) => Math.fround(Number(cells[1]))))
          expect([...y], place).toEqual(rows.map((cells) => Math.fround(Number(cells[2]))))
        }
      }
    }
  })

  it('by random ranges as in one piece, over many blocks, also from a file of UTF-16', async () => {
    const rows = timedRows(60_000, 25_600, 3)
    for (const encoding of ['utf-8', 'utf-16le-bom'] as const) {
      const bytes = buildTextTable({
        delimiter: ';',
        decimal: ',',
        lineEnd: '\r\n',
        encoding,
        header: ['t;x;y', 's;g;g'],
        rows,
        hasLastLineEnd: true,
      })
      const recording = await openText(bytes)
      const whole = rows.map((cells) => Math.fround(Number(cells[2])))
      const random = createRandom(4)
      for (let i = 0; i < 100; i++) {
        const start = random.integer(61_000) - 500
        const end = start + random.integer(i % 10 === 0 ? 60_000 : 300)
        const samples = await recording.channels[1].read({ start, end })
        const from = Math.min(Math.max(start, 0), 60_000)
        expectArraysClose(samples, whole.slice(from, Math.max(from, end)), 0)
      }
    }
  })

  it('blocks dropped from the cache are parsed again to the same numbers', async () => {
    const columnCount = 40
    const row = Array.from({ length: columnCount }, (_, c) => c).join(',')
    const text = Array.from({ length: 450_000 }, (_, i) => `${i % 10}.${row}`).join('\n') // 18 M numbers, cache 16 M
    const recording = await openText(text)
    const last = recording.channels[columnCount - 1]
    expect(last.sampleCount).toBe(450_000)
    for (const start of [0, 449_990, 200_000, 0]) {
      const [first, value] = [
        await recording.channels[0].read({ start, end: start + 5 }),
        await last.read({ start, end: start + 5 }),
      ]
      expectArraysClose(
        first,
        [0, 1, 2, 3, 4].map((i) => (start + i) % 10),
        0,
      )
      expect([...value]).toEqual([39, 39, 39, 39, 39])
    }
  })
})

describe('fields and rows', () => {
  it('reads exponents, signs, blanks, NaN, quotes and trailing delimiters', async () => {
    const recording = await openText('a,b,c\n+1.0,5e-005,"2.5",\n-3,,NaN,\n 7 , 1E3 ,Inf,\n1,2,x,\n1,2,3')
    const [a, b, c] = await readAll(recording)
    expect([...a]).toEqual([1, -3, 7, 1, 1])
    expect([...b]).toEqual([Math.fround(5e-5), Number.NaN, 1000, 2, 2])
    expect([...c]).toEqual([2.5, Number.NaN, Number.NaN, Number.NaN, 3])
    const messages = recording.notices.map(({ code, message }) => `${code}: ${message}`)
    expect(messages).toEqual([
      'blank-fields: 1 field is empty and read as NaN, the first in row 2, column "b".',
      'bad-fields: 1 field is no number and read as NaN, the first "x" in line 5, column "c".',
      'infinite-fields: 1 field is infinite or too large and read as NaN.',
    ])
  })

  it('names the line of short and long rows, and counts comments and blank lines as lines', async () => {
    const recording = await openText('# made by hand\nx;y\n1;2\n\n% note\n3\n4;5\n6;7;8\n9;10\n')
    const [x, y] = await readAll(recording)
    expect([...x]).toEqual([1, 3, 4, 6, 9])
    expect([...y]).toEqual([2, Number.NaN, 5, 7, 10])
    expect(recording.notices.map(({ message }) => message)).toEqual([
      '1 row has fewer than 2 fields, the first in line 6 with 1; the missing ones are NaN.',
      '1 row has more than 2 fields, the first in line 8 with 3; the others are left out.',
    ])
  })

  it('reads the ragged first row of the ADI recordings', async () => {
    const recording = await openText(
      '0;0.89 ;0.90 ;0.8 ;0.9\r\n5e-005;0.88 ;0.91 \r\n0.0001;0.87 ;0.92 \r\n0.00015;0.86 ;0.93 \r\n',
    )
    expect(recording.channels.map(({ sampleRateHz, sampleCount }) => [sampleRateHz, sampleCount])).toEqual([
      [20_000, 4],
      [20_000, 4],
    ])
    expect(codesOf(recording)).toEqual(['first-row-extras'])
  })

  it('leaves a last row out that is cut before its last field', async () => {
    const recording = await openText('1,2,3\n4,5,6\n7,8,9\n10,1')
    expect(recording.channels[0].sampleCount).toBe(3)
    expect(codesOf(recording)).toEqual(['cut-last-row'])
  })

  it('stops where a logger left zeros', async () => {
    const text = encodeText(
      timedRows(500, 1000, 1)
        .map((cells) => cells.join(','))
        .join('\n') + '\n',
      'utf-8',
    )
    for (const cut of [text.length, text.length - 3]) {
      const bytes = new Uint8Array(text.length + 3_000_000)
      bytes.set(text.subarray(0, cut))
      const recording = await openText(bytes)
      expect(recording.channels[0].sampleCount).toBe(500)
      expect(codesOf(recording)).toContain('zero-tail')
    }
  })
})

it('takes unit and speed from the user, without a guess', async () => {
  const text = 'RPM=1500\nx (g);y\n1.5;2\n2.5;4\n5;3\n'
  const found = await openText(text)
  expect(found.channels.map(({ unit }) => unit)).toEqual(['g', undefined])
  expect(found.metadata.shaftSpeedRpm).toEqual({ value: 1500, origin: 'file' })
  expect(found.guesses.map(({ flag }) => flag)).toEqual(expect.arrayContaining(['--unit', '--rpm']))
  const given = await openText(text, { unit: 'm/s2', shaftSpeedRpm: 900 })
  expect(given.channels.map(({ unit }) => unit)).toEqual(['m/s2', 'm/s2'])
  expect(given.metadata.shaftSpeedRpm).toEqual({ value: 900, origin: 'user' })
  const flags = given.guesses.map(({ flag }) => flag)
  expect(flags).not.toContain('--unit')
  expect(flags).not.toContain('--rpm')
})

describe('sample rate', () => {
  it('of rounded times is the slope, not the median step (25.6 kHz printed to 10 µs as in FEMTO)', async () => {
    const rows = Array.from({ length: 2560 }, (_, i) => {
      const micro = Math.floor((i / 25_600) * 1e6) + 900_000
      const second = Math.floor(micro / 1e6)
      return `23,59,${58 + second},${Number((micro % 1e6).toPrecision(5)).toExponential()},${Math.sin(i).toFixed(3)},0.1`
    })
    const recording = await openText(rows.join('\n'))
    expect(recording.channels.map(({ name, sampleRateHz }) => [name, sampleRateHz])).toEqual([
      ['column 5', 25_600],
      ['column 6', 25_600],
    ])
    expect(codesOf(recording)).toEqual(['time-jitter'])
  })

  it('passes midnight', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => {
      const ms = (86_399_900 + i) % 86_400_000
      const clock = new Date(ms).toISOString().slice(11, 23)
      return `${clock},${i % 7}`
    })
    const recording = await openText(`Time,a (g)\n${rows.join('\n')}`)
    expect(recording.channels[0].sampleRateHz).toBe(1000)
    expect(recording.notices).toEqual([])
  })

  it('is not upset by gaps and jumps back, and says where they are', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => {
      const leap = i >= 12_000 ? 2 - 0.0001 * 5 : i >= 5000 ? 2 : 0
      return `${(i / 10_000 + leap - (i >= 15_000 ? 1 : 0)).toFixed(5)},${i % 3}`
    })
    const recording = await openText(`t,x\n${rows.join('\n')}`)
    expect(recording.channels[0].sampleRateHz).toBe(10_000)
    const places = recording.notices.map(({ code, startSeconds }) => [code, startSeconds])
    expect(places).toEqual([
      ['time-gap', 0.5],
      ['time-backwards', 1.2],
      ['time-backwards', 1.5],
    ])
  })

  it('comes from a clock that ticks once in 25 samples', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `${(Math.floor(i / 25.6) / 1000).toFixed(3)},${i % 5}`)
    const recording = await openText(`time (s),x\n${rows.join('\n')}`)
    expect(recording.channels[0].sampleRateHz).toBeCloseTo(25_600, -1)
    expect(codesOf(recording)).toEqual(['time-coarse'])
  })

  it('is undefined without a time column, and the user wins', async () => {
    expect((await openText('1\n2\n3\n')).channels[0].sampleRateHz).toBeUndefined()
    expect((await openText('t,x\n0,1\n0.1,2\n0.2,3\n', { sampleRateHz: 7 })).channels[0].sampleRateHz).toBe(7)
  })

  it('of the preamble is used without a time column, and a conflict is named', async () => {
    const alone = await openText('Sample rate: 25,6 kHz\nx\n1\n2\n3\n')
    expect(alone.channels[0].sampleRateHz).toBe(25_600)
    const torn = await openText('Sample rate: 25600 Hz\nt,x\n0,1\n0.1,2\n0.2,3\n0.3,3\n')
    expect(torn.channels[0].sampleRateHz).toBe(10)
    expect(codesOf(torn)).toEqual(['rate-conflict'])
  })
})

describe('bad input', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vibralens-csv-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('truncated anywhere, a table is read as far as it goes or refused with a sentence', async () => {
    const bytes = buildTextTable({
      delimiter: ';',
      decimal: ',',
      lineEnd: '\r\n',
      encoding: 'utf-16le-bom',
      header: ['设备: 1号泵', '采样频率: 1000 Hz', '时间(s);加速度(m/s²);y'],
      rows: timedRows(60, 1000, 8),
      hasLastLineEnd: true,
    })
    const whole = await readAll(await openText(bytes))
    let readCount = 0
    for (let length = 0; length < bytes.length; length += 13) {
      try {
        const recording = await openText(bytes.slice(0, length))
        if (recording.channels.length !== 2) continue
        readCount++
        const [x] = await readAll(recording)
        const sure = Math.max(0, x.length - 1) // the last number may be cut
        expect([...x.slice(0, sure)], `${length} bytes`).toEqual([...whole[0].slice(0, sure)])
      } catch (error) {
        expect(error, `${length} bytes`).toBeInstanceOf(AnalyzerError)
      }
    }
    expect(readCount).toBeGreaterThan(50)
  })

  it('random bytes and damaged tables never give anything but a recording or an AnalyzerError', async () => {
    const random = createRandom(21)
    const table = encodeText(
      timedRows(50, 1000, 9)
        .map((cells) => cells.join(','))
        .join('\n'),
      'utf-8',
    )
    for (let i = 0; i < 400; i++) {
      const bytes = i % 2 === 0 ? new Uint8Array(random.integer(2000)) : table.slice()
      const damageCount = i % 2 === 0 ? bytes.length : 1 + random.integer(40)
      for (let d = 0; d < damageCount; d++) bytes[random.integer(bytes.length)] = random.integer(256)
      try {
        await readAll(await openText(bytes))
      } catch (error) {
        expect(error).toBeInstanceOf(AnalyzerError)
      }
    }
  })

  it.each([
    ['nothing', '', 'unreadable-file'],
    ['prose', 'The pump was replaced in May.\nIt ran well since.\n', 'unsupported-format'],
    ['a header alone', 'time,x,y\n', 'unsupported-format'],
    ['JSON', '{"a": [1, 2, 3], "b": "x"}\n', 'unsupported-format'],
    ['HTML', '<html><body><p>1, 2</p></body></html>\n', 'unsupported-format'],
    ['a LabVIEW file', 'LabVIEW Measurement\t\nWriter_Version\t2\n', 'unsupported-format'],
    ['a time column alone', 'Time (s)\n0\n0.1\n0.2\n', 'unsupported-format'],
    ['zeros', '\0'.repeat(5000), 'unsupported-format'],
    ['a line of 10⁶ columns', '1,'.repeat(1_000_000), 'unsupported-format'],
    ['lines of 5000 columns', `${'1,'.repeat(5000)}\n`.repeat(4), 'unsupported-format'],
    ['a line without end', `1,2\n3,4\n${'5'.repeat(3_000_000)}`, 'unsupported-format'],
  ])('%s is refused', async (_, text, code) => {
    const error = await errorOf(openText(text))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(/^[A-Z].*\.$/)
  })

  it('a line without end behind good rows is refused with its number', async () => {
    const text = '1.5,2\n'.repeat(20_000) + '5'.repeat(4_000_000)
    expect((await errorOf(openText(text))).message).toContain('Line 20001 is longer')
  })

  it.each([
    [{ delimiter: 'abc' }, 'delimiter'],
    [{ encoding: 'klingon' }, 'encoding'],
    [{ headerLines: 99 }, '99 header lines'],
    [{ timeColumn: 9 }, 'no column 9'],
    [{ timeColumn: 'z' }, 'no column "z"'],
  ])('%j is a bad request', async (text, words) => {
    const error = await errorOf(openText('t,x\n0,1\n1,2\n2,3\n', { text }))
    expect(error.code).toBe('bad-request')
    expect(error.message).toContain(words)
  })

  it('a file of 1 GB of zeros is refused at once, and so is one whose table ends in them read', async () => {
    const path = join(folder, 'zeros.csv')
    await writeFile(path, '')
    const handle = await open(path, 'r+')
    await handle.truncate(2 ** 30)
    await handle.close()
    const source = await openFileSource(path)
    expect((await errorOf(csvReader.open(source, {}))).code).toBe('unsupported-format')
    await source.close()
    const mixed = await open(path, 'r+')
    await mixed.write('0.1,0.2\n'.repeat(20_000))
    await mixed.close()
    const again = await openFileSource(path)
    const recording = await csvReader.open(again, {})
    expect(recording.channels[0].sampleCount).toBe(20_000)
    expect(codesOf(recording)).toEqual(['zero-tail'])
    await recording.close()
  })

  it('a file that shrinks while it is read is named', async () => {
    const rows = encodeText('0.25,0.5\n'.repeat(200_000), 'utf-8')
    const source = memorySource('table.csv', rows)
    const shrunk = {
      ...source,
      read: (start: number, end: number) =>
        start > 900_000 ? Promise.resolve(new Uint8Array(0)) : source.read(start, end),
    }
    expect((await errorOf(csvReader.open(shrunk, {}))).code).toBe('unreadable-file')
  })
})
