import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export const loopback = '127.0.0.1'
export const socketPath = '/socket'
export const socketProtocol = 'vibralens'

export interface Refusal {
  readonly status: number
  readonly reason: string
}

/** Our own Host (against DNS rebinding) and, where a browser says it, our own Origin (against other pages). */
export function refuseStranger({ headers, socket }: IncomingMessage): Refusal | undefined {
  const hosts = [`${loopback}:${socket.localPort}`, `localhost:${socket.localPort}`]
  if (!hosts.includes(headers.host ?? '')) return { status: 403, reason: 'Wrong Host.' }
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
    return { status: 403, reason: 'Wrong Origin.' }
  }
  return undefined
}

export function hasToken({ headers }: IncomingMessage, token: string): boolean {
  return isSameSecret(headers.authorization ?? '', `Bearer ${token}`)
}

/** A browser gives a socket no headers: the token comes as one of the protocols it offers. */
export function offersToken({ headers }: IncomingMessage, token: string): boolean {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim())
  return offered.includes(socketProtocol) && offered.some((each) => isSameSecret(each, `token.${token}`))
}

/** Hashes have equal lengths, so the comparison takes the same time whatever is given. */
function isSameSecret(given: string, expected: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}
