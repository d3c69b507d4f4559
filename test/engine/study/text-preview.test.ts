import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RequestInput } from '../../../src/shared/contract/requests'
import { startStudyEngine, type StudyEngine } from '../../helpers/study-engine'

let study: StudyEngine
beforeAll(async () => {
  study = await startStudyEngine()
})
afterAll(() => study.dispose())

async function preview(
  name: string,
  content: string | Uint8Array,
  text: RequestInput<'text.preview'>['read']['text'] = {},
) {
  const path = join(study.folder, name)
  await writeFile(path, content)
  return study.ask('text.preview', { file: path, read: { text } })
}
const table = (rows: number, separator = ';') =>
  [
    '# pump 3',
    ['t (s)', 'a (g)', 'b (mm/s)'].join(separator),
    ...Array.from({ length: rows }, (_, i) => [(i / 1000).toFixed(3), Math.sin(i).toFixed(3), i % 9].join(separator)),
    '',
  ].join('\n')

describe('text.preview', () => {
  it('shows how a table would be read', async () => {
    const view = await preview('a.csv', table(100))
    expect(view).toMatchObject({ encoding: 'utf-8', delimiter: ';', decimal: '.', headerLines: 2, timeColumn: 0 })
    expect(view.columns).toEqual([
      { name: 't', unit: 's', isTime: true },
      { name: 'a', unit: 'g', isTime: false },
      { name: 'b', unit: 'mm/s', isTime: false },
    ])
    expect(view.headLines[0]).toBe('# pump 3')
    expect(view.rows[1]).toEqual(['0.001', '0.841', '1'])
    expect(view.channels).toMatchObject([
      { name: 'a', unit: 'g', sampleRateHz: 1000, sampleCount: 100 },
      { name: 'b', unit: 'mm/s', sampleRateHz: 1000, sampleCount: 100 },
    ])
    expect(view.guesses.map(({ what }) => what)).toContain('sample rate')
    expect([view.problem, view.isHeadOnly]).toEqual([null, false])
  })

  it('has one key for files of one layout, and another for another', async () => {
    const keys = []
    for (const [name, content] of [
      ['b.csv', table(50)],
      ['c.csv', table(70)],
      ['d.csv', table(50, ',')],
      ['e.csv', table(50).replace('a (g)', 'x (g)')],
    ]) {
      keys.push((await preview(name, content)).layoutKey)
    }
    expect(keys[1]).toBe(keys[0])
    expect(new Set(keys).size).toBe(3)
  })

  it('keeps the key whatever is chosen, so that the choice is found again', async () => {
    const { layoutKey } = await preview('key.csv', table(50))
    for (const text of [{ delimiter: ',' }, { headerLines: 7 }, { timeColumn: 'none' }, { encoding: 'gb18030' }]) {
      expect((await preview('key.csv', table(50), text)).layoutKey).toBe(layoutKey)
    }
    const [first, second] = [
      await preview('no1.txt', 'log 12 of 3\nend\n'),
      await preview('no2.txt', 'log 7 of 45\nfin\n'),
    ]
    expect(first.problem).not.toBeNull()
    expect(second.layoutKey).toBe(first.layoutKey)
  })

  it('follows what the user says', async () => {
    const view = await preview('f.csv', table(100), { headerLines: 12, timeColumn: 'none' })
    expect([view.headerLines, view.timeColumn]).toEqual([12, null])
    expect(view.channels.map(({ sampleCount }) => sampleCount)).toEqual([90, 90, 90])
  })

  it('shows the lines of a text without a table, and says the problem', async () => {
    const view = await preview('g.txt', 'Dear all,\nthe pump is fine.\n')
    expect(view.headLines).toEqual(['Dear all,', 'the pump is fine.'])
    expect(view.problem).toMatch(/holds no table of numbers/)
    expect([view.columns, view.rows, view.channels]).toEqual([[], [], []])
  })

  it('says the problem of a choice that does not fit, beside the lines', async () => {
    const view = await preview('h.csv', table(10), { headerLines: 500 })
    expect(view.problem).toMatch(/500 header lines do not fit/)
    expect(view.headLines.length).toBe(12)
  })

  it('looks into a packed file', async () => {
    const view = await preview('i.csv.gz', gzipSync(table(30)))
    expect(view.channels.map(({ sampleCount }) => sampleCount)).toEqual([30, 30])
  })

  it('reads the first part of a long file alone, whole rows, and says so', async () => {
    const row = `${'0.123456,'.repeat(20)}1\n`
    const view = await preview('j.csv', row.repeat(100_000))
    expect(view.isHeadOnly).toBe(true)
    expect(view.channels[0].sampleCount).toBe(Math.floor((16 * 2 ** 20) / row.length))
    expect(view.rows.length).toBe(30)
  })

  it.each([
    [
      'a WAV file',
      async () => study.writeWav('k.wav', new Float32Array(2000).fill(0.3), 1000),
      /"k.wav" is no text file/,
    ],
    ['a file that is not there', async () => join(study.folder, 'none.csv'), /does not exist/],
  ])('refuses %s', async (_, make, words) => {
    const asked = study.ask('text.preview', { file: await make(), read: {} })
    await expect(asked).rejects.toMatchObject({ message: expect.stringMatching(words) as string })
  })
})
