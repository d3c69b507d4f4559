import { describe, expect, it } from 'vitest'
import { loadFonts } from '../../../src/engine/reports/fonts'
import { escapeXml, fitText, wrapText } from '../../../src/engine/reports/svg'

const fonts = loadFonts()

describe('text', () => {
  it('is escaped, and what XML forbids is replaced', () => {
    expect(escapeXml('<a href="x">&\u0000\ud800</a>')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;??&lt;/a&gt;')
    expect(escapeXml('😀')).toBe('😀')
  })

  it('that is too long keeps its beginning and its end', () => {
    const fitted = fitText('a very long file name of a recording.wav', 200, 16, 400, fonts)
    expect(fitted).toMatch(/^a very.*….*\.wav$/)
    expect(fonts.measure(fitted, 16, 400)).toBeLessThanOrEqual(200)
    expect(fitText('short', 200, 16, 400, fonts)).toBe('short')
  })

  it('breaks at spaces, and anywhere in Chinese but before punctuation', () => {
    const style = { size: 16, weight: 400 } as const
    expect(wrapText('one two three', 75, 3, style, fonts)).toEqual(['one two', 'three'])
    const chinese = wrapText('既不能认定故障，也不能认定健康', 115, 3, style, fonts)
    expect(chinese.join('')).toBe('既不能认定故障，也不能认定健康')
    expect(chinese.length).toBeGreaterThan(1)
    for (const line of chinese) expect(line).not.toMatch(/^，/)
  })

  it('beyond the last line is cut', () => {
    const lines = wrapText('word '.repeat(100), 100, 2, { size: 16, weight: 400 }, fonts)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('…')
  })
})

describe('the fonts', () => {
  it('cover both languages and say what they do not', () => {
    expect(fonts.covers('Fault 故障 m/s² ≥ ≤ − – ± · … σ')).toBe(true)
    expect(fonts.covers('😀')).toBe(false)
    expect(fonts.legible('a😀b')).toBe('a?b')
  })

  it('widths add up, and Chinese characters are an em wide', () => {
    expect(fonts.measure('故障', 20, 400)).toBeCloseTo(40, 6)
    expect(fonts.measure('ab', 20, 400)).toBeCloseTo(fonts.measure('a', 20, 400) + fonts.measure('b', 20, 400), 9)
  })
})
