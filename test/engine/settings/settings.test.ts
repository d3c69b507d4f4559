import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEngineOf } from '../../../src/engine/index'
import { EngineClient } from '../../../src/shared/contract/engine-client'
import type { EngineEvent } from '../../../src/shared/contract/events'
import { AnalyzerError } from '../../../src/shared/errors'
import { defaultSettings, settingsSchema } from '../../../src/shared/settings'
import { fakeParts } from '../../builders/fake-parts'
import { temporaryFolder } from '../../helpers/temporary-folder'

const { signal } = new AbortController()

function clientOn(config: string) {
  const engine = createEngineOf(fakeParts({ userFolders: { config, data: join(config, 'data') } }))
  const events: EngineEvent[] = []
  engine.subscribe((event) => events.push(event))
  const resolveFile = (handle: string): string => {
    if (!handle.startsWith('granted:')) throw new AnalyzerError('bad-request', 'not granted')
    return handle.slice('granted:'.length)
  }
  const client = new EngineClient({
    request: (name, input, given) =>
      engine.request(name, input, { signal: given, resolveFile, reportBug: (error) => events.push(error as never) }),
    subscribe: (listener) => engine.subscribe(listener),
  })
  return { client, events }
}

const settingsFile = (folder: string): string => join(folder, 'settings.json')

