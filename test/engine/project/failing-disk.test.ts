import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Disk } from '../../../src/engine/files/disk'
import { realDisk } from '../../../src/engine/files/disk'
import type { ProjectDocument } from '../../../src/shared/project/project-document'
import type { ProjectFlags } from '../../../src/shared/project/project-state'
import { buildRecording } from '../../builders/project-builder'
import { openShelf } from '../../builders/project-shelf'
import { temporaryFolder } from '../../helpers/temporary-folder'

interface FailingDisk extends Disk {
  /** Writes to paths that it answers true for fail with this code; a part is written first, as a full disk does. */
  failing: ((path: string) => boolean) | undefined
  code: string
}

function failingDisk(): FailingDisk {
  const fail = (path: string): void => {
    if (disk.failing?.(path) === true) throw Object.assign(new Error(`${disk.code}: ${path}`), { code: disk.code })
  }
  const disk: FailingDisk = {
    ...realDisk,
    failing: undefined,
    code: 'ENOSPC',
    writeWhole: async (path, text) => {
      fail(path)
      await realDisk.writeWhole(path, text)
    },
    append: async (path, head, position, text) => {
      if (disk.failing?.(path) === true) await realDisk.append(path, head, position, text.slice(0, text.length >> 1))
      fail(path)
      return realDisk.append(path, head, position, text)
    },
  }
  return disk
}

async function savedProject(userFolder: string, folder: string, disk: Disk, autosaveSeconds = 0) {
  mkdirSync(folder, { recursive: true })
  const { shelf, changes, signal, resolveFile } = openShelf(userFolder, { disk, autosaveSeconds })
  const { project: key } = await shelf.create()
  const { project } = shelf.get(key)
  await project.edit({
    type: 'recordings.add',
    entries: [{ recording: buildRecording() }],
    annotations: [],
    results: [],
  })
  const file = join(folder, 'case.vibralens')
  await shelf.saveAs(key, file)
  const note = (text: string) => {
    const annotation = { recordingId: 'rec-1', region: { shape: 'point', sample: 1 }, kind: 'note', text } as const
    return shelf.edit(key, { type: 'annotation.add', annotations: [annotation] }, undefined, { signal, resolveFile })
  }
  return { shelf, key, project, file, changes, note }
}

/** Without those about the recording, which is not really there. */
const codesOf = ({ notices }: ProjectFlags): string[] =>
  notices.map(({ code }) => code).filter((code) => code !== 'recording-missing')

const textsOf = ({ annotations }: ProjectDocument): string[] => annotations.map(({ text }) => text).sort()

async function textsAfterwards(userFolder: string, file: string): Promise<string[]> {
  const { shelf, signal } = openShelf(userFolder)
  const { document } = await shelf.open(file, 'edit', signal)
  await shelf.dispose()
  return textsOf(document)
}

