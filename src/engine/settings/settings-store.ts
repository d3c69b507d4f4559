import { copyFile, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SettingsNotice, SettingsReply } from '../../shared/contract/settings-requests'
import type { Settings, SettingsPatch } from '../../shared/settings'
import { readSettings, settingsSchema } from '../../shared/settings'
import { describeWriteError, fileErrorCode } from '../files/write-errors'
import { removeLeftovers, writeWhole } from '../files/write-whole'
import type { LogoKind } from './logo-file'
import { logoKinds, readLogo } from './logo-file'

type Raw = Readonly<Record<string, unknown>>

const mostRecentFiles = 20

/**
 * settings.json in the user's configuration folder. The file is the truth: it is read before every change, so that two
 * windows of VibraLens change their own fields and lose none of each other's.
 */
export class SettingsStore {
  readonly #folder: string
  readonly #path: string
  readonly #changed: (settings: Settings) => void
  readonly #notices: SettingsNotice[] = []
  #queue: Promise<unknown> = Promise.resolve()
  #remembered: ReadonlySet<string> = new Set()

  constructor(folder: string, changed: (settings: Settings) => void) {
    this.#folder = folder
    this.#path = join(folder, 'settings.json')
    this.#changed = changed
  }

  /** A file that the user opened before, as the settings were last read: a page may name it again. */
  isRemembered(path: string): boolean {
    return this.#remembered.has(path)
  }

  get(): Promise<SettingsReply> {
    return this.#inTurn(async () => this.#replyWith((await this.#load()).settings))
  }

  set(patch: SettingsPatch): Promise<SettingsReply> {
    return this.#change((settings) => {
      const { plant, ...rest } = patch
      return { ...rest, ...(plant === undefined ? {} : { plant: { ...settings.plant, ...plant } }) }
    })
  }

  remember(path: string): Promise<SettingsReply> {
    return this.#change(({ recentFiles }) => {
      const others = recentFiles.filter((each) => each.path !== path)
      return { recentFiles: [remembered(path), ...others].slice(0, mostRecentFiles) }
    })
  }

  rememberProject(path: string): Promise<SettingsReply> {
    return this.#change(({ recentProjects }) => {
      const others = recentProjects.filter((each) => each.path !== path)
      return { recentProjects: [remembered(path), ...others].slice(0, mostRecentFiles) }
    })
  }

  forgetRecent(path: string | undefined): Promise<SettingsReply> {
    return this.#change(({ recentFiles, recentProjects }) => {
      const isKept = (each: { readonly path: string }): boolean => path !== undefined && each.path !== path
      return { recentFiles: recentFiles.filter(isKept), recentProjects: recentProjects.filter(isKept) }
    })
  }

  rememberSession(paths: readonly string[]): Promise<SettingsReply> {
    return this.#change(() => ({ sessionFiles: paths.map(remembered) }))
  }

  /** @throws AnalyzerError unsupported-format where the file is no picture that reports can print */
  async setLogo(path: string | undefined): Promise<SettingsReply> {
    const logo = path === undefined ? undefined : await readLogo(path)
    return this.#change(async ({ plant: { name, logoFile } }) => {
      if (logo === undefined) {
        if (logoFile !== undefined) await rm(join(this.#folder, logoFile), { force: true })
        return { plant: { name } }
      }
      const file = `plant-logo.${logo.kind}` as const
      await writeWhole(join(this.#folder, file), logo.bytes)
      return { plant: { name, logoFile: file } }
    })
  }

  async logo(): Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | null> {
    const { settings } = await this.get()
    const file = settings.plant.logoFile
    if (file === undefined) return null
    const bytes = await readFile(join(this.#folder, file)).catch(() => undefined)
    const kind = file.slice(file.lastIndexOf('.') + 1) as LogoKind // the schema holds the three
    return bytes === undefined ? null : { mediaType: logoKinds[kind], bytes: new Uint8Array(bytes) }
  }

  #change(apply: (settings: Settings) => Partial<Settings> | Promise<Partial<Settings>>): Promise<SettingsReply> {
    return this.#inTurn(async () => {
      const { raw, settings } = await this.#load()
      try {
        await removeLeftovers(this.#path)
        const changed = settingsSchema.parse({ ...settings, ...(await apply(settings)) })
        await writeWhole(this.#path, `${JSON.stringify({ ...raw, ...changed }, null, 2)}\n`)
        this.#changed(changed)
        return this.#replyWith(changed)
      } catch (error) {
        throw describeWriteError(error, this.#path, 'The settings are as they were.')
      }
    })
  }

  #replyWith(settings: Settings): SettingsReply {
    this.#remembered = new Set([...settings.recentFiles, ...settings.sessionFiles].map(({ path }) => path))
    return { settings, notices: [...this.#notices] }
  }

  async #load(): Promise<{ readonly raw: Raw; readonly settings: Settings }> {
    const raw = await this.#readRaw()
    const { settings, refused } = readSettings(raw)
    if (refused.length > 0) {
      await copyFile(this.#path, `${this.#path}.bad`).catch(() => undefined) // a folder that cannot be written
      this.#notice(
        'settings-fields-refused',
        `Settings not understood and set to their defaults: ${refused.join(', ')}; the file as it was is "${basename(this.#path)}.bad".`,
      )
    }
    return { raw, settings }
  }

  async #readRaw(): Promise<Raw> {
    let text: string
    try {
      text = await readFile(this.#path, 'utf8')
    } catch (error) {
      if (fileErrorCode(error) === 'ENOENT' || fileErrorCode(error) === 'ENOTDIR') return {}
      this.#notice('settings-broken', `"${this.#path}" cannot be read; the settings are at their defaults.`)
      return {}
    }
    const raw = parseObject(text)
    if (raw !== undefined) return raw
    await rename(this.#path, `${this.#path}.bad`).catch(() => undefined) // a folder that cannot be written
    this.#notice(
      'settings-broken',
      `"${this.#path}" was damaged; the settings are at their defaults and the file is kept as "${basename(this.#path)}.bad".`,
    )
    return {}
  }

  /** Told until the program ends, once each. */
  #notice(code: SettingsNotice['code'], message: string): void {
    if (!this.#notices.some((each) => each.message === message)) this.#notices.push({ code, message })
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(run)
    this.#queue = result.catch(() => undefined) // told to whoever asked
    return result
  }
}

function remembered(path: string): Settings['recentFiles'][number] {
  return { path, name: basename(path), openedAt: new Date().toISOString() }
}

function parseObject(text: string): Raw | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
