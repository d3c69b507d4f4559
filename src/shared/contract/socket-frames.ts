import { z } from 'zod'
import type { Reply } from './reply'
import { decodeReply, encodeReply } from './reply-codec'

/**
 * What crosses the browser's socket. To the server: JSON text. To the page: events as JSON text, replies as bytes:
 *
 *     uint32 number of the call, little-endian · uint32 0 · the reply by reply-codec (so that its arrays stay aligned)
 */
const prefixBytes = 8
const callId = z.int().min(1).max(0xffffffff)

export const socketMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('request'), callId, name: z.string().max(100), input: z.unknown() }),
  z.strictObject({ kind: z.literal('cancel'), callId }),
])
export type SocketMessage = z.infer<typeof socketMessage>

export const encodeMessage = (message: SocketMessage): string => JSON.stringify(message)

export function encodeReplyFrame(callId: number, reply: Reply<unknown>): Uint8Array {
  const body = encodeReply(reply)
  const frame = new Uint8Array(prefixBytes + body.length)
  new DataView(frame.buffer).setUint32(0, callId, true)
  frame.set(body, prefixBytes)
  return frame
}

export function decodeReplyFrame(frame: Uint8Array): { readonly callId: number; readonly reply: Reply<unknown> } {
  const callId = new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(0, true)
  return { callId, reply: decodeReply(frame.subarray(prefixBytes)) }
}
