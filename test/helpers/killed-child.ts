import { writeSync } from 'node:fs'
import { createRandom } from '../../src/shared/random'
import { openShelf } from '../builders/project-shelf'

/**
 * A program that edits a project as fast as it can until it is killed (test/engine/project/kill.test.ts). It says on
 * stdout what it is about to do and, when the engine has answered, that it is done.
 */
const [userFolder, place, seed] = process.argv.slice(2)
const random = createRandom(seed)
const { shelf, signal, resolveFile } = openShelf(userFolder)
const opened = place.startsWith('unsaved:')
  ? await shelf.openUnsaved(place.slice('unsaved:'.length), signal)
  : await shelf.open(place, 'edit', signal)
const { project } = shelf.get(opened.project)
const say = (words: string): void => void writeSync(1, `${words}\n`)

say('ready')
for (let serial = 0; ; serial++) {
  const text = `${seed}-${serial}`
  say(`try add ${text}`)
  const region = { shape: 'point', sample: random.integer(1000) } as const
  const annotations = [{ recordingId: 'rec-1', region, kind: 'note' as const, text }]
  await shelf.edit(opened.project, { type: 'annotation.add', annotations }, undefined, { signal, resolveFile })
  say(`ack add ${text}`)
  if (random.uniform() < 0.2) {
    say(`try undo ${text}`)
    await project.undo()
    say(`ack undo ${text}`)
  }
  if (random.uniform() < 0.3 && project.home.path !== undefined) {
    void project.save(false)
    // so that the next edit comes before, while or after the file is written
    await new Promise((resume) => setTimeout(resume, random.integer(5)))
  }
}
