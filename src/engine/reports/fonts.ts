import { readFileSync } from 'node:fs'
import { AnalyzerError } from '../../shared/errors'
import { fontFiles } from './font-files'
import type { Contours } from './glyph-outlines'
import { pathOf, readContours } from './glyph-outlines'

/**
 * Noto Sans SC, regular and bold: the same picture on every machine, whatever fonts it has. Widths and coverage are read
 * from the files themselves (OpenType 1.9: 'cmap' formats 4 and 12, 'hhea', 'hmtx'),
 * so that text is cut before it overlaps.
 */
export type FontWeight = 400 | 700
export const fontFamily = 'Noto Sans SC'

export interface FontSet {
  /** Width in px of the text on one line; kerning is left out. */
  measure(text: string, size: number, weight: FontWeight): number
  /** Path data of the text on one line, from (0, 0) on its baseline; as wide as `measure` says. */
  outline(text: string, size: number, weight: FontWeight): string
  /** Has the font a glyph for every character? */
  covers(text: string): boolean
  /** Characters without a glyph become '?': never an empty box, never invisible. */
  legible(text: string): string
}

let loaded: FontSet | undefined

/** Parsed once a process: the two files are 10 MB each. */
export function loadFonts(): FontSet {
  loaded ??= readFonts()
  return loaded
}

function readFonts(): FontSet {
  const files = fontFiles()
  const metrics = { 400: parseFont(readFileSync(files[400])), 700: parseFont(readFileSync(files[700])) }
  const covers = (text: string): boolean => [...text].every((character) => hasGlyph(metrics[400], character))
  return {
    covers,
    outline: (text, size, weight) => {
      const font = metrics[weight]
      let left = 0
      let path = ''
      for (const character of text) {
        const codePoint = character.codePointAt(0) ?? 0
        path += pathOf(font.contoursOf(codePoint), left, size / font.unitsPerEm)
        left += font.advance(codePoint) * size
      }
      return path
    },
    measure: (text, size, weight) => {
      let width = 0
      for (const character of text) width += metrics[weight].advance(character.codePointAt(0) ?? 0)
      return width * size
    },
    legible: (text) => [...text].map((character) => (hasGlyph(metrics[400], character) ? character : '?')).join(''),
  }
}

interface FontMetrics {
  readonly unitsPerEm: number
  contoursOf(codePoint: number): Contours
  glyphOf(codePoint: number): number
  /** em */
  advance(codePoint: number): number
}

function hasGlyph(metrics: FontMetrics, character: string): boolean {
  return metrics.glyphOf(character.codePointAt(0) ?? 0) !== 0
}

function parseFont(bytes: Buffer): FontMetrics {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tables = new Map<string, number>()
  for (let i = 0; i < view.getUint16(4); i++) {
    const entry = 12 + i * 16
    tables.set(bytes.toString('latin1', entry, entry + 4), view.getUint32(entry + 8))
  }
  const table = (name: string): number => {
    const offset = tables.get(name)
    if (offset === undefined) throw new AnalyzerError('internal', `The font file has no table "${name}".`)
    return offset
  }
  const unitsPerEm = view.getUint16(table('head') + 18)
  const metricCount = view.getUint16(table('hhea') + 34)
  const widths = table('hmtx')
  const glyphOf = parseCharacterMap(view, table('cmap'))
  const outlines = {
    view,
    glyf: table('glyf'),
    loca: table('loca'),
    isLongLoca: view.getInt16(table('head') + 50) !== 0,
  }
  const held = new Map<number, Contours>()
  return {
    unitsPerEm,
    glyphOf,
    contoursOf: (codePoint) => {
      const contours = held.get(codePoint) ?? readContours(outlines, glyphOf(codePoint), 0)
      held.set(codePoint, contours)
      return contours
    },
    advance: (codePoint) => view.getUint16(widths + Math.min(glyphOf(codePoint), metricCount - 1) * 4) / unitsPerEm,
  }
}

/** Code point → glyph, 0 where there is none; the table of format 12 (all of Unicode), else of format 4 (BMP). */
function parseCharacterMap(view: DataView, cmap: number): (codePoint: number) => number {
  const glyphs = new Map<number, number>()
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const table = cmap + view.getUint32(cmap + 4 + i * 8 + 4)
    const format = view.getUint16(table)
    if (format === 12) addSegmentedCoverage(view, table, glyphs)
    else if (format === 4) addSegmentMapping(view, table, glyphs)
  }
  return (codePoint) => glyphs.get(codePoint) ?? 0
}

function addSegmentedCoverage(view: DataView, table: number, glyphs: Map<number, number>): void {
  for (let group = 0; group < view.getUint32(table + 12); group++) {
    const entry = table + 16 + group * 12
    const first = view.getUint32(entry)
    const firstGlyph = view.getUint32(entry + 8)
    for (let code = first; code <= view.getUint32(entry + 4); code++) glyphs.set(code, firstGlyph + code - first)
  }
}

function addSegmentMapping(view: DataView, table: number, glyphs: Map<number, number>): void {
  const doubled = view.getUint16(table + 6) // twice the number of segments
  for (let s = 0; s < doubled; s += 2) {
    const end = view.getUint16(table + 14 + s)
    const start = view.getUint16(table + 16 + doubled + s)
    const delta = view.getUint16(table + 16 + 2 * doubled + s)
    const rangePlace = table + 16 + 3 * doubled + s
    const rangeOffset = view.getUint16(rangePlace)
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const raw = rangeOffset === 0 ? code : view.getUint16(rangePlace + rangeOffset + 2 * (code - start))
      const glyph = rangeOffset !== 0 && raw === 0 ? 0 : (raw + delta) & 0xffff
      if (glyph !== 0) glyphs.set(code, glyph)
    }
  }
}
