import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { loadFonts } from '../../../src/engine/reports/fonts'
import { outlineText, renderPng } from '../../../src/engine/reports/render-png'
import { element, textElement } from '../../../src/engine/reports/svg'

const fonts = loadFonts()
const style = { size: 40, weight: 700, fill: '#000000' } as const

/** Ends of the dark pixels across the drawing. */
function inkOf(
  words: string,
  anchor: 'start' | 'middle' | 'end',
): { left: number; right: number; top: number; bottom: number } {
  const svg = element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width: 400, height: 100 },
    textElement(200, 60, words, { ...style, anchor }, fonts),
  )
  const { data, width, height } = PNG.sync.read(Buffer.from(renderPng(svg, fonts)))
  const ends = { left: width, right: 0, top: height, bottom: 0 }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[(y * width + x) * 4] > 128) continue
      ends.left = Math.min(ends.left, x)
      ends.right = Math.max(ends.right, x)
      ends.top = Math.min(ends.top, y)
      ends.bottom = Math.max(ends.bottom, y)
    }
  }
  return ends
}

describe('words as outlines', () => {
  it.each(['start', 'middle', 'end'] as const)('stand where the anchor %s says, as wide as measured', (anchor) => {
    const width = fonts.measure('HH故H', 40, 700)
    const left = anchor === 'start' ? 200 : anchor === 'middle' ? 200 - width / 2 : 200 - width
    const ink = inkOf('HH故H', anchor)
    // a letter's side bearing is a few px at this size
    expect(Math.abs(ink.left - left)).toBeLessThan(6)
    expect(Math.abs(ink.right - (left + width))).toBeLessThan(6)
  })

  it('stand on the baseline: a capital H ends there and is 0.73 em high', () => {
    const { top, bottom } = inkOf('H', 'start')
    expect(Math.abs(bottom - 59)).toBeLessThanOrEqual(1)
    expect((bottom - top + 1) / 40).toBeCloseTo(0.73, 1)
  })

  it('composed glyphs have all their parts: é is higher than e', () => {
    expect(inkOf('é', 'start').top).toBeLessThan(inkOf('e', 'start').top - 5)
  })

  it('leave no text behind, and keep rotation', () => {
    const turned = textElement(10, 20, 'a<b & "c"', { ...style, rotate: -90 }, fonts)
    const path = outlineText(turned, fonts)
    expect(path).toMatch(/^<path d="M[^"]+Z" fill="#000000" transform="rotate\(-90 10 20\) translate\(10 20\)"\/>$/)
  })
})
