import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Zippable } from 'fflate'

/** Zip stores local times: built from its parts, so that every time zone writes the same bytes. */
const storedTime = new Date(1980, 0, 1)

/**
 * An office file with clock and counters taken out: the names in order, one time for all, the date of the report where
 * the writer put the moment of writing, and numbers that do not depend on what was written before.
 */
export function fixZip(bytes: Uint8Array, date: string): Uint8Array {
  const entries = unzipSync(bytes)
  const fixed: Zippable = {}
  // readers look for this one first
  const order = (name: string): string => (name === '[Content_Types].xml' ? '' : name)
  for (const name of Object.keys(entries).sort((a, b) => (order(a) < order(b) ? -1 : 1))) {
    const content = settledPart(name, entries[name], date)
    fixed[name] = [content, { mtime: storedTime, level: name.endsWith('.png') ? 0 : 6 }]
  }
  return zipSync(fixed)
}

function settledPart(name: string, content: Uint8Array, date: string): Uint8Array {
  if (name === 'docProps/core.xml') {
    const dated = strFromU8(content).replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${date}T00:00:00Z`)
    return strToU8(dated)
  }
  return /^word\/[^/]*\.xml$/.test(name) ? strToU8(renumbered(strFromU8(content))) : content
}

/** The writer counts bookmarks and pictures on from one document to the next; here each document begins at 1. */
function renumbered(xml: string): string {
  const numbers = new Map<string, string>()
  return xml.replace(
    /(<(w:bookmark|wp:docPr)(?:Start|End)?\b[^>]*? (?:w:)?id=")(\d+)"/g,
    (_, before: string, kind: string, id: string) => {
      const key = `${kind} ${id}`
      const number = numbers.get(key) ?? String(numbers.size + 1)
      numbers.set(key, number)
      return `${before}${number}"`
    },
  )
}
