import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Zippable } from 'fflate'

/** Zip stores local times: built from its parts, so that every time zone writes the same bytes. */
const storedTime = new Date(1980, 0, 1)

/**
 * An office file with its own clock taken out: the names in order, one time for all, and the date of the report where
 * the writer put the moment of writing.
 */
export function fixZip(bytes: Uint8Array, date: string): Uint8Array {
  const entries = unzipSync(bytes)
  const fixed: Zippable = {}
  // readers look for this one first
  const order = (name: string): string => (name === '[Content_Types].xml' ? '' : name)
  for (const name of Object.keys(entries).sort((a, b) => (order(a) < order(b) ? -1 : 1))) {
    const content = name === 'docProps/core.xml' ? datedCore(entries[name], date) : entries[name]
    fixed[name] = [content, { mtime: storedTime, level: name.endsWith('.png') ? 0 : 6 }]
  }
  return zipSync(fixed)
}

function datedCore(xml: Uint8Array, date: string): Uint8Array {
  const dated = strFromU8(xml).replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${date}T00:00:00Z`)
  return strToU8(dated)
}
