import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { buildWhenStale } from '../../scripts/build-when-stale.mjs'
import { runProgram } from '../../src/cli/program'
import { fakeIo } from '../helpers/fake-io'
import { temporaryFolder } from '../helpers/temporary-folder'

beforeAll(() => buildWhenStale('renderer'), 300_000)

const ioIn = (folder: string) => fakeIo({}, { folder, isTerminal: false })

describe('serve', () => {
  it('prints one address on stdout, serves the page there, and ends well by Ctrl-C', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.csv'), '1\n')
    const io = ioIn(folder)
    const ended = runProgram(['serve', 'a.csv', '--root', '.'], io)
    await vi.waitFor(() => expect(io.written.out).not.toBe(''))
    expect(io.written.out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/)
    expect(io.written.err).toContain('Ctrl-C')
    const { origin } = new URL(io.written.out.trim())
    expect(await (await fetch(origin)).text()).toContain('<title>VibraLens</title>')
    io.controller.abort()
    expect(await ended).toBe(0)
    await expect(fetch(origin)).rejects.toThrow()
  })

  it.each([
    [['--port', '0'], 2, '--port expects a whole number'],
    [['--port', 'x'], 2, '--port expects a whole number'],
    [['--root', 'missing'], 3, 'is not there'],
    [['--lang', 'fr'], 2, '--lang expects one of'],
  ])('refuses %j with exit code %i', async (flags, code, words) => {
    const io = ioIn(temporaryFolder())
    expect(await runProgram(['serve', ...flags], io)).toBe(code)
    expect(io.written.err).toContain(words)
    expect(io.written.out).toBe('')
  })

  it('says which port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', () => resolve()))
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const io = ioIn(temporaryFolder())
    expect(await runProgram(['serve', '--port', String(port)], io)).toBe(2)
    expect(io.written.err).toContain(`Port ${port} cannot be used`)
    other.close()
  })
})
