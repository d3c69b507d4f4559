import { describe, expect, it } from 'vitest'
import { daysAfter } from '../../../src/engine/reports/document/suggestions'
import { locales, translate } from '../../../src/shared/locales/translate'
import type { ReportDocument } from '../../../src/shared/report/document'
import { documentOf, resultOf, wordsOfDocument } from '../../builders/report-builder'

const verdicts = ['fault', 'healthy', 'uncertain', 'not-applicable'] as const

/** Words of page 1: everything before the evidence. */
function pageOne(document: ReportDocument): string {
  return wordsOfDocument({ ...document, sections: document.sections.slice(0, 1) })
}

describe.each(locales)('page 1 in %s', (locale) => {
  it.each(verdicts)('%s: verdict, severity, action, deadline and how sure', async (verdict) => {
    const words = pageOne(await documentOf([resultOf(verdict)], { locale }))
    for (const key of [
      `verdict.${verdict}`,
      `verdict.${verdict}.sentence`,
      `report.severity.${verdict}`,
      `report.action.${verdict}`,
    ] as const) {
      expect(words).toContain(translate(locale, key, {}))
    }
    expect(words).toContain('Pump 3')
    expect(words).toContain('2026-11-24')
    expect(words).toContain('pump-3 drive end 2026-03-14.wav')
    expect(words).not.toMatch(/\{\w+\}|undefined|NaN|null/)
  })

  it('a fault has dates to act by, and the figures of the model on machines it had not seen', async () => {
    const words = pageOne(await documentOf([resultOf('fault')], { locale }))
    expect(words).toContain('2026-12-01')
    expect(words).toContain('2026-12-22')
    expect(words).toContain('1.4 %')
    expect(words).toContain('0.8')
  })

  it('without a verdict there is no probability', async () => {
    const words = pageOne(await documentOf([resultOf('not-applicable')], { locale }))
    expect(words).toContain(translate(locale, 'report.confidence.none', {}))
    expect(words).not.toContain('0.9')
  })
})

describe('the analyst', () => {
  const own = {
    machine: 'Fan 9',
    verdict: 'Outer race spalled.',
    severity: 'severe',
    action: 'Replace it.',
    deadline: 'today',
    confidence: 'Seen before.',
  }

  it('has the last word, and what is said by hand is not marked as suggested', async () => {
    const words = pageOne(await documentOf([resultOf('fault')], { words: own }))
    for (const value of Object.values(own)) expect(words).toContain(value)
    expect(words).not.toContain('Pump 3')
    expect(words).not.toContain(translate('en', 'report.suggested', {}))
  })

  it('is followed in severity by words of the language where the word is a known one', async () => {
    const words = pageOne(await documentOf([resultOf('fault')], { words: own, locale: 'zh-CN' }))
    expect(words).toContain(translate('zh-CN', 'annotation.severity.severe', {}))
  })
})

describe('what would change the verdict', () => {
  it('names what is missing and what is in doubt', async () => {
    const { settings, channel } = resultOf('fault')
    const bare = resultOf('fault', {
      settings: { ...settings, shaftSpeedRpm: null },
      channel: { ...channel, unit: null, durationSeconds: 2 },
      quality: [{ code: 'clipping', message: 'Clipped.' }],
    })
    const words = pageOne(await documentOf([bare]))
    for (const key of ['report.change.speed', 'report.change.unit', 'report.change.baseline'] as const) {
      expect(words).toContain(translate('en', key, {}))
    }
    expect(words).toContain(translate('en', 'report.change.short', { duration: '2' }))
    expect(words).toContain(translate('en', 'report.change.quality', { count: 1 }))
  })

  it('says that a fault by one event rests on a part of the recording', async () => {
    const words = pageOne(await documentOf([resultOf('fault', { probability: 0.2 })]))
    expect(words).toContain(translate('en', 'report.change.events', { count: 1 }))
  })
})

