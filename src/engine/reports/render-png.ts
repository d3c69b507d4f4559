import { Resvg } from '@resvg/resvg-js'
import { fontFamily, loadFonts } from './fonts'

/** PNG bytes of an SVG at its own size; only our fonts, never the system's. */
export function renderPng(svg: string): Uint8Array {
  const renderer = new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles: [...loadFonts().files], defaultFontFamily: fontFamily },
    background: 'white',
  })
  return renderer.render().asPng()
}
