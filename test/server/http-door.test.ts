import type { Server } from 'node:http'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngineOf } from '../../src/engine/index'
import { openHttpDoor } from '../../src/server/http-door'
import { AnalyzerError } from '../../src/shared/errors'
import { fakeParts } from '../builders/fake-parts'

const token = 'a'.repeat(32)
let server: Server
let port: number

beforeAll(async () => {
  const engine = createEngineOf(fakeParts({}))
  const resolveFile = (handle: string): string => {
    throw new AnalyzerError('bad-request', `"${handle}" was not given at start.`)
  }
  server = await openHttpDoor({ engine, token, resolveFile, reportBug: () => undefined }, 0)
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => server.close())

interface Ask {
  readonly path?: string
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Plain http: fetch does not let a test lie about Host. */
function ask({ path = '/api/model.list', method = 'POST', body = '{}', headers = {} }: Ask) {
  return new Promise<{ status: number | undefined; reply: unknown }>((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port, path, method, headers: { authorization: `Bearer ${token}`, ...headers } },
      (response) => {
        let text = ''
        response.on('data', (part: Buffer) => (text += part.toString()))
        response.on('end', () => resolve({ status: response.statusCode, reply: JSON.parse(text) }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

describe('the contract over HTTP', () => {
  it('answers with a Reply', async () => {
    expect(await ask({})).toEqual({ status: 200, reply: { ok: true, value: [] } })
    expect(await ask({ headers: { origin: `http://127.0.0.1:${port}` } })).toMatchObject({ status: 200 })
  })

  it('names no file that it was not started with', async () => {
    const asked = ask({ path: '/api/recording.inspect', body: '{"file":"/etc/passwd","read":{}}' })
    expect(await asked).toMatchObject({ status: 200, reply: { ok: false, error: { code: 'bad-request' } } })
  })

  it.each<[string, Ask, number]>([
    ['no token', { headers: { authorization: '' } }, 401],
    ['a wrong token', { headers: { authorization: `Bearer ${'b'.repeat(32)}` } }, 401],
    ['another Host (DNS rebinding)', { headers: { host: 'evil.example' } }, 403],
    ['another Origin', { headers: { origin: 'https://evil.example' } }, 403],
    ['the Origin null', { headers: { origin: 'null' } }, 403],
    ['GET', { method: 'GET', body: '' }, 404],
    ['another path', { path: '/api/../etc/passwd' }, 404],
    ['no JSON', { body: '{' }, 400],
    ['a body beyond 1 MB', { body: `"${'x'.repeat(1_100_000)}"` }, 413],
  ])('refuses %s', async (_, given, status) => {
    expect(await ask(given)).toMatchObject({ status, reply: { ok: false, error: { code: 'bad-request' } } })
  })

  it('listens on this machine only', () => {
    expect(server.address()).toMatchObject({ address: '127.0.0.1' })
  })
})
