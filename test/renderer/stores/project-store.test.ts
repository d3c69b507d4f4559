// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { useCaseStore } from '../../../src/renderer/stores/use-case-store'
import { useLibraryStore } from '../../../src/renderer/stores/use-library-store'
import { useProjectStore } from '../../../src/renderer/stores/use-project-store'
import type { ProjectEdit } from '../../../src/shared/project/edits'
import { emptyProject } from '../../../src/shared/project/project-document'
import type { ProjectFlags } from '../../../src/shared/project/project-state'
import { fakeServices, installStores } from '../../helpers/fake-services'

const flagsAt = (lastEdit: number, more: Partial<ProjectFlags> = {}): ProjectFlags => ({
  lastEdit,
  revision: 0,
  hasUnsavedChanges: lastEdit > 0,
  isJournalSafe: true,
  notices: [],
  ...more,
})
const stateAt = (lastEdit: number, title: string) => {
  const document = emptyProject('p', '2026-11-24T08:00:00.000Z', '0.1.0')
  return {
    project: 'project-1',
    flags: flagsAt(lastEdit),
    document: { ...document, report: { ...document.report, title } },
    recordings: [],
  }
}
const titled = (title: string): ProjectEdit => ({ type: 'report.change', changes: { title } })
const opened = {
  recordingId: 'r1',
  summary: { channels: [] },
  properties: { unit: { value: 'g', origin: 'user' }, shaftSpeedRpm: { value: null, origin: 'unknown' } },
}

describe('the project of the window', () => {
  const { services, asked, emit } = fakeServices({
    'project.create': () => stateAt(0, ''),
    'project.recent': () => ({ recent: [], unsaved: [] }),
    'project.state': () => stateAt(7, 'asked again'),
    'project.edit': () => ({ flags: flagsAt(1), ids: ['rec-1'] }),
    'recording.open': () => opened,
  })
  beforeEach(async () => {
    asked.length = 0
    installStores(services)
    await useCaseStore().start()
  })
  const change = (lastEdit: number, edit?: ProjectEdit, flags: Partial<ProjectFlags> = {}): void =>
    emit({
      name: 'project.changed',
      data: {
        project: 'project-1',
        flags: flagsAt(lastEdit, flags),
        step: edit === undefined ? undefined : { as: 'edit', edit },
      },
    })

  it('follows edits by repeating them, and asks anew when it has missed one', async () => {
    const project = useProjectStore()
    change(1, titled('first'))
    expect(project.document?.report.title).toBe('first')
    expect(project.hasUnsavedChanges).toBe(true)
    expect(asked.some(({ name }) => name === 'project.state')).toBe(false)
    change(7, titled('missed the ones between'))
    await expect.poll(() => project.document?.report.title).toBe('asked again')
  })

  it('does not count it as a step of the user that a recording came in', () => {
    const project = useProjectStore()
    change(1, titled('x'), { undoes: 'recordings.add' })
    expect(project.canUndo).toBe(false)
    change(2, titled('y'), { undoes: 'annotations.add' })
    expect(project.canUndo).toBe(true)
  })

  it('puts a recording in with what the user said of it, and nothing else', async () => {
    await useLibraryStore().open([{ handle: 'h', name: 'a.wav', bytes: 1 }])
    expect(await useCaseStore().ensureRecording()).toBe('rec-1')
    expect(asked.find(({ name }) => name === 'project.edit')?.input).toEqual({
      project: 'project-1',
      edit: {
        type: 'recording.add',
        items: [{ file: 'h', read: {}, properties: { unit: { value: 'g', origin: 'user' } } }],
      },
      mergeKey: undefined,
    })
  })
})
