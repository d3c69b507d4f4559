import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RequestInput } from '../../../src/shared/contract/requests'
import { repeatStep, startHistory } from '../../../src/shared/project/history'
import type { ProjectState } from '../../../src/shared/project/project-state'
import type { Ask } from '../../builders/project-world'
import { openWindow, writeRecording } from '../../builders/project-world'
import { temporaryFolder } from '../../helpers/temporary-folder'

type Edit = RequestInput<'project.edit'>['edit']

const note = (recordingId: string, text: string, startSample = 10): Edit => ({
  type: 'annotation.add',
  annotations: [
    { recordingId, region: { shape: 'range', startSample, endSample: startSample + 100 }, kind: 'note', text },
  ],
})

/** A project with one recording, saved in `folder`. */
async function savedProject(ask: Ask, folder: string) {
  const recording = writeRecording(join(folder, 'data', '泵 1.wav'))
  const { project } = await ask('project.create', {})
  const { ids } = await ask('project.edit', { project, edit: { type: 'recording.add', items: [{ file: recording }] } })
  const file = join(folder, 'case.vibralens')
  await ask('project.saveAs', { project, file })
  return { project, file, recording, recordingId: ids[0] }
}

const texts = ({ document }: ProjectState): string[] => document.annotations.map(({ text }) => text).sort()

