import type { Transport } from '../../shared/contract/engine-client'
import type { EngineEvent, EngineEventListener } from '../../shared/contract/events'
import type { Reply } from '../../shared/contract/reply'
import { failure } from '../../shared/contract/reply'
import { decodeReplyFrame, encodeMessage } from '../../shared/contract/socket-frames'
import type { ConnectionState } from './host'

/** The browser's WebSocket, or one of Node's in tests: what of it is used. */
export interface Socket {
  binaryType: string
  addEventListener(type: 'open' | 'close', listener: () => void): void
  addEventListener(type: 'message', listener: (message: { readonly data: unknown }) => void): void
  send(text: string): void
  close(): void
}

export interface SocketTransport extends Transport {
  onStateChange(listener: (state: ConnectionState) => void): () => void
  /** Resolves with whether the socket opened at the first try. */
  readonly opened: Promise<boolean>
  dispose(): void
}

const retryMilliseconds = [250, 500, 1000, 2000, 5000]

/**
 * The contract over one WebSocket: requests and events as text, replies as bytes. When the socket is lost, requests
 * under way are answered `internal`; later ones wait until it is there again, or until they are given up.
 */
export function openSocketTransport(openSocket: () => Socket): SocketTransport {
  return new ReconnectingSocket(openSocket)
}

class ReconnectingSocket implements SocketTransport {
  readonly opened: Promise<boolean>
  readonly #openSocket: () => Socket
  readonly #pending = new Map<number, (reply: Reply<unknown>) => void>()
  readonly #waiting = new Set<() => void>()
  readonly #listeners = new Set<EngineEventListener>()
  readonly #stateListeners = new Set<(state: ConnectionState) => void>()
  #settleFirst: (isOpen: boolean) => void = () => undefined
  #socket: Socket | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #failureCount = 0
  #callCount = 0
  #isDisposed = false

  constructor(openSocket: () => Socket) {
    this.#openSocket = openSocket
    this.opened = new Promise((resolve) => (this.#settleFirst = resolve))
    this.#connect()
  }

  async request(name: string, input: unknown, signal: AbortSignal): Promise<Reply<unknown>> {
    if (this.#socket === undefined) await this.#untilOpen(signal)
    const socket = this.#socket
    if (signal.aborted) return failure('cancelled', 'The request was cancelled.')
    if (socket === undefined) return failure('internal', 'The connection to VibraLens is closed.')
    this.#callCount += 1
    const callId = this.#callCount
    const cancel = (): void => this.#socket?.send(encodeMessage({ kind: 'cancel', callId }))
    signal.addEventListener('abort', cancel, { once: true })
    try {
      return await new Promise((resolve) => {
        this.#pending.set(callId, resolve)
        socket.send(encodeMessage({ kind: 'request', callId, name, input }))
      })
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }

  subscribe(listener: EngineEventListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onStateChange(listener: (state: ConnectionState) => void): () => void {
    this.#stateListeners.add(listener)
    return () => this.#stateListeners.delete(listener)
  }

  dispose(): void {
    this.#isDisposed = true
    clearTimeout(this.#retry)
    for (const resume of this.#waiting) resume()
    this.#socket?.close()
  }

  #connect(): void {
    const socket = this.#openSocket()
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => {
      this.#socket = socket
      this.#failureCount = 0
      this.#settleFirst(true)
      for (const resume of this.#waiting) resume()
      this.#tell('open')
    })
    socket.addEventListener('message', ({ data }) => this.#receive(data))
    socket.addEventListener('close', () => this.#lose())
  }

  #receive(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      const { callId, reply } = decodeReplyFrame(new Uint8Array(data))
      this.#pending.get(callId)?.(reply)
      this.#pending.delete(callId)
    } else {
      const event = JSON.parse(String(data)) as EngineEvent // checked boundary: our own server
      for (const listener of this.#listeners) listener(event)
    }
  }

  #lose(): void {
    this.#settleFirst(false)
    const wasOpen = this.#socket !== undefined
    this.#socket = undefined
    const lost = failure('internal', 'The connection to VibraLens was lost while it worked on this; try again.')
    for (const answer of this.#pending.values()) answer(lost)
    this.#pending.clear()
    if (this.#isDisposed) return
    if (wasOpen) this.#tell('lost')
    const delay = retryMilliseconds[Math.min(this.#failureCount, retryMilliseconds.length - 1)]
    this.#failureCount += 1
    this.#retry = setTimeout(() => this.#connect(), delay)
  }

  #untilOpen(signal: AbortSignal): Promise<void> {
    if (this.#isDisposed || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const resume = (): void => {
        this.#waiting.delete(resume)
        signal.removeEventListener('abort', resume)
        resolve()
      }
      this.#waiting.add(resume)
      signal.addEventListener('abort', resume, { once: true })
    })
  }

  #tell(state: ConnectionState): void {
    for (const listener of this.#stateListeners) listener(state)
  }
}
