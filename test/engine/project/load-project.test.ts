import { describe, expect, it } from 'vitest'
import type { Disk } from '../../../src/engine/files/disk'
import { realDisk } from '../../../src/engine/files/disk'
import { composeHead, composeLine } from '../../../src/engine/project/journal-lines'
import { loadProjectFile } from '../../../src/engine/project/load-project'
import { pathMap } from '../../../src/engine/project/stored-paths'
import { buildProject } from '../../builders/project-builder'

const at = '2026-11-24T08:00:00Z'
const line = (n: number, action: string) =>
  composeLine({ n, at, as: 'edit', edit: { type: 'report.change', changes: { action } } })
const head = composeHead({ projectId: 'project-1', createdAt: at, token: '' })
const fileAt = (lastEdit: number): string => JSON.stringify(buildProject({ recordings: [], lastEdit }))

/** A disk on which the other window saves between our reading of the file and of the journal. */
function savingDisk(written: string[]): Disk {
  const texts = new Map([
    ['a.vibralens', fileAt(0)],
    ['a.journal', head + line(1, 'one')],
  ])
  return {
    ...realDisk,
    writeWhole: async (path) => void written.push(path),
    readText: async (path) => {
      const text = texts.get(path)
      texts.set('a.vibralens', fileAt(1))
      texts.set('a.journal', head + line(2, 'two'))
      return text
    },
  }
}

describe('reading a project that another window is saving', () => {
  it('takes file and journal of one moment, and writes nothing', async () => {
    const written: string[] = []
    const source = { disk: savingDisk(written), places: ['a.journal'], paths: pathMap('/'), isReader: true }
    const { history, notices, savedEdit } = await loadProjectFile(source, 'a.vibralens')
    expect([history.document.report.action, history.document.lastEdit, savedEdit]).toEqual(['two', 2, 1])
    expect([notices.map(({ code }) => code), written]).toEqual([['journal-recovered'], []])
  })
})
