import { strFromU8, unzipSync } from 'fflate'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import { PNG } from 'pngjs'
import { afterAll, describe, expect, it } from 'vitest'
import { createReport } from '../../../src/engine/reports/create-report'
import { fixZip } from '../../../src/engine/reports/fix-zip'
import { loadFonts } from '../../../src/engine/reports/fonts'
import { printableText } from '../../../src/engine/reports/printable-text'
import { readReportBlock } from '../../../src/engine/reports/read-report'
import { quietJob } from '../../../src/engine/jobs/job-context'
import type { ReportBlock } from '../../../src/shared/report/block'
import { resultOf, sourceOf } from '../../builders/report-builder'

const folder = mkdtempSync(join(tmpdir(), 'vibralens-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hostile =
  '#x *b* _i_ $y$ `c` [l] {z} \\u{0} <script>alert(1)</script> & "q" \' 东方 العربية 🙂 \u0000\u0007 \ud800 @ref //'
const logo = (() => {
  const png = new PNG({ width: 60, height: 20 })
  png.data.fill(200)
  return `data:image/png;base64,${PNG.sync.write(png).toString('base64')}`
})()
const given: Partial<ReportBlock> = {
  words: {
    machine: hostile,
    action: `${hostile}\n${'x'.repeat(400)}`,
    remarks: hostile,
    analyst: hostile,
    title: hostile,
  },
  template: { plant: hostile, footer: hostile, preface: hostile, closing: hostile, logo },
  annotations: [{ kind: 'note', text: hostile, author: hostile, startSeconds: 1, endSeconds: 1 }],
}
const odd = resultOf('fault', { file: { name: `${hostile}.wav`, sha256: 'ab'.repeat(32), format: 'wav', bytes: 1 } })

describe('PDF', () => {
  it('the same report gives the same bytes, another date gives others', async () => {
    const source = sourceOf([resultOf('fault')])
    const first = await createReport(source, 'pdf', quietJob)
    const again = await createReport(source, 'pdf', quietJob)
    const later = await createReport(sourceOf([resultOf('fault')], { date: '2026-11-25' }), 'pdf', quietJob)
    expect(Buffer.compare(Buffer.from(first.bytes), Buffer.from(again.bytes))).toBe(0)
    expect(Buffer.compare(Buffer.from(first.bytes), Buffer.from(later.bytes))).not.toBe(0)
  })

  it.each([
    ['a4', 595.28, 841.89],
    ['letter', 612, 792],
  ] as const)(
    'is laid out on %s, with its title, and words of any kind do it no harm',
    async (paper, width, height) => {
      const { bytes, pageCount, mediaType } = await createReport(sourceOf([odd], { ...given, paper }), 'pdf', quietJob)
      const pdf = await PDFDocument.load(bytes)
      expect(mediaType).toBe('application/pdf')
      expect(pdf.getPageCount()).toBe(pageCount)
      expect(pdf.getPage(0).getWidth()).toBeCloseTo(width, 1)
      expect(pdf.getPage(0).getHeight()).toBeCloseTo(height, 1)
      expect(pdf.getTitle()).toContain('#x *b* _i_ $y$ `c` [l] {z} \\u{0} <script>')
    },
  )

  it('carries its data, to the letter', async () => {
    const source = sourceOf([odd], given)
    const path = join(folder, 'carried.pdf')
    writeFileSync(path, (await createReport(source, 'pdf', quietJob)).bytes)
    const { block } = await readReportBlock(path)
    // lone surrogates are no text: JSON of UTF-8 cannot hold them
    expect(block).toEqual(JSON.parse(Buffer.from(JSON.stringify(source.block)).toString()))
  })

  it('a channel without a verdict, and one without samples, are reported all the same', async () => {
    const { channel } = resultOf('not-applicable')
    const empty = resultOf('not-applicable', {
      channel: { ...channel, sampleCount: 0, durationSeconds: 0 },
      segments: [],
      reasons: [],
    })
    const { pageCount } = await createReport(sourceOf([resultOf('not-applicable'), empty]), 'pdf', quietJob)
    expect(pageCount).toBeGreaterThan(2)
  })

  it('stops between channels when it is cancelled', async () => {
    const controller = new AbortController()
    const source = sourceOf([resultOf('fault'), resultOf('healthy')])
    const job = { signal: controller.signal, report: () => controller.abort() }
    await expect(createReport(source, 'pdf', job)).rejects.toThrow()
  })
})

describe('reading a PDF back', () => {
  it.each([
    ['none.pdf', undefined, 'unreadable-file'],
    ['empty.pdf', '', 'unreadable-file'],
    ['text.pdf', 'no pdf at all', 'unreadable-file'],
  ])('%s: %s', async (name, content, code) => {
    const path = join(folder, name)
    if (content !== undefined) writeFileSync(path, content)
    await expect(readReportBlock(path)).rejects.toMatchObject({ code })
  })

  it('another program’s PDF carries no data of ours', async () => {
    const path = join(folder, 'foreign.pdf')
    const foreign = await PDFDocument.create()
    foreign.addPage()
    await foreign.attach(new TextEncoder().encode('{}'), 'other.json')
    writeFileSync(path, await foreign.save())
    await expect(readReportBlock(path)).rejects.toMatchObject({ code: 'unsupported-format' })
  })

  it.each([
    ['{', 'unreadable-file'],
    ['{"schema":"vibralens.report/9"}', 'unsupported-format'],
  ])('data that is %s is refused', async (content, code) => {
    const path = join(folder, 'wrong.pdf')
    const wrong = await PDFDocument.create()
    wrong.addPage()
    await wrong.attach(new TextEncoder().encode(content), 'vibralens-report.json')
    writeFileSync(path, await wrong.save())
    await expect(readReportBlock(path)).rejects.toMatchObject({ code })
  })
})

describe('HTML', () => {
  it('runs nothing, fetches nothing, and shows words as they are', async () => {
    const { bytes } = await createReport(sourceOf([odd], given), 'html', quietJob)
    const html = Buffer.from(bytes).toString()
    expect(html).not.toMatch(/<script|<iframe|<object|<embed|<link|\son\w+=|javascript:/i)
    expect([...html.matchAll(/(?:src|href)="([^"]{0,30})/g)].every(([, to]) => /^(data:image\/|#)/.test(to))).toBe(true)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;q&quot;')
    expect(html).toContain("default-src 'none'")
    expect(html).toContain('🙂')
  })

  it('its pictures need no typeface of the reader', async () => {
    const { bytes } = await createReport(sourceOf([resultOf('fault')]), 'html', quietJob)
    const pictures = [
      ...Buffer.from(bytes)
        .toString()
        .matchAll(/src="data:image\/svg\+xml;base64,([^"]+)"/g),
    ]
    expect(pictures.length).toBeGreaterThanOrEqual(6)
    for (const [, picture] of pictures) expect(Buffer.from(picture, 'base64').toString()).not.toContain('<text')
  })
})

describe('DOCX', () => {
  it('the same report gives the same bytes, dated by the report', async () => {
    const source = sourceOf([odd], given)
    const first = await createReport(source, 'docx', quietJob)
    const again = await createReport(source, 'docx', quietJob)
    expect(Buffer.compare(Buffer.from(first.bytes), Buffer.from(again.bytes))).toBe(0)
    const core = strFromU8(unzipSync(first.bytes)['docProps/core.xml'])
    expect(core.match(/2026-11-24T00:00:00Z/g)).toHaveLength(2)
  })

  it('holds its words as text, its figures as pictures of 200 dots an inch', async () => {
    const { bytes } = await createReport(sourceOf([odd], given), 'docx', quietJob)
    const entries = unzipSync(bytes)
    const text = strFromU8(entries['word/document.xml'])
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(text).not.toMatch(/[\u0000-\u0008]/) // eslint-disable-line no-control-regex -- not allowed in XML
    const pictures = Object.keys(entries).filter((name) => /^word\/media\/.*\.png$/.test(name))
    expect(pictures.length).toBeGreaterThanOrEqual(7)
    const widths = pictures.map((name) => PNG.sync.read(Buffer.from(entries[name])).width)
    // 174 mm wide on A4; the logo is smaller
    expect(widths.filter((width) => width / (174 / 25.4) >= 200).length).toBe(pictures.length - 1)
  })

  it('fixZip sorts the entries and gives all of them one time', () => {
    const { bytes } = { bytes: fixZip(new Uint8Array([80, 75, 5, 6, ...Array<number>(18).fill(0)]), '2026-11-24') }
    expect(Object.keys(unzipSync(bytes))).toEqual([])
  })
})

describe('JSON and CSV', () => {
  it('JSON is the data that the PDF carries', async () => {
    const source = sourceOf([resultOf('fault')])
    const { bytes, pageCount } = await createReport(source, 'json', quietJob)
    expect(JSON.parse(Buffer.from(bytes).toString())).toEqual(JSON.parse(JSON.stringify(source.block)))
    expect(pageCount).toBeNull()
  })

  it('CSV has segments, events and annotations', async () => {
    const { bytes } = await createReport(sourceOf([odd], given), 'csv', quietJob)
    const lines = Buffer.from(bytes).toString().trimEnd().split('\n')
    expect(lines.at(-1)).toBe(',,,annotation note,1,1,,')
    expect(lines.filter((line) => line.includes(',segment,'))).toHaveLength(40)
  })
})

describe('printableText', () => {
  const fonts = loadFonts()

  it('keeps line ends, and shows what the typeface lacks as ?', () => {
    expect(printableText('a\r\nb\u2028c\td', fonts, 'en')).toBe('a\nb\nc d')
    expect(printableText('\u0007x', fonts, 'en')).toBe('?x')
  })

  it('spares English the wide quotes of a Chinese typeface', () => {
    expect(printableText('“can’t”', fonts, 'en')).toBe('"can\'t"')
    expect(printableText('“是”', fonts, 'zh-CN')).toBe('“是”')
  })

  it('lets long words be broken, and leaves short ones and Chinese alone', () => {
    expect(printableText('x'.repeat(30), fonts, 'en')).toBe(
      `${'x'.repeat(12)}\u200b${'x'.repeat(12)}\u200b${'x'.repeat(6)}`,
    )
    const whole = `${'y'.repeat(24)} ${'机'.repeat(40)}`
    expect(printableText(whole, fonts, 'zh-CN')).toBe(whole)
  })
})