describe('several channels', () => {
  const names = (name: string, index: number) => ({
    file: { name, sha256: String(index).repeat(64), format: 'wav', bytes: 1 },
  })

  it('are judged by the gravest, and all stand in one table', async () => {
    const results = [
      resultOf('healthy', names('a.wav', 1)),
      resultOf('uncertain', names('b.wav', 2)),
      resultOf('fault', { ...names('c.wav', 3), score: { healthy: 0, fault: 1, logit: 1 } }),
      resultOf('fault', { ...names('d.wav', 4), score: { healthy: 0, fault: 2, logit: 2 } }),
      resultOf('not-applicable', names('e.wav', 5)),
    ]
    const document = await documentOf(results)
    expect(pageOne(document)).toMatch(/FAULT[\s\S]*2 of 5 channels[\s\S]*d\.wav/)
    const table = document.sections[1].blocks.find((block) => block.kind === 'table')
    expect(table?.rows.map(([name, , verdict]) => `${name} ${verdict}`)).toEqual([
      'a.wav HEALTHY',
      'b.wav UNCERTAIN',
      'c.wav FAULT',
      'd.wav FAULT',
      'e.wav NO VERDICT',
    ])
    expect(document.sections.filter(({ title }) => title.startsWith('Evidence: '))).toHaveLength(5)
  })
})

describe('evidence and method', () => {
  it('numbers figures and tables in the order of the pages, each with a caption and words for the blind', async () => {
    const document = await documentOf([resultOf('fault')])
    const blocks = document.sections.flatMap((section) => section.blocks)
    const figures = blocks.filter((block) => block.kind === 'figure')
    const tables = blocks.filter((block) => block.kind === 'table')
    expect(figures.map(({ caption }) => /^Figure (\d+)\. ./.exec(caption)?.[1])).toEqual(
      figures.map((_, index) => String(index + 1)),
    )
    expect(figures.length).toBeGreaterThanOrEqual(6)
    expect(figures.every(({ alt }) => alt.length > 10)).toBe(true)
    expect(tables.map(({ caption }) => /^Table (\d+)\. ./.exec(caption)?.[1])).toEqual(
      tables.map((_, index) => String(index + 1)),
    )
    expect(tables.every(({ columns, rows }) => rows.every((row) => row.length === columns.length))).toBe(true)
  })

  it('names files, models, settings and the fixed scale of the colours', async () => {
    const words = wordsOfDocument(await documentOf([resultOf('fault')]))
    for (const fact of [
      '0123456789abcdef',
      'fedcba9876543210',
      'bearing-1d 1.0.0',
      '±4 logit',
      'wasm',
      '480000 samples',
    ]) {
      expect(words).toContain(fact)
    }
    expect(words).toContain('0.95 [0.92–0.98]')
  })

  it('shows each annotation with its picture, in the recording that it belongs to', async () => {
    const mark = { text: 'Here it knocks.', startSeconds: 2, endSeconds: 3, author: 'Li', time: '2026-11-20T08:00:00Z' }
    const annotations = [
      { ...mark, kind: 'fault', faultType: 'outer-race', severity: 'slight' } as const,
      { ...mark, kind: 'note', text: 'Elsewhere.', fileSha256: 'f'.repeat(64) } as const,
    ]
    const document = await documentOf([resultOf('fault')], { annotations })
    const words = wordsOfDocument(document)
    expect(words).toContain('Fault, outer race, slight, 2 to 3 s\nHere it knocks. (Li, 2026-11-20T08:00:00Z)')
    expect(words).not.toContain('Elsewhere.')
    expect(words).toMatch(/Figure \d+\. Fault, outer race, slight, 2 to 3 s\./)
  })

  it('leaves out the sections that the template does not name', async () => {
    const document = await documentOf([resultOf('fault')], { template: { sections: ['limits'] } })
    expect(document.sections.map(({ title }) => title)).toEqual(['Decision', 'Limits'])
  })
})

describe('deadlines', () => {
  it.each([
    ['2026-11-24', 7, '2026-12-01'],
    ['2028-02-26', 7, '2028-03-04'],
    ['2026-12-28', 14, '2027-01-11'],
  ])('%s and %i days is %s', (date, days, after) => expect(daysAfter(date, days)).toBe(after))
})
