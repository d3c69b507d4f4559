import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Bytes, gzipped, of the scripts that the page loads before it starts: the entry and all that it imports statically. */
export async function mainBundleBytes(folder: string): Promise<number> {
  const html = await readFile(join(folder, 'index.html'), 'utf8')
  const scripts = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map((match) => match[1])
  const sizes = new Map<string, number>()
  const add = async (path: string): Promise<void> => {
    if (sizes.has(path)) return
    sizes.set(path, 0)
    const bytes = await readFile(join(folder, path))
    sizes.set(path, gzipSync(bytes).length)
    const imports = [...bytes.toString().matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g)].map((match) => match[1])
    for (const each of imports) await add(join('assets', each))
  }
  for (const script of scripts) await add(script)
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}