describe('a disk that is full', () => {
  it('beside the project: edits go to the user’s own folder, and are there the next time', async () => {
    const folder = temporaryFolder()
    const disk = failingDisk()
    const { project, file, note, shelf } = await savedProject(join(folder, 'user'), join(folder, 'case'), disk)
    await note('before')
    disk.failing = (path) => path.startsWith(join(folder, 'case'))
    await note('while')
    expect(project.flags.isJournalSafe).toBe(true)
    expect(project.flags.notices).toMatchObject([{ code: 'journal-elsewhere' }])
    await expect(project.save(false)).rejects.toThrow(
      /case\.vibralens" cannot be written: the disk is full\. Every edit is kept in the journal\.$/,
    )
    await note('after')
    await shelf.dispose()
    expect(await textsAfterwards(join(folder, 'user'), file)).toEqual(['after', 'before', 'while'])
  })

  it('everywhere: edits stay in memory, a notice says so, and they are written as soon as there is room', async () => {
    const folder = temporaryFolder()
    const disk = failingDisk()
    const { project, file, note, changes, shelf } = await savedProject(join(folder, 'user'), join(folder, 'case'), disk)
    await note('before')
    disk.failing = () => true
    await note('one')
    expect(project.flags).toMatchObject({ isJournalSafe: false, notices: [{ code: 'journal-failing' }] })
    expect(project.flags.notices[0].message).toMatch(/the disk is full\. Edits are in memory only: save elsewhere\.$/)
    expect(changes.at(-1)?.flags.isJournalSafe).toBe(false)
    expect(textsOf(project.document)).toEqual(['before', 'one'])
    await expect(project.save(false)).rejects.toThrow(/the disk is full\. Save it somewhere else\.$/)
    expect(textsOf(JSON.parse(readFileSync(file, 'utf8')) as ProjectDocument)).toEqual([]) // as it was
    disk.failing = undefined
    await note('two')
    expect(project.flags).toMatchObject({ isJournalSafe: true, notices: [] })
    await shelf.dispose()
    expect(await textsAfterwards(join(folder, 'user'), file)).toEqual(['before', 'one', 'two'])
  })

  it('save as, to a full disk: the project stays where it was, with edits that were made meanwhile', async () => {
    const folder = temporaryFolder()
    const disk = failingDisk()
    const { key, project, file, note, shelf } = await savedProject(join(folder, 'user'), join(folder, 'case'), disk)
    disk.failing = (path) => path.includes('full')
    const moving = shelf.saveAs(key, join(folder, 'full', 'copy.vibralens'))
    const meanwhile = note('meanwhile')
    await expect(moving).rejects.toThrow(/copy\.vibralens" cannot be written: the disk is full/)
    await meanwhile
    await note('after')
    expect(project.home.path).toBe(file)
    expect(readdirSync(join(folder, 'full'))).toEqual([])
    await shelf.dispose()
    expect(await textsAfterwards(join(folder, 'user'), file)).toEqual(['after', 'meanwhile'])
  })

  it('save as, with room: edits that were made meanwhile belong to the new file', async () => {
    const folder = temporaryFolder()
    const { key, file, note, shelf } = await savedProject(join(folder, 'user'), join(folder, 'case'), realDisk)
    const copy = join(folder, 'copy.vibralens')
    await Promise.all([shelf.saveAs(key, copy), note('meanwhile')])
    await shelf.dispose()
    expect(await textsAfterwards(join(folder, 'user'), copy)).toEqual(['meanwhile'])
    expect(await textsAfterwards(join(folder, 'user'), file)).toEqual([])
  })
})

describe('a real disk', () => {
  it('of 256 kB that fills up: nothing is lost', async ({ skip }) => {
    const folder = temporaryFolder()
    const small = join(folder, 'small')
    mkdirSync(small)
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small])
    skip(status !== 0, 'mounting a small disk needs root on Linux')
    try {
      const { project, file, note, shelf } = await savedProject(join(folder, 'user'), small, realDisk)
      const all = Array.from({ length: 60 }, (_, index) => `${index} ${'x'.repeat(6000)}`)
      for (const text of all) await note(text)
      expect(project.flags.notices.map(({ code }) => code)).toEqual(['journal-elsewhere'])
      await expect(project.save(false)).rejects.toThrow(/the disk is full/)
      await shelf.dispose()
      expect(await textsAfterwards(join(folder, 'user'), file)).toEqual(all.toSorted())
    } finally {
      spawnSync('umount', [small])
    }
  })

  it('that is read-only: opens, takes edits, says that it cannot save, saves elsewhere', async ({ skip }) => {
    const folder = temporaryFolder()
    const place = join(folder, 'read-only')
    mkdirSync(place)
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place])
    skip(status !== 0, 'mounting a read-only disk needs root on Linux')
    try {
      const made = await savedProject(join(folder, 'user'), place, realDisk)
      await made.shelf.close(made.key, 'keep')
      spawnSync('mount', ['-o', 'remount,ro', place])
      const { shelf, signal, resolveFile } = openShelf(join(folder, 'user'))
      const { project: key, flags } = await shelf.open(made.file, 'edit', signal)
      expect(flags.readOnlyReason).toBeUndefined()
      const annotation = {
        recordingId: 'rec-1',
        region: { shape: 'point', sample: 1 },
        kind: 'note',
        text: 'x',
      } as const
      await shelf.edit(key, { type: 'annotation.add', annotations: [annotation] }, undefined, { signal, resolveFile })
      const { project } = shelf.get(key)
      expect([project.flags.isJournalSafe, codesOf(project.flags)]).toEqual([true, ['journal-elsewhere']])
      await expect(project.save(false)).rejects.toThrow(/cannot be written: the disk is read-only\. Every edit is kept/)
      await shelf.dispose()
      expect(await textsAfterwards(join(folder, 'user'), made.file)).toEqual(['x'])
      const again = openShelf(join(folder, 'user'))
      const reopened = await again.shelf.open(made.file, 'edit', again.signal)
      const copy = await again.shelf.saveAs(reopened.project, join(folder, 'copy.vibralens'))
      expect(textsOf(copy.document)).toEqual(['x'])
      await again.shelf.dispose()
    } finally {
      spawnSync('umount', [place])
    }
  })
})

