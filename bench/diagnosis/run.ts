import { readFile, writeFile } from 'node:fs/promises'
import { cwruBeats, healthyBeats } from './beat-figures'
import { curveSvg } from './curve-svg'
import { hasSharedData, loadDecidingModel } from './recordings'
import { curveTable, snrCurves } from './snr-curve'
import { adiWitness, cwruWitness, femtoWitness } from './witness-figures'

const document = 'docs/diagnosis.md'
const picture = 'docs/diagnosis-curve.svg'
const begin = '<!-- figures: begin -->'
const end = '<!-- figures: end -->'
const drawCount = 20
const machineCount = 16

/** Measures everything that docs/diagnosis.md says in figures, and writes it there. */
export async function runDiagnosisBench(say: (line: string) => void): Promise<void> {
  const { model, shelf } = await loadDecidingModel()
  const parts: string[] = []
  const add = (title: string, lines: readonly string[]): void => {
    say(`\n${title}\n${lines.join('\n')}`)
    parts.push(`### ${title}`, '', ...lines, '')
  }
  if (hasSharedData()) {
    add('The envelope on CWRU', await cwruWitness())
    add('The envelope on healthy recordings', [
      '| asked | indicated |',
      '| --- | --- |',
      await femtoWitness(),
      ...(await adiWitness()),
    ])
    add('The beat on CWRU, trained and random weights', await cwruBeats(model, drawCount))
    add('The beat on healthy recordings', [
      '| asked | matches a line of the bearing |',
      '| --- | --- |',
      await healthyBeats(model, 'adi-limerick', 'ADI healthy, ER-12K assumed'),
      await healthyBeats(model, 'femto', 'FEMTO healthy (0.1 s)'),
    ])
  } else say('../shared/data is not there: only the synthetic machine is measured.')
  const figures = await snrCurves(model, machineCount)
  add('The synthetic machine: found down to which signal-to-noise ratio', [
    ...curveTable(figures),
    '',
    '![Share found against signal-to-noise ratio](diagnosis-curve.svg)',
  ])
  await writeFile(picture, curveSvg(figures.curves))
  const text = await readFile(document, 'utf8')
  const [before, after] = [text.split(begin)[0], text.split(end)[1]]
  await writeFile(document, `${before}${begin}\n\n${parts.join('\n')}\n${end}${after}`)
  await shelf.clear()
}
