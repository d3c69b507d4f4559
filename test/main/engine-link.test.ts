import { describe, expect, it } from 'vitest'
import { createEngineOf } from '../../src/engine/index'
import { EngineLink } from '../../src/main/engine-link'
import type { EngineProcess } from '../../src/main/engine-link'
import type { FromEngine, ToEngine } from '../../src/main/engine-messages'
import { serveEngine } from '../../src/main/serve-engine'
import { fakeParts } from '../builders/fake-parts'
import type { EngineParts } from '../../src/engine/engine-parts'
import type { EngineEvent } from '../../src/shared/contract/events'
import { AnalyzerError } from '../../src/shared/errors'

/** Processes that tests kill; messages are copied as between real ones. */
function fakeProcesses(parts: Partial<EngineParts>) {
  const started: { die(): void }[] = []
  const start = (): EngineProcess => {
    let listen: (message: FromEngine) => void = () => undefined
    let exit = (): void => undefined
    const handle = serveEngine(
      createEngineOf(fakeParts(parts)),
      (message) => listen(structuredClone(message)),
      (error) => {
        throw error
      },
    )
    started.push({ die: () => exit() })
    return {
      postMessage: (message: ToEngine) => handle(structuredClone(message)),
      onMessage: (listener) => void (listen = listener),
      onExit: (listener) => void (exit = listener),
      kill: () => exit(),
    }
  }
  return { start, started }
}

const forever = (): Promise<never> => new Promise(() => undefined)

describe('the engine in a process of its own', () => {
  it('answers over messages', async () => {
    const link = new EngineLink(fakeProcesses({}).start, () => undefined)
    expect(await link.request(1, 1, 'model.list', {})).toEqual({ ok: true, value: [] })
  })

  it('reads only files that were granted', async () => {
    const opened: string[] = []
    const openRecording = async (path: string): Promise<never> => {
      opened.push(path)
      throw new Error('stop here')
    }
    const link = new EngineLink(fakeProcesses({ openRecording }).start, () => undefined)
    const input = { file: 'h1', read: {} }
    const refused = await link.request(1, 1, 'recording.inspect', input)
    expect(refused).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    const proto = await link.request(1, 2, 'recording.inspect', { ...input, file: '__proto__' })
    expect(proto).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    expect(opened).toEqual([])
  })

  it('reads what was granted, for the page it was granted to and until that page is gone', async () => {
    const opened: string[] = []
    const openRecording = async (path: string): Promise<never> => {
      opened.push(path)
      throw new AnalyzerError('unreadable-file', 'seen')
    }
    const link = new EngineLink(fakeProcesses({ openRecording }).start, () => undefined)
    link.grant(1, 'h1', '/data/a.wav')
    const code = async (page: number, callId: number): Promise<string> => {
      const reply = await link.request(page, callId, 'recording.inspect', { file: 'h1', read: {} })
      return reply.ok ? 'ok' : reply.error.code
    }
    expect([await code(1, 1), await code(2, 1)]).toEqual(['unreadable-file', 'bad-request'])
    link.leave(1)
    expect(await code(1, 2)).toBe('bad-request')
    expect(opened).toEqual(['/data/a.wav'])
  })

  it('gives up what a page asked when the page goes', async () => {
    const link = new EngineLink(
      fakeProcesses({
        analyze: (_path, _request, job) =>
          new Promise((_, reject) => job.signal.addEventListener('abort', () => reject(new Error('ended')))),
        writeDemoRecording: async () => ({}),
      }).start,
      () => undefined,
    )
    const started = await link.request(1, 1, 'demo.create', { locale: 'en' })
    if (!started.ok) throw new Error(started.error.message)
    const waiting = link.request(1, 2, 'analysis.result', started.value)
    link.leave(1)
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  })

  it('cancels a request by its id', async () => {
    const showModel = forever
    const link = new EngineLink(
      fakeProcesses({
        computeSpectrum: forever,
        showModel,
        analyze: (_path, _request, job) =>
          new Promise((_, reject) => job.signal.addEventListener('abort', () => reject(new Error('ended')))),
        writeDemoRecording: async () => ({}),
      }).start,
      () => undefined,
    )
    const started = await link.request(1, 1, 'demo.create', { locale: 'en' })
    if (!started.ok) throw new Error(started.error.message)
    const waiting = link.request(1, 2, 'analysis.result', started.value)
    link.cancel(1, 2)
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  })

  it('dies: open requests are answered, it is started once more, and not twice', async () => {
    const { start, started } = fakeProcesses({ showModel: forever })
    const link = new EngineLink(start, () => undefined)
    const open = link.request(1, 1, 'model.show', { id: 'x' })
    started[0].die()
    expect(await open).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(await link.request(1, 2, 'model.list', {})).toMatchObject({ ok: true })
    started[1].die()
    expect(started).toHaveLength(2)
    expect(await link.request(1, 3, 'model.list', {})).toMatchObject({ ok: false, error: { code: 'internal' } })
  })

  it('started again, it still knows what was granted, and pages hear of it', async () => {
    const opened: string[] = []
    const openRecording = async (path: string): Promise<never> => {
      opened.push(path)
      throw new AnalyzerError('unreadable-file', 'seen')
    }
    const { start, started } = fakeProcesses({ openRecording })
    const events: EngineEvent[] = []
    const link = new EngineLink(start, (event) => void events.push(event))
    link.grant(1, 'h1', '/data/a.wav')
    started[0].die()
    expect(events).toEqual([{ name: 'engine.restarted', data: {} }])
    await link.request(1, 1, 'recording.inspect', { file: 'h1', read: {} })
    expect(opened).toEqual(['/data/a.wav'])
  })

  it('is not started again when the program closes', () => {
    const { start, started } = fakeProcesses({})
    new EngineLink(start, () => undefined).dispose()
    expect(started).toHaveLength(1)
  })
})
