import { z } from 'zod'
import type { Settings } from '../settings'
import { settingsPatchSchema } from '../settings'

const file = z.string().min(1).max(4096)
const declare = <Output>() => z.custom<Output>()

export interface SettingsNotice {
  readonly code: 'settings-broken' | 'settings-fields-refused'
  readonly message: string
}

export interface SettingsReply {
  readonly settings: Settings
  /** What was wrong with the file on disk when it was read; its copy is kept as `….bad`. */
  readonly notices: readonly SettingsNotice[]
}

export const settingsRequests = {
  'settings.get': { input: z.strictObject({}), output: declare<SettingsReply>() },
  /** Fields that are given replace those that are there; `plant` keeps its logo. Sends `settings.changed`. */
  'settings.set': { input: z.strictObject({ patch: settingsPatchSchema }), output: declare<SettingsReply>() },
  /** PNG, JPEG or SVG up to 2 MB, copied into the configuration folder; absent = no logo. */
  'settings.setLogo': { input: z.strictObject({ file: file.optional() }), output: declare<SettingsReply>() },
  /** The bytes of the plant's logo; null where none is set or it is gone. */
  'settings.logo': {
    input: z.strictObject({}),
    output: declare<{ readonly mediaType: string; readonly bytes: Uint8Array } | null>(),
  },
  /** Puts a file first among the recent ones. */
  'settings.remember': { input: z.strictObject({ file }), output: declare<SettingsReply>() },
  /** Takes one out of the recent files and projects, by its path; absent = all. */
  'settings.forgetRecent': { input: z.strictObject({ path: file.optional() }), output: declare<SettingsReply>() },
  'settings.rememberSession': {
    input: z.strictObject({ files: z.array(file).max(5000) }),
    output: declare<SettingsReply>(),
  },
} as const
