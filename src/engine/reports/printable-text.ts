import type { Locale } from '../../shared/locales/translate'
import type { FontSet } from './fonts'

const longestWord = 24
const piece = 12
const breakHere = '\u200b' // zero width space

/**
 * Text for a typeset line: control characters and letters without a glyph become '?', and a long word without spaces,
 * such as a hash or a file name, may be broken inside. The typeface is Chinese: its round quotes are as wide as a
 * character, which English words are spared.
 */
export function printableText(text: string, fonts: FontSet, locale: Locale): string {
  const quoted = locale === 'en' ? text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"') : text
  const lines = quoted.replace(/\r\n?|[\u2028\u2029]/g, '\n').split('\n')
  return lines.map((line) => breakable(fonts.legible(line.replace(/\t/g, ' ')))).join('\n')
}

function breakable(line: string): string {
  return line.replace(/[^\s\u2e80-\u9fff\uff00-\uffef]+/g, (word) => {
    const letters = [...word]
    if (letters.length <= longestWord) return word
    const pieces: string[] = []
    for (let i = 0; i < letters.length; i += piece) pieces.push(letters.slice(i, i + piece).join(''))
    return pieces.join(breakHere)
  })
}
