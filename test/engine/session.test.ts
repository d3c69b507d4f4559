import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createEngineOf } from '../../src/engine/index'
import type { OpenAnalysis } from '../../src/engine/analysis/outcome'
import type { EngineParts } from '../../src/engine/engine-parts'
import { EngineClient } from '../../src/shared/contract/engine-client'
import type { RequestInput } from '../../src/shared/contract/requests'
import type { EngineEvent } from '../../src/shared/contract/events'
import { AnalyzerError } from '../../src/shared/errors'
import { buildResult } from '../builders/analysis-builder'
import { fakeParts } from '../builders/fake-parts'

const signal = new AbortController().signal
const result = buildResult({ verdict: 'healthy', probabilities: [0.1], durationSeconds: 1, segmentSeconds: 1 })
const input: RequestInput<'analysis.start'> = { file: 'a.wav', read: {}, models: [], baseline: [], locale: 'en' }

function engineWith(parts: Partial<EngineParts>) {
  const engine = createEngineOf(fakeParts(parts))
  const events: EngineEvent[] = []
  engine.subscribe((event) => events.push(event))
  const client = new EngineClient({
    request: (name, rawInput, given) =>
      engine.request(name, rawInput, { signal: given, resolveFile: (path) => path, reportBug: () => undefined }),
    subscribe: (listener) => engine.subscribe(listener),
  })
  return { engine, client, events }
}

function outcome(given: Partial<OpenAnalysis>): OpenAnalysis {
  return { results: [result], charts: [], close: async () => undefined, ...given }
}

describe('a job', () => {
  it('answers its id at once, sends progress and the end, and keeps its result until forgotten', async () => {
    let closed = 0
    const { client, events } = engineWith({
      analyze: async (_path, _request, job) => {
        for (let i = 0; i <= 1000; i++) job.report('infer', i, 1000)
        return outcome({ close: async () => void (closed += 1) })
      },
    })
    const { jobId } = await client.request('analysis.start', input, signal)
    expect(await client.request('analysis.result', { jobId }, signal)).toEqual({
      status: 'done',
      results: [result],
      pictureCount: 0,
    })
    const progress = events.filter((event) => event.name === 'job.progress')
    expect(progress.length).toBeLessThan(20)
    expect(progress.at(-1)?.data).toEqual({ jobId, stage: 'infer', done: 1000, total: 1000 })
    expect(events.at(-1)).toEqual({ name: 'job.ended', data: { jobId, outcome: 'done' } })
    await client.request('job.forget', { jobId }, signal)
    expect(closed).toBe(1)
    await expect(client.request('analysis.result', { jobId }, signal)).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('keeps what was finished when it is cancelled', async () => {
    const { client, events } = engineWith({
      analyze: (_path, _request, job) =>
        new Promise((resolve) => job.signal.addEventListener('abort', () => resolve(outcome({})))),
    })
    const { jobId } = await client.request('analysis.start', input, signal)
    expect(await client.request('job.cancel', { jobId }, signal)).toEqual({ isCancelled: true })
    const ended = await client.request('analysis.result', { jobId }, signal)
    expect(ended).toMatchObject({ status: 'cancelled', results: [result] })
    expect(events.at(-1)).toEqual({ name: 'job.ended', data: { jobId, outcome: 'cancelled' } })
    expect(await client.request('job.cancel', { jobId }, signal)).toEqual({ isCancelled: false })
  })

  it('passes on what it failed by', async () => {
    const { client, events } = engineWith({
      analyze: async () => {
        throw new AnalyzerError('unreadable-file', '"a.wav" is empty.')
      },
    })
    const { jobId } = await client.request('analysis.start', input, signal)
    const asked = client.request('analysis.result', { jobId }, signal)
    await expect(asked).rejects.toMatchObject({ code: 'unreadable-file', message: '"a.wav" is empty.' })
    expect(events.at(-1)).toEqual({ name: 'job.ended', data: { jobId, outcome: 'failed' } })
  })

  it('lets a waiter go without ending', async () => {
    const { client, engine } = engineWith({
      analyze: (_path, _request, job) =>
        new Promise((_, reject) => job.signal.addEventListener('abort', () => reject(new Error('ended')))),
    })
    const { jobId } = await client.request('analysis.start', input, signal)
    const waiting = new AbortController()
    const asked = client.request('analysis.result', { jobId }, waiting.signal)
    waiting.abort()
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
    await engine.dispose() // cancels the job, or this test would hang
  })
})

describe('the demo', () => {
  it('without a file leaves nothing behind', async () => {
    let written = ''
    const { client, engine } = engineWith({
      writeDemoRecording: async (path) => {
        written = path
        return {}
      },
      analyze: async () => outcome({}),
    })
    const { jobId } = await client.request('demo.create', { locale: 'en' }, signal)
    await client.request('analysis.result', { jobId }, signal)
    const folder = written.replace(/[\\/][^\\/]*$/, '')
    expect(existsSync(folder)).toBe(true)
    await engine.dispose()
    await engine.dispose()
    expect(existsSync(folder)).toBe(false)
  })
})

describe('picture.create', () => {
  it('says how many pictures there are', async () => {
    const { client } = engineWith({ analyze: async () => outcome({}) })
    const { jobId } = await client.request('analysis.start', input, signal)
    const asked = client.request('picture.create', { jobId, index: 3, locale: 'en' }, signal)
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  })
})