describe('a project', () => {
  it('is made, filled, saved, closed and opened again as it was', async () => {
    const folder = temporaryFolder()
    const { ask } = openWindow(folder)
    await ask('settings.set', { patch: { author: '王工' } })
    const { project, file, recordingId } = await savedProject(ask, folder)
    await ask('project.edit', { project, edit: note(recordingId, 'grinding') })
    const before = await ask('project.state', { project })
    expect(before.flags).toMatchObject({ hasUnsavedChanges: true, isJournalSafe: true, undoes: 'annotations.remove' })
    const flags = await ask('project.save', { project })
    expect(flags).toMatchObject({ hasUnsavedChanges: false, revision: 2 })
    await ask('project.close', { project, changes: 'keep' })
    expect(readdirSync(folder).sort()).toEqual(['case.vibralens', 'config', 'data'])

    const again = await openWindow(folder).ask('project.open', { file })
    expect({ ...again.document, revision: 0, savedAt: '' }).toEqual({ ...before.document, revision: 0, savedAt: '' })
    expect(again.document.annotations[0]).toMatchObject({ text: 'grinding', author: '王工', recordingId })
    expect(again.document.recordings[0]).toMatchObject({
      name: '泵 1.wav',
      file: { path: 'data/泵 1.wav' },
      channels: [{ sampleRateHz: 1000, sampleCount: 2000 }],
      properties: { sampleRateHz: { value: 1000, origin: 'file' }, shaftSpeedRpm: { value: null, origin: 'unknown' } },
    })
    expect(again.flags).toMatchObject({ hasUnsavedChanges: false, notices: [] })
    expect(again.recordings).toMatchObject([{ recordingId, state: 'found' }])
  })

  it('gives handles that other requests understand, for its own recordings only', async () => {
    const folder = temporaryFolder()
    const { ask } = openWindow(folder)
    const { project } = await savedProject(ask, folder)
    const { recordings } = await ask('project.state', { project })
    const summary = await ask('recording.inspect', { file: recordings[0].handle ?? '', read: {} })
    expect(summary.name).toBe('泵 1.wav')
    await expect(ask('recording.inspect', { file: 'granted-by-engine:99', read: {} })).rejects.toThrow('not granted')
  })

  it('a window that follows the steps has the same document', async () => {
    const folder = temporaryFolder()
    const { ask, changes } = openWindow(folder)
    const { project, recordingId } = await savedProject(ask, folder)
    const start = await ask('project.state', { project })
    const seen = changes.length
    for (const text of ['a', 'b', 'c']) await ask('project.edit', { project, edit: note(recordingId, text) })
    await ask('project.edit', {
      project,
      edit: { type: 'properties.change', recordingId, changes: { unit: { value: 'g', origin: 'user' } } },
    })
    await ask('project.undo', { project })
    await ask('project.undo', { project })
    await ask('project.redo', { project })
    await ask('project.edit', { project, edit: { type: 'layout.set', layout: { panels: ['spectrum'] } } })
    let history = startHistory(start.document)
    for (const { step, flags } of changes.slice(seen)) {
      if (step === undefined) continue
      const next = repeatStep(history, step)
      history = { ...next, document: { ...next.document, lastEdit: flags.lastEdit } }
    }
    const end = await ask('project.state', { project })
    expect(history.document).toEqual(end.document)
    expect(texts(end)).toEqual(['a', 'b', 'c'])
    expect(end.document.recordings[0].properties.unit.value).toBeNull()
  })

  it('many edits at once are all kept, in some order, each once', async () => {
    const folder = temporaryFolder()
    const window = openWindow(folder)
    const { project, file, recordingId } = await savedProject(window.ask, folder)
    const all = Array.from({ length: 50 }, (_, index) => `n${index}`)
    await Promise.all(all.map((text) => window.ask('project.edit', { project, edit: note(recordingId, text) })))
    await window.end() // no save
    const again = await openWindow(folder).ask('project.open', { file })
    expect(texts(again)).toEqual(all.toSorted())
    expect(again.flags.notices).toMatchObject([
      { code: 'journal-recovered', message: expect.stringContaining('50 edits') },
    ])
    expect(again.flags.hasUnsavedChanges).toBe(true)
  })

  it('an event answered twice is one annotation', async () => {
    const folder = temporaryFolder()
    const { ask } = openWindow(folder)
    const { project, recordingId } = await savedProject(ask, folder)
    const event = { modelId: 'm', startSample: 100, endSample: 900, peakProbability: 0.98, evidence: 3 }
    const answer = (given: 'confirm' | 'refute') =>
      ask('project.edit', {
        project,
        edit: { type: 'event.answer', recordingId, channel: 0, event: { ...event, answer: given } },
      })
    const [one, two] = await Promise.all([answer('confirm'), answer('refute')])
    expect(two.ids).toEqual(one.ids)
    const { document } = await ask('project.state', { project })
    expect(document.annotations).toMatchObject([
      { kind: 'healthy', event: { answer: 'refute' }, region: { startSample: 100, endSample: 900 } },
    ])
    await ask('project.undo', { project })
    expect((await ask('project.state', { project })).document.annotations).toMatchObject([{ kind: 'fault' }])
  })

  it('the same recording is added once; one that is no recording is refused by its reader', async () => {
    const folder = temporaryFolder()
    const { ask } = openWindow(folder)
    const { project, recording, recordingId } = await savedProject(ask, folder)
    const again = await ask('project.edit', {
      project,
      edit: { type: 'recording.add', items: [{ file: recording }, { file: recording }] },
    })
    expect(again.ids).toEqual([recordingId, recordingId])
    writeFileSync(join(folder, 'empty.wav'), '')
    const asked = ask('project.edit', {
      project,
      edit: { type: 'recording.add', items: [{ file: join(folder, 'empty.wav') }] },
    })
    await expect(asked).rejects.toMatchObject({ code: 'unreadable-file' })
    expect((await ask('project.state', { project })).document.recordings).toHaveLength(1)
  })

  it('results carry when, by which program, and of which content', async () => {
    const folder = temporaryFolder()
    const { ask } = openWindow(folder)
    const { project, recordingId } = await savedProject(ask, folder)
    const result = {
      recordingId,
      channel: 0,
      model: { id: 'm', version: '1', kind: '1d', sha256: 'x' },
      backend: 'wasm',
      settings: {},
      verdict: 'uncertain',
      probability: 0.5,
      logit: 0,
      reasons: [],
      events: [],
    } as const
    await ask('project.edit', {
      project,
      edit: { type: 'results.set', results: [{ ...result, reasons: [], events: [] }] },
    })
    const { document } = await ask('project.state', { project })
    expect(document.results[0].recordingSha256).toBe(document.recordings[0].file.sha256)
    const items = await ask('project.checklist', { project, locale: 'en' })
    expect(items.map(({ code }) => code)).toEqual(['unit-missing', 'speed-unknown', 'verdict-uncertain'])
  })
})

