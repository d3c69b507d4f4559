import { describe, expect, it } from 'vitest'
import type { AnnotationChanges } from '../../../src/shared/project/annotation'
import { applyEdit } from '../../../src/shared/project/apply-edit'
import type { ProjectEdit } from '../../../src/shared/project/edits'
import { projectEditSchema } from '../../../src/shared/project/edits'
import { planRedo, planUndo, repeatStep, startHistory } from '../../../src/shared/project/history'
import type { ProjectHistory } from '../../../src/shared/project/history'
import { projectDocumentSchema } from '../../../src/shared/project/project-document'
import { createRandom } from '../../../src/shared/random'
import { buildAnnotation, buildProject, buildProjectResult, randomEdit } from '../../builders/project-builder'

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

function step(history: ProjectHistory, plan: typeof planUndo): ProjectHistory {
  const planned = plan(history)
  return planned === undefined ? history : repeatStep(history, planned)
}

const change = (changes: AnnotationChanges, mergeKey?: string) =>
  ({
    as: 'edit',
    edit: { type: 'annotation.change', id: 'ann-1', changes, changedAt: '2026-11-25T08:00:00Z' },
    mergeKey,
  }) as const

describe('any edits', () => {
  it.each([1, 2, 3, 4, 5])(
    'are taken back to the start and done again to the end, each to the letter (seed %d)',
    (seed) => {
      const random = createRandom(seed)
      const states = [frozen(startHistory(frozen(buildProject({ results: [buildProjectResult()] }))))]
      for (let serial = 0; serial < 120; serial++) {
        const edit = randomEdit(random, states[serial].document, serial)
        expect(projectEditSchema.safeParse(edit).error).toBeUndefined()
        states.push(frozen(repeatStep(states[serial], { as: 'edit', edit })))
      }
      expect(projectDocumentSchema.safeParse(states[120].document).error).toBeUndefined()
      let history = states[120]
      for (let serial = 119; serial >= 0; serial--) {
        const planned = planUndo(history)
        expect(projectEditSchema.safeParse(planned?.edit).error).toBeUndefined() // the journal takes it
        history = step(history, planUndo)
        expect(history.document).toEqual(states[serial].document)
      }
      expect(planUndo(history)).toBeUndefined()
      for (let serial = 1; serial <= 120; serial++) {
        history = step(history, planRedo)
        expect(history.document).toEqual(states[serial].document)
      }
      expect(planRedo(history)).toBeUndefined()
    },
  )

  it('a new edit forgets what could be done again', () => {
    const start = startHistory(buildProject({ annotations: [buildAnnotation()] }))
    const undone = step(repeatStep(start, change({ text: 'a' })), planUndo)
    expect(planRedo(undone)).toBeDefined()
    expect(planRedo(repeatStep(undone, change({ text: 'b' })))).toBeUndefined()
  })
})

describe('a row of edits with one key', () => {
  const start = startHistory(buildProject({ annotations: [buildAnnotation({ text: 'before' })] }))

  it('is one step', () => {
    let history = start
    for (const text of ['a', 'ab', 'abc']) history = repeatStep(history, change({ text }, 'typing'))
    expect(history.document.annotations[0].text).toBe('abc')
    history = step(history, planUndo)
    expect(history.document).toEqual(start.document)
    expect(planUndo(history)).toBeUndefined()
    expect(step(history, planRedo).document.annotations[0].text).toBe('abc')
  })

  it('of other fields is a step of its own: nothing is lost', () => {
    let history = repeatStep(start, change({ text: 'a' }, 'key'))
    history = repeatStep(history, change({ severity: 'slight' }, 'key'))
    history = step(history, planUndo)
    expect(history.document.annotations[0]).toMatchObject({ text: 'a', severity: 'severe' })
  })
})

describe('what is not undone', () => {
  const edits: readonly ProjectEdit[] = [
    { type: 'layout.set', layout: 'a' },
    { type: 'results.set', results: [buildProjectResult({ verdict: 'healthy' })] },
    {
      type: 'recording.relocate',
      recordingId: 'rec-1',
      file: { path: 'x', sha256: 'c'.repeat(64), bytes: 1, modifiedAt: '2026-11-25T08:00:00Z' },
    },
  ]
  it.each(edits)('$type changes the document and leaves the history', (edit) => {
    const start = startHistory(buildProject())
    const after = repeatStep(start, { as: 'edit', edit })
    expect(after.document).not.toEqual(start.document)
    expect(planUndo(after)).toBeUndefined()
  })

  it('results of a recording go and come with it', () => {
    const document = buildProject({ results: [buildProjectResult()], annotations: [buildAnnotation()] })
    const removed = repeatStep(startHistory(document), {
      as: 'edit',
      edit: { type: 'recordings.remove', ids: ['rec-1'] },
    })
    expect(removed.document).toMatchObject({ recordings: [], annotations: [], results: [] })
    expect(step(removed, planUndo).document).toEqual(document)
  })
})

describe('an edit that does not fit', () => {
  const document = buildProject({ annotations: [buildAnnotation()] })
  it.each([
    ['an id twice', { type: 'annotations.add', annotations: [buildAnnotation()] }, /already an annotation "ann-1"/],
    ['an unknown annotation', { type: 'annotations.remove', ids: ['ann-1', 'nope'] }, /no annotation "nope"/],
    [
      'an unknown recording',
      { type: 'annotations.add', annotations: [buildAnnotation({ id: 'x', recordingId: 'nope' })] },
      /no recording "nope"/,
    ],
    [
      'behind the end',
      {
        type: 'annotations.add',
        annotations: [buildAnnotation({ id: 'x', region: { shape: 'point', sample: 100_000 } })],
      },
      /sample 100001.*only 100000/,
    ],
    [
      'a channel that is not there',
      { type: 'annotations.add', annotations: [buildAnnotation({ id: 'x', channel: 2 })] },
      /2 channels; there is no channel 3/,
    ],
  ] as const)('%s is refused', (_, edit, sentence) => {
    expect(() => applyEdit(document, projectEditSchema.parse(edit))).toThrow(sentence)
  })
})
