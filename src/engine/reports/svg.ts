import type { FontSet, FontWeight } from './fonts'

/** Text of SVG elements. Numbers are written with two decimals: a hundredth of a pixel. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

export function element(name: string, attributes: Attributes, content = ''): string {
  let text = `<${name}`
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) text += ` ${key}="${typeof value === 'number' ? formatPixel(value) : escapeXml(value)}"`
  }
  return content === '' ? `${text}/>` : `${text}>${content}</${name}>`
}

export function formatPixel(value: number): string {
  return String(Math.round(value * 100) / 100)
}

export function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/g, '?') // eslint-disable-line no-control-regex -- not allowed in XML
}

export function unescapeXml(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&gt;/g, '>')
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&')
}

export interface TextStyle {
  readonly size: number
  readonly weight: FontWeight
  readonly fill: string
  readonly anchor?: 'start' | 'middle' | 'end'
  /** degrees, round (x, y) */
  readonly rotate?: number
}

/** `y` is the baseline. */
export function textElement(x: number, y: number, content: string, style: TextStyle, fonts: FontSet): string {
  return element(
    'text',
    {
      x,
      y,
      'font-size': style.size,
      'font-weight': style.weight,
      fill: style.fill,
      'text-anchor': style.anchor,
      transform: style.rotate === undefined ? undefined : `rotate(${style.rotate} ${formatPixel(x)} ${formatPixel(y)})`,
    },
    escapeXml(fonts.legible(content)),
  )
}

/** The text, or its beginning and end round an ellipsis: the end of a file name tells as much as its beginning. */
export function fitText(text: string, maxWidth: number, size: number, weight: FontWeight, fonts: FontSet): string {
  const characters = [...fonts.legible(text)]
  const fits = (candidate: string): boolean => fonts.measure(candidate, size, weight) <= maxWidth
  if (fits(characters.join(''))) return characters.join('')
  let low = 0
  let high = characters.length
  const cut = (kept: number): string => {
    const head = Math.ceil(kept / 2)
    return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`
  }
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(cut(middle))) low = middle
    else high = middle - 1
  }
  return cut(low)
}

/** Lines that fit; breaks at spaces, and anywhere between Chinese characters. The last line is cut if need be. */
export function wrapText(
  text: string,
  maxWidth: number,
  maxLines: number,
  style: Pick<TextStyle, 'size' | 'weight'>,
  fonts: FontSet,
): string[] {
  // closing punctuation stays with the character before it
  const pieces =
    fonts
      .legible(text)
      .match(/[\u2e80-\u9fff\uff00-\uffef][，。；：！？、）]*|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+/gu) ?? []
  const lines: string[] = []
  let line = ''
  pieces.forEach((piece, index) => {
    const isLast = lines.length === maxLines - 1
    if (line !== '' && !isLast && fonts.measure((line + piece).trimEnd(), style.size, style.weight) > maxWidth) {
      lines.push(line.trim())
      line = ''
    }
    line += line === '' && index > 0 ? piece.trimStart() : piece
  })
  if (line.trim() !== '') lines.push(fitText(line.trim(), maxWidth, style.size, style.weight, fonts))
  return lines
}
