import type { FontSet } from './fonts'
import { loadResvg } from './load-resvg'
import { element, unescapeXml } from './svg'

/** PNG bytes of an SVG of ours, `scale` times its own size. Words become outlines first: see glyph-outlines. */
export function renderPng(svg: string, fonts: FontSet, scale = 1): Uint8Array {
  const options = { font: { loadSystemFonts: false }, background: 'white' } as const
  const fitTo = { mode: 'zoom', value: scale } as const
  const { Resvg } = loadResvg()
  const renderer = new Resvg(outlineText(svg, fonts), { ...options, fitTo })
  return renderer.render().asPng()
}

/** Every text as a path. Texts are written by `textElement` alone, so their attributes and order are known. */
export function outlineText(svg: string, fonts: FontSet): string {
  return svg.replace(/<text ([^>]*)>([^<]*)<\/text>/g, (_, attributes: string, content: string) => {
    const value = (name: string): string | undefined => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1]
    const text = unescapeXml(content)
    const size = Number(value('font-size'))
    const weight = value('font-weight') === '700' ? 700 : 400
    const anchor = value('text-anchor')
    const width = fonts.measure(text, size, weight)
    const shift = anchor === 'end' ? -width : anchor === 'middle' ? -width / 2 : 0
    const move = `translate(${Number(value('x')) + shift} ${value('y')})`
    const turn = value('transform')
    return element('path', {
      d: fonts.outline(text, size, weight),
      fill: value('fill'),
      transform: turn === undefined ? move : `${turn} ${move}`,
    })
  })
}
