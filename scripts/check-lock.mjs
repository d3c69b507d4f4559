// The lock file must serve Linux, Windows and macOS: every optional dependency that a locked package names has an
// entry of its own (npm drops silently what a registry lacked for another platform). See TECH.md "Incomplete lock files".
import { readFileSync } from 'node:fs'

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))
const entries = lock.packages

/** Node's look-up: the nearest node_modules of the package's place or above it. */
function isLocked(place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (entries[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true
    if (folder === '') return false
  }
}

const missing = Object.entries(entries).flatMap(([place, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !isLocked(place, name))
    .map((name) => `${place === '' ? 'package.json' : place} → ${name}`),
)
if (missing.length > 0) {
  process.stderr.write(`package-lock.json lacks ${missing.length} optional packages:\n${missing.join('\n')}\n`)
  process.exit(1)
}
process.stdout.write(`package-lock.json is complete: ${Object.keys(entries).length} entries\n`)
