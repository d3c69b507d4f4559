import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { RawData } from 'ws'
import type { Reply } from '../shared/contract/reply'
import { failure } from '../shared/contract/reply'
import type { SocketMessage } from '../shared/contract/socket-frames'
import { encodeReplyFrame, socketMessage } from '../shared/contract/socket-frames'
import { offersToken, refuseStranger, socketPath, socketProtocol } from './gate'

/** Requests are small; files do not come this way. */
const mostMessageBytes = 16 * 1024 * 1024

/** Codes of RFC 6455, 7.4.1. */
const closeCodes = { goingAway: 1001, brokenMessage: 1007 } as const

export interface SocketDoorOptions {
  readonly token: string
  request(name: string, input: unknown, signal: AbortSignal): Promise<Reply<unknown>>
  reportBug(error: unknown): void
}

export interface SocketDoor {
  /** Sends a text to every page. */
  broadcast(text: string): void
  close(): void
}

/** The contract over one WebSocket a page (socket-frames.ts). Strangers are refused before there is a socket. */
export function openSocketDoor(server: Server, options: SocketDoorOptions): SocketDoor {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: mostMessageBytes,
    perMessageDeflate: false,
    handleProtocols: () => socketProtocol,
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const status = refuseUpgrade(request, options.token)
    if (status !== undefined) {
      // a stranger that went away needs no answer
      stream.on('error', () => stream.destroy())
      stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    } else sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, options))
  })
  return {
    broadcast: (text) => {
      for (const socket of sockets.clients) if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    close: () => {
      for (const socket of sockets.clients) socket.close(closeCodes.goingAway)
      sockets.close()
    },
  }
}

function refuseUpgrade(request: IncomingMessage, token: string): string | undefined {
  if (request.url !== socketPath) return '404 Not Found'
  if (refuseStranger(request) !== undefined) return '403 Forbidden'
  return offersToken(request, token) ? undefined : '401 Unauthorized'
}

function serve(socket: WebSocket, options: SocketDoorOptions): void {
  const running = new Map<number, AbortController>()
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : readMessage(data)
    if (message === undefined) socket.close(closeCodes.brokenMessage, 'This is no message of VibraLens.')
    else if (message.kind === 'cancel') running.get(message.callId)?.abort()
    else void answer(message, socket, running, options)
  })
  // ws closes the socket itself after an error (a message that is too large, a broken frame)
  socket.on('error', () => undefined)
  socket.on('close', () => {
    for (const controller of running.values()) controller.abort()
  })
}

async function answer(
  { callId, name, input }: Extract<SocketMessage, { kind: 'request' }>,
  socket: WebSocket,
  running: Map<number, AbortController>,
  options: SocketDoorOptions,
): Promise<void> {
  const controller = new AbortController()
  running.set(callId, controller)
  const reply = await options.request(name, input, controller.signal)
  running.delete(callId)
  if (socket.readyState === WebSocket.OPEN) socket.send(encode(callId, reply, options))
}

/** A reply that cannot be encoded is a bug of a handler; it must not end the server. */
function encode(callId: number, reply: Reply<unknown>, { reportBug }: SocketDoorOptions): Uint8Array {
  try {
    return encodeReplyFrame(callId, reply)
  } catch (error) {
    reportBug(error)
    return encodeReplyFrame(callId, failure('internal', 'Something went wrong inside VibraLens; this is a bug.'))
  }
}

function readMessage(data: RawData): SocketMessage | undefined {
  try {
    // ws gives text as one Buffer
    return socketMessage.safeParse(JSON.parse((data as Buffer).toString('utf8'))).data
  } catch {
    return undefined // not JSON
  }
}