describe('saving by itself', () => {
  it('some time after the last edit; a failure is a notice and not the end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const folder = temporaryFolder()
      const disk = failingDisk()
      const { project, note, file, shelf } = await savedProject(join(folder, 'user'), join(folder, 'case'), disk, 30)
      await note('one')
      await vi.advanceTimersByTimeAsync(29_000)
      expect(project.hasUnsavedChanges).toBe(true)
      await vi.advanceTimersByTimeAsync(1000)
      await vi.waitFor(() => expect(project.hasUnsavedChanges).toBe(false))
      expect(existsSync(`${file}.journal`)).toBe(false)
      disk.failing = (path) => path === file
      await note('two')
      await vi.advanceTimersByTimeAsync(30_000)
      await vi.waitFor(() => expect(project.flags.notices).toMatchObject([{ code: 'autosave-failed' }]))
      disk.failing = undefined
      await note('three')
      await vi.advanceTimersByTimeAsync(30_000)
      await vi.waitFor(() => expect(project.flags).toMatchObject({ hasUnsavedChanges: false, notices: [] }))
      await shelf.dispose()
    } finally {
      vi.useRealTimers()
    }
  })

  it('never overwrites what another program wrote', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const folder = temporaryFolder()
      const { project, note, file, shelf } = await savedProject(
        join(folder, 'user'),
        join(folder, 'case'),
        realDisk,
        30,
      )
      writeFileSync(file, `${readFileSync(file, 'utf8')} `)
      await note('one')
      await vi.advanceTimersByTimeAsync(30_000)
      await vi.waitFor(() => expect(project.flags.notices).toMatchObject([{ code: 'autosave-failed' }]))
      expect(readFileSync(file, 'utf8').endsWith(' ')).toBe(true)
      await shelf.dispose()
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a journal that was damaged', () => {
  async function withJournal(change: (lines: string[]) => string[]) {
    const folder = temporaryFolder()
    const { file, note, shelf } = await savedProject(join(folder, 'user'), join(folder, 'case'), realDisk)
    for (const text of ['one', 'two', 'three']) await note(text)
    await shelf.dispose()
    const journal = `${file}.journal`
    writeFileSync(journal, change(readFileSync(journal, 'utf8').split('\n')).join('\n'))
    const again = openShelf(join(folder, 'user'))
    const { document, flags } = await again.shelf.open(file, 'edit', again.signal)
    await again.shelf.dispose()
    return { texts: textsOf(document), codes: codesOf(flags), bad: existsSync(`${journal}.bad`) }
  }

  it('half a last line was never answered: nobody is troubled by it', async () => {
    const { texts, codes, bad } = await withJournal((lines) => [...lines.slice(0, -2), lines[3].slice(0, 20)])
    expect([texts, codes, bad]).toEqual([['one', 'two'], ['journal-recovered'], false])
  })

  it('a line in the middle: what is before it counts, and the journal is kept', async () => {
    const { texts, codes, bad } = await withJournal(([head, one, , three, end]) => [head, one, '{"n":', three, end])
    expect([texts, codes, bad]).toEqual([['one'], ['journal-damaged', 'journal-recovered'], true])
  })

  it('of another project: nothing of it is used, and it is kept', async () => {
    const { texts, codes, bad } = await withJournal(([head, ...rest]) => [
      head.replace(/case-\w+/, 'case-other'),
      ...rest,
    ])
    expect([texts, codes, bad]).toEqual([[], ['journal-damaged'], true])
  })

  it('of edits after a gap (the file is an older copy): not used, and kept', async () => {
    const { texts, codes, bad } = await withJournal(([head, , ...rest]) => [head, ...rest])
    expect([texts, codes, bad]).toEqual([[], ['journal-damaged'], true])
  })
})
