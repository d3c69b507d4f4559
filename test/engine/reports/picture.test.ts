import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { loadFonts } from '../../../src/engine/reports/fonts'
import { composePicture, drawPicture } from '../../../src/engine/reports/picture'
import { pictureHeight, pictureWidth } from '../../../src/engine/reports/picture-style'
import { locales, translate } from '../../../src/shared/locales/translate'
import { buildResult } from '../../builders/analysis-builder'
import { buildPicture } from '../../builders/picture-builder'

const wave = Array.from({ length: 40 }, (_, i) => 0.8 + 0.15 * Math.sin(i / 5))
const fault = buildPicture({
  result: buildResult({ verdict: 'fault', probabilities: wave, durationSeconds: 10, segmentSeconds: 1 }),
  hasMap: true,
  impactEvidence: 4,
  restEvidence: -0.5,
  machine: 'Pump 3',
})
const refused = buildPicture({
  result: buildResult({
    verdict: 'not-applicable',
    probabilities: [null],
    durationSeconds: 4,
    segmentSeconds: 1,
    overrides: {
      reasons: ['Sampled at 200 Hz.'],
      file: { name: `${'long name '.repeat(40)}<&"\u0000😀.wav`, sha256: 'ab'.repeat(32), format: 'wav', bytes: 1 },
      channel: { name: '通道', unit: null, sampleRateHz: 200, sampleCount: 800, durationSeconds: 4 },
    },
  }),
  hasMap: false,
  impactEvidence: 1,
  restEvidence: -1,
  gapShare: 0.2,
})

const plain = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')

const wordsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => plain(match[1]))

describe.each(locales)('the picture in %s', (locale) => {
  const words = wordsOf(composePicture(fault, locale))
  const all = words.join('\n')

  it('says verdict, number, file, channel and machine', () => {
    expect(words).toContain(translate(locale, 'verdict.fault', {}))
    expect(words).toContain(translate(locale, 'verdict.fault.sentence', {}))
    expect(words).toContain('0.82')
    expect(all).toMatch(/pump-3 drive end 2026-03-14\.wav[\s\S]*X097_DE_time[\s\S]*Pump 3/)
  })

  it('names the unit of every axis and colour', () => {
    for (const unit of ['m/s²', 'kHz', 'logit', 'dB re 1 (m/s²)²/Hz']) expect(all).toContain(unit)
    expect(words).toContain(translate(locale, 'time.axis', { unit: 's' }))
    expect(words).toContain(translate(locale, 'probability.axis', {}))
    expect(words).toEqual(expect.arrayContaining(['−4', '+4', '0.8', '0.2']))
  })

  it('says where everything comes from', () => {
    for (const origin of ['0123456789ab', 'bearing-1d 1.0.0', 'bearing-2d 1.0.0', 'wasm', 'VibraLens 0.1.0']) {
      expect(all).toContain(origin)
    }
  })

  it('gives no number where the model cannot judge, and says so', () => {
    const refusedWords = wordsOf(composePicture(refused, locale))
    expect(refusedWords).toContain(translate(locale, 'verdict.not-applicable', {}))
    expect(refusedWords).toContain(translate(locale, 'probability.none', {}))
    expect(refusedWords).toContain('Sampled at 200 Hz.')
    expect(refusedWords).toContain(translate(locale, 'waveform.axis-unknown', {}))
  })

  it('has a glyph for every character, and every line ends inside the picture', () => {
    const fonts = loadFonts()
    for (const picture of [fault, refused]) {
      const svg = composePicture(picture, locale)
      for (const line of wordsOf(svg)) expect(fonts.covers(line), line).toBe(true)
      for (const match of svg.matchAll(
        /<text x="([\d.]+)" [^>]*?font-size="(\d+)" font-weight="(\d+)"([^>]*)>([^<]*)</g,
      )) {
        const [, x, size, weight, rest] = match
        const text = plain(match[5])
        if (rest.includes('rotate')) continue
        const width = fonts.measure(text, Number(size), weight === '700' ? 700 : 400)
        const left = Number(x) - (rest.includes('"end"') ? width : rest.includes('"middle"') ? width / 2 : 0)
        expect(left, text).toBeGreaterThan(0)
        expect(left + width, text).toBeLessThan(pictureWidth)
      }
    }
  })
})

describe('the PNG', () => {
  it('has its size, the colour of the verdict, and hatching where nothing was measured', () => {
    const image = PNG.sync.read(Buffer.from(drawPicture(fault, 'en')))
    expect([image.width, image.height]).toEqual([pictureWidth, pictureHeight])
    const badge = (110 * image.width + 60) * 4
    expect([...image.data.subarray(badge, badge + 3)]).toEqual([0xa1, 0x23, 0x1a])
    const none = composePicture(refused, 'en')
    expect(none).toContain('url(#hatch)')
  })
})

describe('an empty channel', () => {
  it('is drawn all the same', () => {
    const nothing = new Float32Array(0)
    const result = buildResult({ verdict: 'not-applicable', probabilities: [], durationSeconds: 0, segmentSeconds: 1 })
    const span = { startSeconds: 0, endSeconds: 0 }
    const svg = composePicture(
      {
        result,
        besides: [],
        machine: undefined,
        waveform: { ...span, min: nothing, max: nothing },
        ribbon: undefined,
        spectrogram: undefined,
        map: undefined,
      },
      'en',
    )
    expect(svg).not.toMatch(/NaN|Infinity/)
  })
})
