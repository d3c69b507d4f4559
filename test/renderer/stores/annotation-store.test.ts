// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { useAnnotationStore } from '../../../src/renderer/stores/use-annotation-store'
import { useCaseStore } from '../../../src/renderer/stores/use-case-store'
import { useLibraryStore } from '../../../src/renderer/stores/use-library-store'
import { useProjectStore } from '../../../src/renderer/stores/use-project-store'
import { useStudyStore } from '../../../src/renderer/stores/use-study-store'
import { useViewStore } from '../../../src/renderer/stores/use-view-store'
import type { ScoreView } from '../../../src/shared/app/study'
import { emptyProject } from '../../../src/shared/project/project-document'
import { fakeServices, installStores } from '../../helpers/fake-services'

it('answers the selected event as the model saw it, in samples; without one it asks nothing', async () => {
  const flags = { lastEdit: 0, revision: 0, hasUnsavedChanges: false, isJournalSafe: true, notices: [] }
  const document = emptyProject('p', '2026-11-24T08:00:00.000Z', '0.1.0')
  const { services, asked } = fakeServices({
    'project.create': () => ({ project: 'project-1', flags, document, recordings: [] }),
    'project.recent': () => ({ recent: [], unsaved: [] }),
    'project.edit': ({ edit }: { edit: { type: string } }) => ({ flags, ids: [`by ${edit.type}`] }),
    'recording.open': () => ({ recordingId: 'r1', summary: { channels: [] }, properties: {} }),
  })
  installStores(services)
  await useCaseStore().start()
  await useLibraryStore().open([{ handle: 'h', name: 'a.wav', bytes: 1 }])
  const annotations = useAnnotationStore()
  const view = useViewStore()
  const study = useStudyStore()
  expect(await annotations.answerEvent('confirm')).toBe(false)
  expect(asked.some(({ name }) => name === 'project.edit')).toBe(false)

  const event = { startSeconds: 0.5, endSeconds: 1.25, peakProbability: 0.97, evidence: 3.5 }
  view.setAxis(4000, 1000)
  study.modelId = 'bearing-1d'
  study.score = { events: [event] } as unknown as ScoreView // the rest of a score is not read here
  view.selectedEvent = 0
  expect(await annotations.answerEvent('refute')).toBe(true)
  expect(asked.at(-1)?.input).toMatchObject({
    edit: {
      type: 'event.answer',
      recordingId: 'by recording.add',
      channel: 0,
      event: {
        answer: 'refute',
        modelId: 'bearing-1d',
        startSample: 500,
        endSample: 1250,
        peakProbability: 0.97,
        evidence: 3.5,
      },
    },
  })
  expect(useProjectStore().selectedId).toBe('by event.answer')
})