describe('annotations as files', () => {
  it('go out and come in by handle, as one step', async () => {
    const folder = temporaryFolder()
    const { ask } = openWindow(folder)
    const { project, recordingId } = await savedProject(ask, folder)
    for (const text of ['a', '轴承']) await ask('project.edit', { project, edit: note(recordingId, text) })
    const file = join(folder, 'annotations.csv')
    expect(await ask('annotation.export', { project, format: 'csv', file })).toMatchObject({ count: 2 })
    const { document } = await ask('project.state', { project })
    await ask('project.edit', {
      project,
      edit: { type: 'annotation.remove', ids: document.annotations.map(({ id }) => id) },
    })
    const imported = await ask('annotation.import', { project, file })
    expect(imported).toMatchObject({ addedCount: 2, skippedCount: 0 })
    expect((await ask('project.state', { project })).document.annotations).toEqual(document.annotations)
    await ask('project.undo', { project })
    expect((await ask('project.state', { project })).document.annotations).toEqual([])
  })

  it('in GB18030 and UTF-16, as Excel saves them', async () => {
    const folder = temporaryFolder()
    const { ask } = openWindow(folder)
    const { project } = await savedProject(ask, folder)
    const file = join(folder, 'a.txt')
    const gb = Buffer.concat([
      Buffer.from('kind,start_sample,text\nnote,1,'),
      Buffer.from([0xd6, 0xe1, 0xb3, 0xd0]),
      Buffer.from('\n'),
    ])
    writeFileSync(file, gb)
    await ask('annotation.import', { project, file })
    writeFileSync(file, Buffer.from('\uFEFFkind\tstart_sample\ttext\r\nnote\t1\tWälzlager\r\n', 'utf16le'))
    await ask('annotation.import', { project, file })
    expect(texts(await ask('project.state', { project }))).toEqual(['Wälzlager', '轴承'])
  })

  it('a bad file changes nothing', async () => {
    const folder = temporaryFolder()
    const { ask } = openWindow(folder)
    const { project } = await savedProject(ask, folder)
    const file = join(folder, 'bad.csv')
    writeFileSync(file, 'kind,start_sample\nnote,1\nnote,5000\n')
    await expect(ask('annotation.import', { project, file })).rejects.toThrow(
      /"bad\.csv", line 3: .*sample 5001, but "泵 1.wav" has only 2000/,
    )
    expect((await ask('project.state', { project })).document.annotations).toEqual([])
  })
})

