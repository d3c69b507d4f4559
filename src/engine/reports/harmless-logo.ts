import { PNG } from 'pngjs'
import { AnalyzerError } from '../../shared/errors'
import { loadResvg } from './load-resvg'
import { readPngSize } from './png-size'

/** Printed 9 mm high: more dots than that are never seen. */
const logoHeightPx = 240
const widestPx = 2400
const mostPixels = 16_000_000

/**
 * PNG bytes of a company's PNG or SVG. Both are decoded and written anew, so that nothing but pixels gets through; an
 * SVG's scripts never run, and what it refers to elsewhere is not fetched.
 * @throws AnalyzerError bad-request for anything else
 */
export function harmlessLogo(bytes: Uint8Array, name: string): Uint8Array {
  if (Buffer.from(bytes.subarray(0, 8)).toString('hex') === '89504e470d0a1a0a') return redrawnPng(bytes, name)
  const text = new TextDecoder().decode(bytes)
  if (/<svg[\s>]/i.test(text.slice(0, 100_000))) return drawnSvg(text, name)
  throw new AnalyzerError('bad-request', `The logo "${name}" is neither PNG nor SVG.`, { name })
}

function redrawnPng(bytes: Uint8Array, name: string): Uint8Array {
  const { widthPx, heightPx } = readPngSize(bytes)
  if (widthPx * heightPx > mostPixels) {
    throw new AnalyzerError(
      'bad-request',
      `The logo "${name}" has ${widthPx} × ${heightPx} pixels; at most ${mostPixels} are read.`,
    )
  }
  try {
    const { width, height, data } = PNG.sync.read(Buffer.from(bytes))
    const clean = new PNG({ width, height })
    clean.data = data
    return PNG.sync.write(clean)
  } catch (cause) {
    throw new AnalyzerError('bad-request', `The logo "${name}" is a damaged PNG.`, { name }, { cause })
  }
}

function drawnSvg(text: string, name: string): Uint8Array {
  if (/<!ENTITY/i.test(text)) {
    throw new AnalyzerError('bad-request', `The logo "${name}" declares entities; save it as a plain SVG.`, { name })
  }
  const { Resvg } = loadResvg()
  try {
    const sketch = new Resvg(withoutReferences(text), { font: { loadSystemFonts: false } })
    const scale = Math.min(logoHeightPx / sketch.height, widestPx / sketch.width)
    if (!(scale > 0) || !Number.isFinite(scale)) throw new RangeError('no size')
    const drawn = new Resvg(withoutReferences(text), {
      font: { loadSystemFonts: false },
      fitTo: { mode: 'zoom', value: scale },
    })
    return drawn.render().asPng()
  } catch (cause) {
    throw new AnalyzerError('bad-request', `The logo "${name}" is not an SVG that can be drawn.`, { name }, { cause })
  }
}

/** Only references inside the file, and pictures that it carries itself, are left. */
function withoutReferences(text: string): string {
  return text
    .replace(/<!DOCTYPE[^>[]*(\[[^\]]*\])?[^>]*>/gi, '')
    .replace(/<(script|foreignObject|style)\b[\s\S]*?(<\/\1\s*>|\/>)/gi, (whole, tag: string) =>
      tag.toLowerCase() === 'style' ? whole.replace(/@import[^;]*;?|url\(\s*(?!["']?#)[^)]*\)/gi, '') : '',
    )
    .replace(/((?:xlink:)?href)\s*=\s*("[^"]*"|'[^']*')/gi, (whole, _attribute: string, quoted: string) =>
      /^["'](#|data:image\/(png|jpeg|gif);base64,)/i.test(quoted) ? whole : '',
    )
    .replace(/url\(\s*(?!["']?#)[^)]*\)/gi, 'none')
}
