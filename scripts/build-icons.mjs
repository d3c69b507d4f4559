// Draws the program's icons from the page's own (src/renderer/public/icon.svg): resources/icons. Run when it changes.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const drawing = readFileSync(join(root, 'src/renderer/public/icon.svg'), 'utf8')
/** icon: of the installed program (electron-builder makes the other sizes of it); drag: under the pointer. */
const widths = { icon: 1024, drag: 64 }

for (const [name, width] of Object.entries(widths)) {
  const picture = new Resvg(drawing, { fitTo: { mode: 'width', value: width } }).render().asPng()
  writeFileSync(join(root, `resources/icons/${name}.png`), picture)
}
