import { readFileSync, writeFileSync } from 'node:fs'
import { envelopeCurve } from './envelope-curve'
import { speedTable } from './speed-table'

/** Measures and puts each table between its marks in the document. */
export async function writeSignalFigures(document: string, dataFolder: string): Promise<void> {
  const tables = { 'speed figures': await speedTable(dataFolder), 'envelope figures': envelopeCurve() }
  let text = readFileSync(document, 'utf8')
  for (const [name, lines] of Object.entries(tables)) {
    const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`]
    const from = text.indexOf(begin)
    const to = text.indexOf(end)
    if (from < 0 || to < from) throw new Error(`${document} has no marks "${begin}" … "${end}".`)
    text = `${text.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`
    process.stdout.write(`${lines.join('\n')}\n\n`)
  }
  writeFileSync(document, text)
}