describe('recordings that are not where they were', () => {
  async function reopened(change: (folder: string, recording: string) => void) {
    const folder = join(temporaryFolder(), 'cases', '2026') // one level up is looked at too
    const window = openWindow(folder)
    const { project, file, recording, recordingId } = await savedProject(window.ask, folder)
    await window.ask('project.close', { project, changes: 'keep' })
    change(folder, recording)
    const { ask } = openWindow(folder)
    return { ask, state: await ask('project.open', { file }), folder, recordingId, file }
  }

  it('moved and renamed nearby: found by its hash, told, and kept', async () => {
    const { ask, state, folder, file } = await reopened((at, recording) => {
      mkdirSync(join(at, 'archive', '2026'), { recursive: true })
      renameSync(recording, join(at, 'archive', '2026', 'renamed.wav'))
    })
    expect(state.recordings[0].state).toBe('moved')
    expect(state.document.recordings[0].file.path).toBe('archive/2026/renamed.wav')
    expect(state.flags.notices).toMatchObject([{ code: 'recording-moved' }])
    await ask('project.close', { project: state.project, changes: 'keep' })
    expect((await openWindow(folder).ask('project.open', { file })).recordings[0].state).toBe('found')
  })

  it('the whole case moved to another folder: found by its relative path', async () => {
    const folder = temporaryFolder()
    const window = openWindow(folder)
    const { project } = await savedProject(window.ask, join(folder, 'before'))
    await window.ask('project.close', { project, changes: 'keep' })
    renameSync(join(folder, 'before'), join(folder, 'after'))
    const state = await openWindow(folder).ask('project.open', { file: join(folder, 'after', 'case.vibralens') })
    expect(state.recordings[0].state).toBe('found')
  })

  it('touched only: the hash tells that it is the same', async () => {
    const { state } = await reopened((_, recording) => utimesSync(recording, new Date(0), new Date(0)))
    expect([state.recordings[0].state, state.flags.notices]).toEqual(['found', []])
  })

  it('of another content: flagged, on the check list, and nothing is forgotten', async () => {
    const { ask, state } = await reopened((_, recording) => writeRecording(recording, 2))
    expect(state.recordings[0].state).toBe('changed')
    expect(state.recordings[0].handle).toBeDefined()
    const items = await ask('project.checklist', { project: state.project, locale: 'en' })
    expect(items.map(({ code }) => code)).toContain('recording-changed')
  })

  it('missing: flagged, then given by the user; another content only if accepted', async () => {
    const { ask, state, folder, recordingId } = await reopened((_, recording) => {
      renameSync(recording, join(temporaryFolder(), 'far.wav'))
    })
    expect(state.recordings[0]).toEqual({ recordingId, state: 'missing', handle: undefined })
    expect(state.flags.notices).toMatchObject([{ code: 'recording-missing' }])
    const { project } = state
    const other = writeRecording(join(folder, 'other.wav'), 3)
    await expect(ask('project.relocate', { project, recordingId, file: other })).rejects.toThrow(
      /another content than "泵 1.wav"/,
    )
    const same = writeRecording(join(temporaryFolder(), 'same.wav'))
    const after = await ask('project.relocate', { project, recordingId, file: same })
    expect(after.recordings[0].state).toBe('moved')
    expect(after.flags.notices).toMatchObject([{ code: 'recording-moved' }])
    const accepted = await ask('project.relocate', { project, recordingId, file: other, acceptChanged: true })
    expect(accepted.recordings[0].state).toBe('changed')
  })

  it.each(['', 'any.txt'])('missing: found in a folder that the user names, or by a file in it (%j)', async (name) => {
    const far = temporaryFolder()
    const { ask, state } = await reopened((_, recording) => {
      mkdirSync(join(far, 'deep'))
      writeFileSync(join(far, 'any.txt'), '')
      renameSync(recording, join(far, 'deep', 'x.wav'))
    })
    expect(state.recordings[0].state).toBe('missing')
    const after = await ask('project.relocate', { project: state.project, file: join(far, name) })
    expect(after.recordings[0].state).toBe('moved')
  })
})

describe('a project without a file', () => {
  it('keeps annotations, and is there again after the program ended', async () => {
    const folder = temporaryFolder()
    const window = openWindow(folder)
    const recording = writeRecording(join(folder, 'a.wav'))
    const { project, document } = await window.ask('project.create', {})
    const { ids } = await window.ask('project.edit', {
      project,
      edit: { type: 'recording.add', items: [{ file: recording }] },
    })
    await window.ask('project.edit', { project, edit: note(ids[0], 'kept') })
    await expect(window.ask('project.save', { project })).rejects.toThrow(/no file yet/)
    const elsewhere = openWindow(folder)
    expect((await elsewhere.ask('project.recent', {})).unsaved).toMatchObject([
      { isOpen: true, recordingCount: 1, annotationCount: 1 },
    ])
    await expect(elsewhere.ask('project.open', { unsaved: document.projectId })).rejects.toThrow(
      /open in another window/,
    )
    await window.end()

    const { ask } = openWindow(folder)
    const { unsaved } = await ask('project.recent', {})
    expect(unsaved).toMatchObject([{ unsaved: document.projectId, isOpen: false }])
    const again = await ask('project.open', { unsaved: document.projectId })
    expect(texts(again)).toEqual(['kept'])
    expect(again.recordings[0].state).toBe('found')
    await ask('project.saveAs', { project: again.project, file: join(folder, 'named.vibralens') })
    expect(await ask('project.recent', {})).toMatchObject({
      unsaved: [],
      recent: [{ name: 'named.vibralens', isMissing: false }],
    })
    expect(readdirSync(join(folder, 'data', 'unsaved'))).toEqual([])
  })

  it('leaves nothing where nothing was done, or when it is discarded', async () => {
    const folder = temporaryFolder()
    const { ask } = openWindow(folder)
    const one = await ask('project.create', {})
    await ask('project.close', { project: one.project, changes: 'keep' })
    const two = await ask('project.create', {})
    await ask('project.edit', { project: two.project, edit: { type: 'report.change', changes: { action: 'x' } } })
    await ask('project.close', { project: two.project, changes: 'discard' })
    expect(readdirSync(join(folder, 'data', 'unsaved'))).toEqual([])
  })
})

