import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { composeHead, composeLine, readJournal } from '../../../src/engine/project/journal-lines'
import { AnalyzerError } from '../../../src/shared/errors'
import { exportAnnotations } from '../../../src/shared/project/export-annotations'
import { annotationFormats, planImport } from '../../../src/shared/project/import-annotations'
import { readProject } from '../../../src/shared/project/migrations'
import { projectDocumentSchema } from '../../../src/shared/project/project-document'
import type { Random } from '../../../src/shared/random'
import { createRandom } from '../../../src/shared/random'
import { buildProject, buildProjectResult, randomAnnotation, randomEdit } from '../../builders/project-builder'
import { openWindow, writeRecording } from '../../builders/project-world'
import { temporaryFolder } from '../../helpers/temporary-folder'

const random = createRandom('damaged files')
const full = buildProject({
  annotations: Array.from({ length: 12 }, (_, index) => randomAnnotation(random, `a-${index}`)),
  results: [buildProjectResult()],
  layout: { panels: ['a'] },
})

/** Cut off, with bytes changed, doubled, left out, or of another kind. */
function damaged(text: string, by: Random): string {
  const at = by.integer(text.length)
  const length = 1 + by.integer(20)
  const scraps = [
    '{',
    '"',
    '\t',
    '\n',
    '-1',
    'null',
    '1e999',
    ',',
    '\\',
    '\0',
    '[]',
    '999999999999999999999',
    '轴',
    '__proto__',
  ]
  const scrap = scraps[by.integer(scraps.length)]
  switch (by.integer(5)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + text.slice(at + length)
    case 2:
      return text.slice(0, at) + scrap + text.slice(at + length)
    case 3:
      return text.slice(0, at) + text.slice(at, at + length) + text.slice(at)
    default:
      return text.replace(/: ?[^,\n{[]+/g, (value) => (by.uniform() < 0.05 ? `: ${scrap}` : value))
  }
}

/** The value, or one sentence; anything else that is thrown is a bug. */
function orSentence<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof AnalyzerError)) throw error
    expect(error.message).toMatch(/^[\s\S]{10,}[.)]$/)
    return undefined
  }
}

describe('whatever is in a file', () => {
  it('a project is read as one that is valid, or refused with a sentence', () => {
    const text = JSON.stringify(full, null, 2)
    let readCount = 0
    for (let round = 0; round < 1500; round++) {
      const broken = damaged(text, random)
      let raw: unknown
      try {
        raw = JSON.parse(broken)
      } catch {
        continue
      }
      const document = orSentence(() => readProject(raw, 'a.vibralens'))
      if (document === undefined) continue
      readCount += 1
      expect(projectDocumentSchema.safeParse(document).success).toBe(true)
    }
    expect(readCount).toBeGreaterThan(20) // texts that changed: the damage is not too coarse to prove anything
  })

  it('a journal gives the edits before the damage', () => {
    const at = '2026-11-24T08:00:00Z'
    const lines = Array.from({ length: 20 }, (_, index) => ({
      n: index + 1,
      at,
      as: 'edit' as const,
      edit: randomEdit(random, full, index),
    }))
    const text = composeHead({ projectId: 'p', createdAt: at, token: 't' }) + lines.map(composeLine).join('')
    let partCount = 0
    for (let round = 0; round < 1500; round++) {
      const read = readJournal(damaged(text, random))
      if (read === undefined) continue
      const numbers = read.lines.map(({ n }) => n)
      expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
      if (numbers.length > 0 && numbers.length < 20) partCount += 1
    }
    expect(partCount).toBeGreaterThan(100)
  })

  it.each(annotationFormats)('annotations as %s come in valid, or are refused with the line', (format) => {
    const empty = { ...full, annotations: [] }
    const { text } = exportAnnotations(full, format, undefined)
    let serial = 0
    const base = { document: empty, name: 'file', author: '', now: '2026-11-24T08:00:00Z' }
    const newId = (): string => `n${(serial += 1)}`
    const counts = { taken: 0, refused: 0 }
    for (let round = 0; round < 700; round++) {
      const plan = orSentence(() => planImport(damaged(text, random), format, { ...base, newId }))
      counts[plan === undefined ? 'refused' : 'taken'] += 1
      if (plan === undefined) continue
      const document = { ...empty, annotations: [...plan.annotations] }
      expect(projectDocumentSchema.safeParse(document).error).toBeUndefined()
    }
    expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(20)
  })
})

describe('an older file', () => {
  it('opens, and is of the present schema once it is saved', async () => {
    const folder = temporaryFolder()
    writeRecording(join(folder, 'a.wav'))
    const file = join(folder, 'old.vibralens')
    const recording = {
      id: 'r',
      path: 'a.wav',
      sha256: 'a'.repeat(64),
      bytes: 1,
      channels: [{ name: 'X', sampleCount: 2000 }],
      sampleRateHz: 1000,
    }
    const draft = {
      schema: 'vibralens.project/0',
      id: 'p',
      created: '2026-11-01T08:00:00Z',
      recordings: [recording],
      annotations: [],
    }
    writeFileSync(file, JSON.stringify(draft))
    const { ask } = openWindow(folder)
    const state = await ask('project.open', { file })
    expect(state.document.recordings[0].properties.sampleRateHz).toEqual({ value: 1000, origin: 'user' })
    expect(state.recordings[0].state).toBe('changed')
    await ask('project.save', { project: state.project })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ schema: 'vibralens.project/1', revision: 1 })
  })
})
