import { afterEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/index'
import { createEngineOf } from '../../src/engine/index'
import type { EngineParts } from '../../src/engine/engine-parts'
import type { Transport } from '../../src/shared/contract/engine-client'
import type { EngineEvent } from '../../src/shared/contract/events'
import { AnalyzerError } from '../../src/shared/errors'
import { fakeParts } from '../builders/fake-parts'

export interface OpenTransport {
  readonly transport: Transport
  close(): Promise<void>
}

/** What tests of a transport give: it carries the engine's contract and tells bugs to `reportBug`. */
export type TransportOpener = (engine: Engine, reportBug: (error: unknown) => void) => Promise<OpenTransport>

const never = (): AbortSignal => new AbortController().signal

/** NaN with a payload, both zeros, infinities, the smallest and the largest: every bit has to arrive. */
const hardBits = new Uint32Array([0x7fc00001, 0x80000000, 0, 0x7f800000, 0xff800000, 1, 0x7f7fffff])
const hardFloats = new Float32Array(hardBits.buffer)

const answers: Readonly<Record<string, unknown>> = {
  plain: { id: 'plain', list: [1, 'two', null, { three: true }], text: '轴承 "\\u0000"' },
  arrays: {
    floats: hardFloats,
    nested: [{ bytes: new Uint8Array([0, 255, 7]) }, { doubles: new Float64Array([Math.PI]) }],
    none: new Float32Array(0),
  },
}

const parts: Partial<EngineParts> = {
  listModels: async () => {
    await new Promise((resolve) => setTimeout(resolve, 30))
    return []
  },
  showModel: async (id) => {
    if (id === 'bug') throw new TypeError('secret of the stack')
    if (id === 'known') throw new AnalyzerError('model-mismatch', 'It expects 12000 Hz.', { expectedHz: 12_000 })
    return answers[id] as never // any value will do: the transport knows none of them
  },
  writeDemoRecording: async () => ({}),
  analyze: (_path, _request, job) =>
    new Promise((_resolve, reject) =>
      job.signal.addEventListener('abort', () => reject(new Error('ended by the test')), { once: true }),
    ),
}

/** The same facts over every transport. */
export function describeContract(title: string, open: TransportOpener): void {
  describe(`the contract ${title}`, () => {
    let opened: OpenTransport | undefined
    const bugs: unknown[] = []
    const start = async (): Promise<Transport> => {
      bugs.length = 0
      opened = await open(createEngineOf(fakeParts(parts)), (error) => void bugs.push(error))
      return opened.transport
    }
    afterEach(async () => {
      await opened?.close()
      opened = undefined
    })

    describeReplies(start, bugs)
    describeCallsAndEvents(start)
  })
}

function describeReplies(start: () => Promise<Transport>, bugs: readonly unknown[]): void {
  it('answers plain values as they are', async () => {
    const transport = await start()
    expect(await transport.request('model.show', { id: 'plain' }, never())).toEqual({
      ok: true,
      value: answers['plain'],
    })
  })

  it('carries typed arrays with every bit', async () => {
    const transport = await start()
    const reply = await transport.request('model.show', { id: 'arrays' }, never())
    expect(reply).toEqual({ ok: true, value: answers['arrays'] })
    const { floats } = (reply as { value: { floats: Float32Array } }).value
    expect([...new Uint32Array(floats.slice().buffer)]).toEqual([...hardBits])
  })

  it.each([
    ['an unknown request', 'no.such', {}],
    ['the name of a property of objects', '__proto__', {}],
    ['a missing field', 'model.show', {}],
    ['a field too many', 'model.list', { extra: 1 }],
    ['a wrong type', 'model.show', { id: 7 }],
    ['no object', 'model.list', 'text'],
    ['a file that was not granted', 'recording.inspect', { file: 'toString', read: {} }],
  ])('refuses %s', async (_, name, input) => {
    const transport = await start()
    expect(await transport.request(name, input, never())).toMatchObject({ ok: false, error: { code: 'bad-request' } })
  })

  it('tells known errors with their values, and bugs without their text', async () => {
    const transport = await start()
    expect(await transport.request('model.show', { id: 'known' }, never())).toEqual({
      ok: false,
      error: { code: 'model-mismatch', message: 'It expects 12000 Hz.', details: { expectedHz: 12_000 } },
    })
    const bug = await transport.request('model.show', { id: 'bug' }, never())
    expect(bug).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(bug)).not.toContain('secret')
    expect(bugs).toHaveLength(1)
  })
}

function describeCallsAndEvents(start: () => Promise<Transport>): void {
  it('gives each of many calls its own answer, whatever their order', async () => {
    const transport = await start()
    const slow = transport.request('model.list', {}, never())
    const all = ['plain', 'known', 'arrays'].map((id) => transport.request('model.show', { id }, never()))
    expect((await Promise.all([slow, ...all])).map((reply) => reply.ok)).toEqual([true, true, false, true])
  })

  it('cancels one call and no other', async () => {
    const transport = await start()
    const started = await transport.request('demo.create', { locale: 'en' }, never())
    if (!started.ok) throw new Error(started.error.message)
    const controller = new AbortController()
    const given = transport.request('analysis.result', started.value, controller.signal)
    const other = transport.request('model.list', {}, never())
    setTimeout(() => controller.abort(), 20)
    expect(await given).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(await other).toMatchObject({ ok: true })
  })

  it('does not ask what was given up before', async () => {
    const transport = await start()
    const reply = await transport.request('model.list', {}, AbortSignal.abort())
    expect(reply).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  })

  it('brings events until the subscription ends', async () => {
    const transport = await start()
    const seen: EngineEvent[] = []
    const ended: EngineEvent[] = []
    transport.subscribe((event) => void ended.push(event))()
    const first = new Promise<void>((resolve) => {
      transport.subscribe((event) => {
        seen.push(event)
        if (event.name === 'job.ended') resolve()
      })
    })
    const started = await transport.request('demo.create', { locale: 'en' }, never())
    if (!started.ok) throw new Error(started.error.message)
    await transport.request('job.cancel', started.value, never())
    await first
    expect(seen.at(-1)).toMatchObject({
      name: 'job.ended',
      data: { ...(started.value as object), outcome: 'cancelled' },
    })
    expect(ended).toEqual([])
  })
}