describe('two windows on one project', () => {
  it('the second is read-only and says why; it may save a copy', async () => {
    const folder = temporaryFolder()
    const { project, file, recordingId } = await savedProject(openWindow(folder).ask, folder)
    expect(project).toBe('project-1')
    const { ask } = openWindow(folder)
    const second = await ask('project.open', { file })
    expect(second.flags.readOnlyReason).toMatch(/"case.vibralens" is open in another window \(process \d+ on .*\)/)
    const refused = { code: 'bad-request', details: { isReadOnly: true } }
    const key = { project: second.project }
    await expect(ask('project.edit', { ...key, edit: note(recordingId, 'x') })).rejects.toMatchObject(refused)
    await expect(ask('project.save', key)).rejects.toMatchObject(refused)
    const copy = await ask('project.saveAs', { ...key, file: join(folder, 'copy.vibralens') })
    expect(copy.flags.readOnlyReason).toBeUndefined()
    await ask('project.edit', { ...key, edit: note(recordingId, 'in the copy') })
  })

  it('taken over: the other window learns it with its next edit, keeps what it has, and overwrites nothing', async () => {
    const folder = temporaryFolder()
    const first = openWindow(folder)
    const { project, file, recordingId } = await savedProject(first.ask, folder)
    await first.ask('project.edit', { project, edit: note(recordingId, 'before') })
    const { ask } = openWindow(folder)
    const second = await ask('project.open', { file })
    expect(texts(second)).toEqual(['before']) // not saved, but in the journal
    const taken = await ask('project.takeOver', { project: second.project })
    expect(taken.flags.readOnlyReason).toBeUndefined()
    await ask('project.edit', { project: taken.project, edit: note(recordingId, 'second') })

    const lost = await first.ask('project.edit', { project, edit: note(recordingId, 'first') })
    expect(lost.flags).toMatchObject({
      isJournalSafe: false,
      readOnlyReason: expect.stringContaining('taken this project over'),
    })
    expect(lost.flags.notices).toMatchObject([{ code: 'lock-lost' }])
    await expect(first.ask('project.save', { project })).rejects.toThrow(/taken this project over/)
    await first.ask('project.saveAs', { project, file: join(folder, 'mine.vibralens') })
    await ask('project.save', { project: taken.project })
    const saved = (name: string): string[] =>
      (JSON.parse(readFileSync(join(folder, name), 'utf8')) as ProjectState['document']).annotations
        .map(({ text }) => text)
        .sort()
    expect([saved('case.vibralens'), saved('mine.vibralens')]).toEqual([
      ['before', 'second'],
      ['before', 'first'],
    ])
  })

  it('one file opened twice in one program is one project', async () => {
    const folder = temporaryFolder()
    const { ask } = openWindow(folder)
    const { project, file } = await savedProject(ask, folder)
    expect((await ask('project.open', { file })).project).toBe(project)
  })

  it('opened to be read leaves no trace, and becomes editable when it is opened to be edited', async () => {
    const folder = temporaryFolder()
    const first = openWindow(folder)
    const { project, file, recordingId } = await savedProject(first.ask, folder)
    await first.ask('project.close', { project, changes: 'keep' })
    await first.ask('settings.forgetRecent', {})
    const { ask } = openWindow(folder)
    const read = await ask('project.open', { file, how: 'read' })
    expect(read.flags.readOnlyReason).toMatch(/opened to be read only/)
    expect([existsSync(`${file}.lock`), (await ask('project.recent', {})).recent]).toEqual([false, []])
    const edited = await ask('project.open', { file })
    expect(edited.project).toBe(read.project)
    await ask('project.edit', { project: edited.project, edit: note(recordingId, 'x') })
  })

  it('a file changed on the disk is not overwritten unless asked for', async () => {
    const folder = temporaryFolder()
    const { ask } = openWindow(folder)
    const { project, file, recordingId } = await savedProject(ask, folder)
    await ask('project.edit', { project, edit: note(recordingId, 'mine') })
    const others = readFileSync(file, 'utf8').replace('"revision": 1', '"revision": 41')
    writeFileSync(file, others)
    await expect(ask('project.save', { project })).rejects.toMatchObject({
      message: expect.stringMatching(/changed by another program/),
      details: { isConflict: true },
    })
    expect(readFileSync(file, 'utf8')).toBe(others)
    expect(await ask('project.save', { project, overwrite: true })).toMatchObject({ revision: 42 })
  })

  it('saving over a project that another window has open is refused', async () => {
    const folder = temporaryFolder()
    const { file } = await savedProject(openWindow(folder).ask, folder)
    const { ask } = openWindow(folder)
    const { project } = await ask('project.create', {})
    await expect(ask('project.saveAs', { project, file })).rejects.toThrow(/open in another window/)
  })
})