describe('settings', () => {
  it('the defaults are themselves valid, and are what a first start gets; nothing is written for it', async () => {
    expect(settingsSchema.parse(defaultSettings)).toEqual(defaultSettings)
    const folder = temporaryFolder()
    expect(await clientOn(folder).client.request('settings.get', {}, signal)).toEqual({
      settings: defaultSettings,
      notices: [],
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it('a patch changes its own fields only, lasts, and is told', async () => {
    const folder = join(temporaryFolder(), 'made', 'when needed')
    const { client, events } = clientOn(folder)
    await client.request('settings.set', { patch: { theme: 'dark', plant: { name: '中石化 №3' } } }, signal)
    await client.request('settings.set', { patch: { author: 'Ann' } }, signal)
    const expected = { ...defaultSettings, theme: 'dark', author: 'Ann', plant: { name: '中石化 №3' } }
    expect(events.at(-1)).toEqual({ name: 'settings.changed', data: { settings: expected } })
    const again = await clientOn(folder).client.request('settings.get', {}, signal)
    expect(again.settings).toEqual(expected)
    expect(readdirSync(folder)).toEqual(['settings.json']) // no temporary file is left
  })

  it('two programs change fields of their own and lose none of the other', async () => {
    const folder = temporaryFolder()
    const [one, other] = [clientOn(folder).client, clientOn(folder).client]
    await one.request('settings.set', { patch: { theme: 'dark' } }, signal)
    await other.request('settings.set', { patch: { language: 'zh-CN' } }, signal)
    const { settings } = await one.request('settings.set', { patch: { author: 'Ann' } }, signal)
    expect(settings).toMatchObject({ theme: 'dark', language: 'zh-CN', author: 'Ann' })
  })

  it.each([
    ['an unknown field', { patch: { colour: 'red' } }],
    ['a theme that is not there', { patch: { theme: 'pink' } }],
    ['recent files, which are paths', { patch: { recentFiles: [] } }],
    ['a logo file, which is a path', { patch: { plant: { name: '', logoFile: 'plant-logo.png' } } }],
  ])('refuses %s', async (_, input) => {
    const asked = clientOn(temporaryFolder()).client.request('settings.set', input as never, signal)
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' })
  })

  it.each(['', '{"theme": "da', '[1]', 'null'])(
    'a damaged file %j: defaults, a notice, and the file is kept',
    async (text) => {
      const folder = temporaryFolder()
      writeFileSync(settingsFile(folder), text)
      const { client } = clientOn(folder)
      const { settings, notices } = await client.request('settings.get', {}, signal)
      expect(settings).toEqual(defaultSettings)
      expect(notices).toMatchObject([{ code: 'settings-broken' }])
      expect(readFileSync(`${settingsFile(folder)}.bad`, 'utf8')).toBe(text)
      expect((await client.request('settings.get', {}, signal)).notices).toEqual(notices) // once, and still told
    },
  )

  it('a field that is not usable costs itself only; fields of a newer version stay', async () => {
    const folder = temporaryFolder()
    const text = JSON.stringify({ theme: 'dark', cacheSizeMb: 'much', ofTomorrow: { a: 1 } })
    writeFileSync(settingsFile(folder), text)
    const { client } = clientOn(folder)
    const { settings, notices } = await client.request('settings.set', { patch: { author: 'Ann' } }, signal)
    expect(settings).toEqual({ ...defaultSettings, theme: 'dark', author: 'Ann' })
    expect(notices).toMatchObject([
      { code: 'settings-fields-refused', message: expect.stringContaining('cacheSizeMb') },
    ])
    expect(readFileSync(`${settingsFile(folder)}.bad`, 'utf8')).toBe(text)
    expect(JSON.parse(readFileSync(settingsFile(folder), 'utf8'))).toMatchObject({ ofTomorrow: { a: 1 } })
  })

  it('a folder that cannot be written: one sentence, nothing changed', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    const { client, events } = clientOn(join(folder, 'file'))
    await expect(client.request('settings.set', { patch: { theme: 'dark' } }, signal)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/settings\.json" cannot be written: .*\. The settings are as they were\.$/),
    })
    expect((await client.request('settings.get', {}, signal)).settings).toEqual(defaultSettings)
    expect(events).toEqual([])
  })
})

describe('recent files and the last session', () => {
  it('newest first, each once, by granted handles only', async () => {
    const { client } = clientOn(temporaryFolder())
    for (const file of ['granted:/a.wav', 'granted:/b.wav', 'granted:/a.wav']) {
      await client.request('settings.remember', { file }, signal)
    }
    await expect(client.request('settings.remember', { file: '/etc/passwd' }, signal)).rejects.toThrow('not granted')
    const { settings } = await client.request('settings.get', {}, signal)
    expect(settings.recentFiles.map(({ path, name }) => [path, name])).toEqual([
      ['/a.wav', 'a.wav'],
      ['/b.wav', 'b.wav'],
    ])
    const after = await client.request('settings.forgetRecent', { path: '/a.wav' }, signal)
    expect(after.settings.recentFiles.map(({ path }) => path)).toEqual(['/b.wav'])
    expect((await client.request('settings.forgetRecent', {}, signal)).settings.recentFiles).toEqual([])
    const session = await client.request('settings.rememberSession', { files: ['granted:/x', 'granted:/y'] }, signal)
    expect(session.settings.sessionFiles.map(({ path }) => path)).toEqual(['/x', '/y'])
  })
})

describe("the plant's logo", () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1')

  it('is copied, survives the original and a change of the name, and goes when asked', async () => {
    const folder = temporaryFolder()
    const { client } = clientOn(folder)
    const original = join(folder, 'Logo without extension')
    writeFileSync(original, png)
    await client.request('settings.setLogo', { file: `granted:${original}` }, signal)
    writeFileSync(original, 'something else')
    await client.request('settings.set', { patch: { plant: { name: 'Plant' } } }, signal)
    const logo = await client.request('settings.logo', {}, signal)
    expect(logo).toEqual({ mediaType: 'image/png', bytes: new Uint8Array(png) })
    const { settings } = await client.request('settings.setLogo', {}, signal)
    expect(settings.plant).toEqual({ name: 'Plant' })
    expect(existsSync(join(folder, 'plant-logo.png'))).toBe(false)
    expect(await client.request('settings.logo', {}, signal)).toBeNull()
  })

  it.each([
    ['a picture of another kind', Buffer.from('GIF89a'), 'unsupported-format'],
    ['one that is too large', Buffer.concat([png, Buffer.alloc(2_000_000)]), 'unsupported-format'],
  ])('refuses %s', async (_, bytes, code) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'logo'), bytes)
    const asked = clientOn(folder).client.request(
      'settings.setLogo',
      { file: `granted:${join(folder, 'logo')}` },
      signal,
    )
    await expect(asked).rejects.toMatchObject({ code })
  })

  it('refuses a folder', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'logo.png'))
    const file = `granted:${join(folder, 'logo.png')}`
    const asked = clientOn(folder).client.request('settings.setLogo', { file }, signal)
    await expect(asked).rejects.toMatchObject({ code: 'unreadable-file' })
  })

  it.each(['<svg xmlns="http://www.w3.org/2000/svg"/>', '\uFEFF<?xml version="1.0"?>\n<!-- a --><svg/>'])(
    'takes %j as SVG',
    async (text) => {
      const folder = temporaryFolder()
      writeFileSync(join(folder, 'logo'), text)
      const { client } = clientOn(folder)
      const { settings } = await client.request('settings.setLogo', { file: `granted:${join(folder, 'logo')}` }, signal)
      expect(settings.plant.logoFile).toBe('plant-logo.svg')
    },
  )
})
