import { execFileSync, fork } from 'node:child_process'
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { extractFile, listPackage, statFile } from '@electron/asar'
import { getCurrentFuseWire, FuseV1Options } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FromEngine } from '../../src/main/engine-messages'
import type { Reply } from '../../src/shared/contract/reply'
import { contentSecurityPolicy } from '../../src/shell/page-files'
import { makeFakeElectron } from './helpers/fake-electron'

const isLinux = process.platform === 'linux'
let folder: string
let resources: string
let packed: string

/** Electron's binary is not needed to see what is packed where: a folder that looks like one is packed. */
describe.skipIf(!isLinux)(`packing${isLinux ? '' : ' (tried on Linux only)'}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vibralens-packing-'))
    const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
      devDependencies: { electron: string }
    }
    await makeFakeElectron(join(folder, 'electron'), devDependencies.electron)
    const words = ['scripts/dist.mjs', '--dir', `-c.directories.output=${join(folder, 'release')}`]
    const env = { ...process.env, ELECTRON_DIST: join(folder, 'electron') }
    execFileSync(process.execPath, words, { stdio: 'pipe', env })
    packed = join(folder, 'release/linux-unpacked')
    // elsewhere, so that nothing is found in the checkout above it
    resources = join(folder, 'resources')
    await cp(join(packed, 'resources'), resources, { recursive: true })
  }, 400_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('sets the fuses', async () => {
    const fuses = await getCurrentFuseWire(join(packed, 'vibralens'))
    const isOn = (fuse: FuseV1Options): boolean => String.fromCharCode(fuses[fuse] ?? 0) === '1'
    expect(isOn(FuseV1Options.RunAsNode)).toBe(false)
    expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
    expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
    expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
    expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true)
    expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
    expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
  })

  it('keeps main, preload and page in the archive, and what the engine opens beside it', () => {
    const archive = join(resources, 'app.asar')
    const isUnpacked = (name: string): boolean => 'unpacked' in statFile(archive, name)
    for (const name of ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']) {
      expect([name, isUnpacked(name)]).toEqual([name, false])
    }
    for (const name of ['package.json', 'out/main/inference-worker.js', 'resources/models/bearing-1d/card.json']) {
      expect([name, isUnpacked(name)]).toEqual([name, true])
    }
    const names = listPackage(archive, { isPack: false })
    expect(
      names.filter(
        (name) => /[\\/](src|test|bench|docs|dist|release|\.ci)$/.test(name) && !name.includes('node_modules'),
      ),
    ).toEqual([])
    expect(names.filter((name) => /node_modules[\\/](vue|echarts|electron)$/.test(name))).toEqual([])
    expect(contentSecurityPolicy).toContain("default-src 'none'")
    expect(extractFile(archive, 'out/main/index.js').toString()).toContain('Content-Security-Policy')
  })

  it('has all that the engine needs: it opens, analyses, draws', async () => {
    const main = join(resources, 'app.asar.unpacked/out/main')
    const entry = (await readdir(main)).find((name) => /^engine-process-.*\.js$/.test(name)) ?? 'no entry'
    const shim = pathToFileURL(resolve('test/electron/double/parent-port.mjs')).href
    const engine = fork(join(main, entry), [], {
      cwd: folder,
      serialization: 'advanced',
      execArgv: ['--import', shim],
      env: { ...process.env, VIBRALENS_CONFIG: join(folder, 'config') },
    })
    const open = new Map<number, (reply: Reply<unknown>) => void>()
    engine.on('message', (message: FromEngine) => {
      if (message.kind === 'reply') open.get(message.callId)?.(message.reply)
    })
    const ask = async <T>(name: string, input: unknown): Promise<T> => {
      const callId = open.size + 1
      const reply = await new Promise<Reply<unknown>>((answer) => {
        open.set(callId, answer)
        engine.send({ kind: 'request', page: 1, callId, name, input })
      })
      if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
      return reply.value as T
    }
    try {
      const { jobId } = await ask<{ jobId: string }>('demo.create', { locale: 'zh-CN' })
      const { results } = await ask<{ results: { verdict: string }[] }>('analysis.result', { jobId })
      expect(results.map(({ verdict }) => verdict)).toEqual(['fault', 'fault'])
      const picture = await ask<Uint8Array>('picture.create', { jobId, index: 0, locale: 'zh-CN' })
      expect(Buffer.from(picture.subarray(1, 4)).toString()).toBe('PNG')
    } finally {
      engine.kill()
    }
  })
})
