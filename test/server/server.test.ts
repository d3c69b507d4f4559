import { mkdtemp, readFile, rm, symlink, unlink, writeFile, mkdir } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { createEngineOf } from '../../src/engine/index'
import type { GrantedFile } from '../../src/shared/contract/shell-requests'
import { AnalyzerError } from '../../src/shared/errors'
import { contentSecurityPolicy } from '../../src/shell/page-files'
import { fakeParts } from '../builders/fake-parts'
import type { PageServer } from '../helpers/page-server'
import { openPageServer, socketTo } from '../helpers/page-server'

let server: PageServer
let folder: string
const opened: string[] = []

beforeEach(async () => {
  opened.length = 0
  folder = await mkdtemp(join(tmpdir(), 'vibralens-server-'))
  await mkdir(join(folder, 'root'))
  await writeFile(join(folder, 'secret.csv'), '1\n')
  const openRecording = async (path: string): Promise<never> => {
    opened.push(path)
    throw new AnalyzerError('unreadable-file', 'seen')
  }
  server = await openPageServer(createEngineOf(fakeParts({ openRecording })), { roots: [join(folder, 'root')] })
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

interface Ask {
  readonly path?: string
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Plain http: fetch does not let a test lie about Host. */
function ask({ path = '/', method = 'GET', body, headers = {} }: Ask) {
  return new Promise<{ status: number | undefined; headers: object; text: string }>((resolve, reject) => {
    const port = Number(new URL(server.origin).port)
    const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = ''
      response.on('data', (part: Buffer) => (text += part.toString()))
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const withToken = (): Record<string, string> => ({ authorization: `Bearer ${server.token}` })
const never = (): AbortSignal => new AbortController().signal

/** After every attack the server answers as before. */
async function expectAlive(): Promise<void> {
  const transport = socketTo(server)
  try {
    expect(await transport.opened).toBe(true)
    expect(await transport.request('model.list', {}, never())).toEqual({ ok: true, value: [] })
  } finally {
    transport.dispose()
  }
}

describe('the page', () => {
  it('comes with its policy, to anybody on this machine, without a word about the token', async () => {
    const { status, headers, text } = await ask({})
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
    })
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    expect(text).not.toContain(server.token)
  })

  it('is on this machine only', async () => expect(new URL(server.origin).hostname).toBe('127.0.0.1'))

  it('has a token that is hard to guess and new at each start', async () => {
    const other = await openPageServer(createEngineOf(fakeParts({})))
    expect(other.token).not.toBe(server.token)
    expect(Buffer.from(server.token, 'base64url')).toHaveLength(32)
    await other.close()
  })

  it.each([
    '/../secret.csv',
    '/..%2fsecret.csv',
    '/%2e%2e/secret.csv',
    '/..%5csecret.csv',
    '//etc/passwd',
    '/%00.html',
    '/%E0%A4%A',
    '/index.html/../../secret.csv',
    'http://evil.example/',
    '*',
  ])('has nothing at %s', async (path) => {
    const { status, text } = await ask({ path })
    expect([400, 404]).toContain(status)
    expect(text).toContain('"bad-request"')
    await expectAlive()
  })

  it.each<[string, Ask, number]>([
    ['another Host (DNS rebinding)', { headers: { host: 'evil.example' } }, 403],
    ['another port in Host', { headers: { host: '127.0.0.1:1' } }, 403],
    ['another Origin', { headers: { origin: 'https://evil.example' } }, 403],
    ['the Origin null', { headers: { origin: 'null' } }, 403],
    ['POST', { method: 'POST', body: '{}' }, 404],
    ['an upload without token', { path: '/files?name=a.csv', method: 'POST', body: '1' }, 401],
    [
      'an upload by a wrong token',
      { path: '/files?name=a.csv', method: 'POST', headers: { authorization: 'Bearer x' } },
      401,
    ],
    ['a download without token', { path: '/files/x' }, 401],
  ])('refuses %s', async (_, given, status) => {
    expect((await ask(given)).status).toBe(status)
    await expectAlive()
  })
})

describe('uploads', () => {
  const upload = (name: string, body: string, headers: Record<string, string> = {}) =>
    ask({
      path: `/files?name=${encodeURIComponent(name)}`,
      method: 'POST',
      body,
      headers: { ...withToken(), ...headers },
    })

  it('keep their name and content, and get a handle', async () => {
    const { status, text } = await upload('测点 1.csv', '1\n2\n')
    expect(status).toBe(200)
    const { value } = JSON.parse(text) as { value: GrantedFile }
    expect(value).toEqual({ handle: expect.stringMatching(/^[\da-f-]{36}$/), name: '测点 1.csv', bytes: 4 })
    const transport = socketTo(server)
    await transport.request('recording.inspect', { file: value.handle, read: {} }, never())
    transport.dispose()
    expect(await readFile(opened[0], 'utf8')).toBe('1\n2\n')
  })

  it.each(['', '.', '..', '../x.csv', 'a/b.csv', 'a\\b.csv', 'C:x.csv', 'a\nb.csv', 'x'.repeat(256)])(
    'refuse the name %j',
    async (name) => {
      expect(await upload(name, '1')).toMatchObject({ status: 400, text: expect.stringContaining('"bad-request"') })
      await expectAlive()
    },
  )

  it('refuse what the disk has no room for, before it is sent', async () => {
    const answer = await rawRequest(
      `POST /files?name=a.csv HTTP/1.1\r\nHost: ${new URL(server.origin).host}\r\n` +
        `Authorization: Bearer ${server.token}\r\nContent-Length: 900000000000000\r\n\r\nx`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*the disk has room for/)
    await expectAlive()
  })

  it('are not handed out again: only what was made for saving is', async () => {
    const { value } = JSON.parse((await upload('a.csv', '1')).text) as { value: GrantedFile }
    expect(await ask({ path: `/files/${value.handle}`, headers: withToken() })).toMatchObject({ status: 400 })
    expect(await ask({ path: '/files/..%2f..%2fsecret.csv', headers: withToken() })).toMatchObject({ status: 400 })
  })
})

/** Bytes as they are; what the server says before it closes. */
function rawRequest(text: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1', () => socket.write(text))
    socket.on('data', (part: Buffer) => (answer += part.toString('latin1')))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
    socket.setTimeout(5000, () => socket.destroy())
  })
}

describe('the socket', () => {
  const open = (protocols: string[], headers: Record<string, string>, path = '/socket') =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(`${server.origin.replace('http', 'ws')}${path}`, protocols, { headers })
      socket.on('unexpected-response', (_, { statusCode }) => {
        resolve(statusCode ?? 0)
        socket.terminate()
      })
      socket.on('open', () => {
        resolve(101)
        socket.terminate()
      })
      socket.on('error', () => undefined)
    })

  it.each<[string, (token: string) => string[], Record<string, string>, number]>([
    ['no protocol and no token', () => [], {}, 401],
    ['no token', () => ['vibralens'], {}, 401],
    ['a wrong token', () => ['vibralens', `token.${'a'.repeat(43)}`], {}, 401],
    ['the token alone', (token) => [`token.${token}`], {}, 401],
    ['another Host (DNS rebinding)', (token) => ['vibralens', `token.${token}`], { host: 'evil.example' }, 403],
    ['another Origin', (token) => ['vibralens', `token.${token}`], { origin: 'https://evil.example' }, 403],
    ['the Origin null', (token) => ['vibralens', `token.${token}`], { origin: 'null' }, 403],
  ])('refuses %s', async (_, protocols, headers, status) => {
    expect(await open(protocols(server.token), headers)).toBe(status)
    await expectAlive()
  })

  it('is at its own path only', async () => {
    expect(await open(['vibralens', `token.${server.token}`], {}, '/other')).toBe(404)
    expect(await open(['vibralens', `token.${server.token}`], {})).toBe(101)
  })

  const session = (): Promise<WebSocket> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/socket`, [
        'vibralens',
        `token.${server.token}`,
      ])
      socket.on('error', () => undefined)
      socket.on('open', () => resolve(socket))
    })
  const closeCode = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.on('close', resolve))

  it.each<[string, string | Buffer, number]>([
    ['no JSON', '{', 1007],
    ['JSON of another shape', '{"kind":"request"}', 1007],
    ['a call without number', '{"kind":"cancel","callId":"x"}', 1007],
    ['bytes', Buffer.from([1, 2, 3]), 1007],
    ['an array nested 100,000 deep', '['.repeat(100_000), 1007],
    ['more than 16 MB', 'x'.repeat(16 * 1024 * 1024 + 1), 1009],
  ])('ends a session that sends %s', async (_, message, code) => {
    const socket = await session()
    const closed = closeCode(socket)
    socket.send(message)
    expect(await closed).toBe(code)
    await expectAlive()
  })

  it('ends a session that breaks the protocol itself', async () => {
    const host = new URL(server.origin).host
    const answer = await rawRequest(
      Buffer.concat([
        Buffer.from(
          `GET /socket HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
            `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n` +
            `Sec-WebSocket-Protocol: vibralens, token.${server.token}\r\n\r\n`,
        ),
        // an unmasked frame with reserved bits
        Buffer.from([0xff, 0x05, 1, 2, 3, 4, 5]),
      ]),
    )
    expect(answer).toMatch(/^HTTP\/1\.1 101 /)
    await expectAlive()
  })

  it('reads no path that a page names, whatever the page says', async () => {
    const transport = socketTo(server)
    for (const file of ['/etc/passwd', join(folder, 'secret.csv'), '../secret.csv', '__proto__']) {
      const reply = await transport.request('recording.inspect', { file, read: {} }, never())
      expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    }
    expect(opened).toEqual([])
    transport.dispose()
  })

  it('outlives an answer that cannot be sent', async () => {
    const bugs: unknown[] = []
    const showModel = async (): Promise<never> => new BigInt64Array(1) as never
    const other = await openPageServer(createEngineOf(fakeParts({ showModel })), {
      reportBug: (bug) => void bugs.push(bug),
    })
    const transport = socketTo(other)
    const reply = await transport.request('model.show', { id: 'x' }, never())
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(bugs).toHaveLength(1)
    expect(await transport.request('model.list', {}, never())).toMatchObject({ ok: true })
    transport.dispose()
    await other.close()
  })

  it('saves only to what was chosen for saving', async () => {
    const transport = socketTo(server)
    const listed = await transport.request('shell.listFolder', { handle: null }, never())
    const { handle } = (listed as { value: { folders: { handle: string }[] } }).value.folders[0]
    const bytes = new Uint8Array([1])
    const reply = await transport.request('shell.saveBytes', { handle, bytes }, never())
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    expect(await transport.request('shell.revealFile', { handle }, never())).toMatchObject({ ok: false })
    transport.dispose()
  })
})

describe('folders of the server', () => {
  it('are left by no link, not even one that came later', async () => {
    await mkdir(join(folder, 'root/inner'))
    const transport = socketTo(server)
    const list = async (handle: string | null) => {
      const reply = await transport.request('shell.listFolder', { handle }, never())
      return reply as { ok: boolean; value: { folders: { handle: string; name: string }[]; files: GrantedFile[] } }
    }
    const root = await list((await list(null)).value.folders[0].handle)
    expect(root.value.folders.map(({ name }) => name)).toEqual(['inner'])
    await rm(join(folder, 'root/inner'), { recursive: true })
    await symlink(folder, join(folder, 'root/inner'))
    expect(await list(root.value.folders[0].handle)).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    await unlink(join(folder, 'root/inner'))
    transport.dispose()
  })

  it('must be there at the start', async () => {
    const engine = createEngineOf(fakeParts({}))
    await expect(openPageServer(engine, { roots: [join(folder, 'missing')] })).rejects.toThrow(/is not there/)
  })
})
