import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ConnectionState } from '../../../src/renderer/client/host'
import type { Socket } from '../../../src/renderer/client/websocket-transport'
import { openSocketTransport } from '../../../src/renderer/client/websocket-transport'
import { encodeReplyFrame } from '../../../src/shared/contract/socket-frames'

/** A socket that the test opens, answers and closes by hand. */
class HandSocket implements Socket {
  binaryType = ''
  readonly sent: string[] = []
  readonly #listeners = new Map<string, (message: { readonly data: unknown }) => void>()

  addEventListener(type: string, listener: (message: { readonly data: unknown }) => void): void {
    this.#listeners.set(type, listener)
  }
  send(text: string): void {
    this.sent.push(text)
  }
  close(): void {
    this.happen('close')
  }
  happen(type: 'open' | 'close' | 'message', data?: unknown): void {
    this.#listeners.get(type)?.({ data })
  }
  answer(callId: number, value: unknown): void {
    this.happen('message', encodeReplyFrame(callId, { ok: true, value }).buffer)
  }
}

function open() {
  const sockets: HandSocket[] = []
  const transport = openSocketTransport(() => {
    sockets.push(new HandSocket())
    return sockets[sockets.length - 1]
  })
  const states: ConnectionState[] = []
  transport.onStateChange((state) => void states.push(state))
  return { transport, sockets, states }
}

const never = (): AbortSignal => new AbortController().signal

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a lost connection', () => {
  it('answers what was under way, says so, and tries again ever more slowly', async () => {
    const { transport, sockets, states } = open()
    sockets[0].happen('open')
    const asked = transport.request('model.list', {}, never())
    await Promise.resolve()
    sockets[0].happen('close')
    expect(await asked).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(states).toEqual(['open', 'lost'])
    for (const delay of [250, 500, 1000, 2000, 5000, 5000]) {
      const before = sockets.length
      await vi.advanceTimersByTimeAsync(delay - 1)
      expect(sockets).toHaveLength(before)
      await vi.advanceTimersByTimeAsync(1)
      expect(sockets).toHaveLength(before + 1)
      sockets[before].happen('close')
    }
    expect(states).toEqual(['open', 'lost'])
    transport.dispose()
  })

  it('keeps later requests until it is back', async () => {
    const { transport, sockets, states } = open()
    sockets[0].happen('open')
    sockets[0].happen('close')
    const asked = transport.request('model.list', {}, never())
    await vi.advanceTimersByTimeAsync(250)
    sockets[1].happen('open')
    await vi.advanceTimersByTimeAsync(0)
    sockets[1].answer(1, [])
    expect(await asked).toEqual({ ok: true, value: [] })
    expect(states).toEqual(['open', 'lost', 'open'])
    transport.dispose()
  })

  it('lets a request that waits be given up', async () => {
    const { transport } = open()
    const controller = new AbortController()
    const asked = transport.request('model.list', {}, controller.signal)
    controller.abort()
    expect(await asked).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    transport.dispose()
  })

  it('ends for good when it is disposed', async () => {
    const { transport, sockets } = open()
    sockets[0].happen('open')
    const asked = transport.request('model.list', {}, never())
    await Promise.resolve()
    transport.dispose()
    expect(await asked).toMatchObject({ ok: false })
    expect(await transport.request('model.list', {}, never())).toMatchObject({ ok: false, error: { code: 'internal' } })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sockets).toHaveLength(1)
  })

  it('that never was: says so at the first try', async () => {
    const { transport, sockets } = open()
    sockets[0].happen('close')
    expect(await transport.opened).toBe(false)
    transport.dispose()
  })
})
