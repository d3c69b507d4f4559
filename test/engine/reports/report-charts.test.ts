import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { composeEvidenceScale } from '../../../src/engine/reports/chart-scale'
import { composeSpectrum, highestPeaks } from '../../../src/engine/reports/chart-spectrum'
import { composeCloseUp, composeSpectrogram, composeTimeline } from '../../../src/engine/reports/chart-timeline'
import { loadFonts } from '../../../src/engine/reports/fonts'
import type { Chart } from '../../../src/engine/reports/report-canvas'
import { chartWidth } from '../../../src/engine/reports/report-canvas'
import { printEvidenceColour } from '../../../src/shared/colour-maps'
import type { SpectrumResult } from '../../../src/shared/contract/outputs'
import { locales } from '../../../src/shared/locales/translate'
import type { Locale } from '../../../src/shared/locales/translate'
import { chartsOfPicture } from '../../builders/charts-builder'
import { buildPicture } from '../../builders/picture-builder'
import { resultOf } from '../../builders/report-builder'

const picture = buildPicture({
  result: resultOf('fault'),
  hasMap: true,
  impactEvidence: 3,
  restEvidence: -0.5,
  gapShare: 0.1,
})
const refused = buildPicture({ result: resultOf('not-applicable'), hasMap: false, impactEvidence: 1, restEvidence: 0 })
const spectrum = await chartsOfPicture(picture).spectrum([2000, 9000])

function chartsIn(locale: Locale): Record<string, Chart> {
  const marks = [25, 50, 75, 107, 107.2].map((hz, index) => ({ hz, label: `${index + 1}× a rather long name` }))
  return {
    timeline: composeTimeline(picture, locale),
    'timeline without a verdict': composeTimeline(refused, locale),
    'close-up': composeCloseUp(picture, locale),
    spectrogram: composeSpectrogram(picture, locale),
    'spectrogram without a map': composeSpectrogram(refused, locale),
    spectrum: composeSpectrum({ spectrum, title: 'Spectrum', highHz: 500, marks }, locale),
    'wide spectrum': composeSpectrum({ spectrum, title: 'Spectrum', highHz: 24_000, marks: [] }, locale),
    scale: composeEvidenceScale(12, locale),
  }
}

interface Word {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Where the upright words of a chart stand. */
function wordsOf({ svg }: Chart): Word[] {
  const fonts = loadFonts()
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].flatMap(([, attributes, content]) => {
    if (attributes.includes('rotate')) return []
    const value = (name: string): string => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
    const text = content.replace(/&gt;/g, '>').replace(/&lt;/g, '<').replace(/&amp;/g, '&')
    const size = Number(value('font-size'))
    const width = fonts.measure(text, size, value('font-weight') === '700' ? 700 : 400)
    const anchor = value('text-anchor')
    const left = Number(value('x')) - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
    const y = Number(value('y'))
    return [{ text, left, right: left + width, top: y - 0.72 * size, bottom: y }]
  })
}

describe.each(locales)('charts in %s', (locale) => {
  it.each(Object.entries(chartsIn(locale)))('%s: no word is cut or covers another', (_, chart) => {
    const words = wordsOf(chart)
    expect(words.length).toBeGreaterThan(3)
    for (const { text, left, right, top, bottom } of words) {
      expect(left, text).toBeGreaterThanOrEqual(0)
      expect(right, text).toBeLessThanOrEqual(chartWidth)
      expect(top, text).toBeGreaterThanOrEqual(0)
      expect(bottom, text).toBeLessThanOrEqual(chart.heightPx)
    }
    words.forEach((one, index) => {
      for (const other of words.slice(index + 1)) {
        const isApart =
          one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top
        expect(isApart, `"${one.text}" and "${other.text}"`).toBe(true)
      }
    })
  })

  it('names quantity and unit of every axis', () => {
    const { timeline, spectrogram, spectrum: envelope } = chartsIn(locale)
    const words = [timeline, spectrogram, envelope].flatMap(({ svg }) => [...svg.matchAll(/>([^<]+)<\/text>/g)])
    const all = words.map(([, word]) => word).join('\n')
    for (const unit of [/m\/s²/, /kHz/, /logit/, /dB re 1 \(m\/s²\)²\/Hz/, /[^k]Hz$/m, /[ ，]s$/m]) {
      expect(unit.test(all), String(unit)).toBe(true)
    }
  })
})

describe('on paper', () => {
  it.each(Object.entries(chartsIn('en')))('%s: its images have at least 200 dots an inch', (_, { svg }) => {
    const inches = (px: number): number => (px / chartWidth) * (180 / 25.4) // the wider paper
    for (const [, attributes, data] of svg.matchAll(/<image ([^>]*?)href="data:image\/png;base64,([^"]*)"/g)) {
      const value = (name: string): number => Number(new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1])
      const { width, height } = PNG.sync.read(Buffer.from(data, 'base64'))
      expect(width / inches(value('width'))).toBeGreaterThanOrEqual(200)
      expect(height / inches(value('height'))).toBeGreaterThanOrEqual(200)
    }
  })

  it('without colour, fault is darker than healthy, and both are darker than neither', () => {
    // relative luminance, WCAG 2.2; as a share of white
    const luminance = (evidence: number): number => {
      const linear = printEvidenceColour(evidence, 1).map((byte) => {
        const value = byte / 255
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    const contrast = (lighter: number, darker: number): number => (lighter + 0.05) / (darker + 0.05)
    expect(contrast(luminance(-1), luminance(1))).toBeGreaterThan(2)
    expect(contrast(luminance(0), luminance(-1))).toBeGreaterThan(2)
  })

  it('evidence is also readable by its height: up for fault, down for healthy', () => {
    const { svg } = composeTimeline(picture, 'en')
    const fill = (evidence: number): string => `rgb(${printEvidenceColour(evidence, 4).join(',')})`
    const yOf = (colour: string): number[] => {
      const path = new RegExp(`<path d="([^"]*)" fill="${colour.replace(/[()]/g, '\\$&')}"`).exec(svg)?.[1] ?? ''
      return [...path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y))
    }
    const [up, down] = [yOf(fill(4)), yOf(fill(-4))]
    expect(up.length).toBeGreaterThan(100)
    expect(Math.max(...up)).toBe(Math.min(...down))
    expect(Math.max(...down)).toBeGreaterThan(Math.min(...down))
  })
})

describe('highestPeaks', () => {
  it('finds lines, highest first, and not the slopes beside them', () => {
    const amplitude = new Float32Array(1000)
    for (const [bin, height] of [
      [200, 1],
      [201, 0.9],
      [199, 0.9],
      [400, 2],
      [700, 0.5],
    ]) {
      amplitude[bin] = height
    }
    const sketch: SpectrumResult = { ...spectrum, amplitude, binHz: 1 }
    expect(highestPeaks(sketch, 999)).toEqual([
      { hz: 400, value: 2 },
      { hz: 200, value: 1 },
      { hz: 700, value: 0.5 },
    ])
  })
})