describe('a stale lock', () => {
  const lock = { host: '', pid: 0, started: null, token: 't' }
  it.each([
    [
      'of a process that is gone',
      async () => ({ ...lock, pid: 4_000_000, host: (await import('node:os')).hostname() }),
      undefined,
    ],
    [
      'of another process with the same number',
      async () => ({ ...lock, pid: process.pid, started: '1', host: (await import('node:os')).hostname() }),
      undefined,
    ],
    [
      'of another machine: nobody can tell',
      async () => ({ ...lock, pid: 4_000_000, host: 'elsewhere' }),
      /process 4000000 on elsewhere/,
    ],
  ])('%s', async (_, content, reason) => {
    const folder = temporaryFolder()
    const window = openWindow(folder)
    const { project, file } = await savedProject(window.ask, folder)
    await window.ask('project.close', { project, changes: 'keep' })
    writeFileSync(`${file}.lock`, JSON.stringify(await content()))
    const { flags } = await openWindow(folder).ask('project.open', { file })
    if (reason === undefined) {
      expect(flags.readOnlyReason).toBeUndefined()
      expect(flags.notices).toMatchObject([{ code: 'lock-stale' }])
    } else expect(flags.readOnlyReason).toMatch(reason)
  })
})

describe('a file that is no project', () => {
  it.each([
    ['not there', undefined, /does not exist/],
    ['not JSON', 'RIFF', /is not JSON/],
    ['other JSON', '{}', /is no VibraLens project/],
  ])('%s: one sentence, and no lock stays', async (_, text, sentence) => {
    const folder = temporaryFolder()
    const file = join(folder, 'x.vibralens')
    if (text !== undefined) writeFileSync(file, text)
    await expect(openWindow(folder).ask('project.open', { file })).rejects.toMatchObject({
      code: 'unreadable-file',
      message: expect.stringMatching(sentence),
    })
    expect(existsSync(`${file}.lock`)).toBe(false)
  })

  it('a folder that is not there is not made for it', async () => {
    const folder = temporaryFolder()
    await expect(openWindow(folder).ask('project.open', { file: join(folder, 'no', 'x.vibralens') })).rejects.toThrow(
      /does not exist/,
    )
    expect(existsSync(join(folder, 'no'))).toBe(false)
  })

  it('a project that is not open is refused', async () => {
    await expect(openWindow(temporaryFolder()).ask('project.state', { project: 'project-9' })).rejects.toThrow(
      /no open project "project-9"/,
    )
  })
})
