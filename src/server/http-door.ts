import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Engine } from '../engine/index'
import type { RequestContext } from '../shared/contract/dispatch'
import type { Reply } from '../shared/contract/reply'
import { failure } from '../shared/contract/reply'

export interface HttpDoorOptions {
  readonly engine: Engine
  /** Random, new at each start; asked for with every request. */
  readonly token: string
  /** The path of a handle, or an AnalyzerError: the browser names only what the server was started with. */
  readonly resolveFile: RequestContext['resolveFile']
  readonly reportBug: RequestContext['reportBug']
}

const loopback = '127.0.0.1'
const mostBodyBytes = 1_000_000 // requests are small; files do not come this way

/**
 * The contract over HTTP on this machine only: POST /api/<request> with a JSON body, answered by a Reply as JSON; bytes
 * as base64 in {"bytes"}. Every request needs the token, our own Host (against DNS rebinding) and, where a browser says
 * it, our own Origin (against other pages).
 */
export async function openHttpDoor(options: HttpDoorOptions, port: number): Promise<Server> {
  const server = createServer((request, response) => void answer(options, server, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, loopback, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
  return server
}

async function answer(
  options: HttpDoorOptions,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refusalOf(options.token, portOf(server), request)
  if (refusal !== undefined) return send(response, refusal.status, failure('bad-request', refusal.reason))
  const name = /^\/api\/([a-z.]+)$/.exec(request.url ?? '')?.[1]
  if (name === undefined || request.method !== 'POST') {
    return send(response, 404, failure('bad-request', 'Requests are POST /api/<name>.'))
  }
  const controller = new AbortController()
  response.on('close', () => controller.abort())
  const body = await readBody(request)
  if (body === undefined) return send(response, 413, failure('bad-request', 'The request is larger than 1 MB.'))
  let input: unknown
  try {
    input = JSON.parse(body)
  } catch {
    return send(response, 400, failure('bad-request', 'The body of the request is not JSON.'))
  }
  const { resolveFile, reportBug } = options
  send(response, 200, await options.engine.request(name, input, { signal: controller.signal, resolveFile, reportBug }))
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

interface Refusal {
  readonly status: number
  readonly reason: string
}

function refusalOf(token: string, port: number, { headers }: IncomingMessage): Refusal | undefined {
  const hosts = [`${loopback}:${port}`, `localhost:${port}`]
  if (!hosts.includes(headers.host ?? '')) return { status: 403, reason: 'Wrong Host.' }
  if (headers.origin !== undefined && !hosts.some((host) => headers.origin === `http://${host}`)) {
    return { status: 403, reason: 'Wrong Origin.' }
  }
  if (!sameSecret(headers.authorization ?? '', `Bearer ${token}`)) return { status: 401, reason: 'Wrong token.' }
  return undefined
}

/** Hashes have equal lengths, so the comparison takes the same time whatever is given. */
function sameSecret(given: string, expected: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > mostBodyBytes) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function send(response: ServerResponse, status: number, reply: Reply<unknown>): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(JSON.stringify(reply, bytesAsBase64))
}

/** Typed arrays are no JSON: Float32Array as numbers (NaN as null), bytes as base64. */
function bytesAsBase64(_key: string, value: unknown): unknown {
  if (value instanceof Float32Array) return Array.from(value, (each) => (Number.isFinite(each) ? each : null))
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') }
  return value
}
