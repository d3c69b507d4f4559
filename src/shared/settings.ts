import { z } from 'zod'
import { backendNames } from './analysis'
import { locales } from './locales/translate'

/**
 * What one user set, whatever the recording: one small JSON in the user's configuration folder. Fields may be added with
 * a default; unknown ones (of a newer version) are kept in the file.
 */
export const themes = ['system', 'light', 'dark'] as const
/** For levels: even to the eye and readable in grey. */
export const levelColourMaps = ['slate', 'viridis', 'cividis', 'magma', 'greys'] as const
/** For signed evidence; both ends stay apart for the colour-blind. */
export const evidenceColourMaps = ['red-blue', 'orange-purple'] as const
export const backendChoices = ['automatic', ...backendNames] as const

const path = z.string().min(1).max(4096)
const shortText = z.string().max(200)

const textLayoutSchema = z.strictObject({
  delimiter: z.string().min(1).max(4).optional(),
  decimal: z.enum(['.', ',']).optional(),
  encoding: z.string().min(1).max(40).optional(),
  headerLines: z.int().nonnegative().max(100_000).optional(),
  timeColumn: z.union([z.int().nonnegative(), z.string().min(1).max(200)]).optional(),
})

const rememberedFileSchema = z.strictObject({ path, name: z.string().min(1).max(1000), openedAt: z.iso.datetime() })

const settingsFields = {
  language: z.enum(['system', ...locales]),
  theme: z.enum(themes),
  levelColourMap: z.enum(levelColourMaps),
  evidenceColourMap: z.enum(evidenceColourMaps),
  units: z.strictObject({
    acceleration: z.enum(['g', 'm/s2']),
    velocity: z.enum(['mm/s', 'in/s']),
    frequency: z.enum(['Hz', 'cpm', 'orders']),
    speed: z.enum(['rpm', 'Hz']),
  }),
  backend: z.enum(backendChoices),
  cacheSizeMb: z.int().min(16).max(65_536),
  /** Offered in dialogs for the user to accept; never taken silently. `undefined` = none. */
  defaults: z.strictObject({
    sampleRateHz: z.number().positive().max(1e9).optional(),
    unit: z.string().min(1).max(40).optional(),
    shaftSpeedRpm: z.number().positive().max(1e7).optional(),
    bearing: shortText.min(1).optional(),
    model: shortText.min(1).optional(),
    segmentSeconds: z.number().positive().max(86_400).optional(),
  }),
  author: shortText,
  plant: z.strictObject({
    name: shortText,
    /** File name of the copy in the configuration folder; set by `settings.setLogo` only. */
    logoFile: z
      .string()
      .regex(/^plant-logo\.(png|jpg|svg)$/)
      .optional(),
  }),
  reports: z.strictObject({ format: z.enum(['pdf', 'docx', 'html']), paper: z.enum(['A4', 'Letter']) }),
  /** Of text files, by a key that the import dialog makes of the file's layout. Newest last. */
  textLayouts: z.array(z.strictObject({ key: z.string().min(1).max(500), layout: textLayoutSchema })).max(200),
  isTourDismissed: z.boolean(),
  /** Newest first; written by `settings.remember` only. */
  recentFiles: z.array(rememberedFileSchema).max(50),
  /** Newest first; written by the engine when a project is opened or saved. */
  recentProjects: z.array(rememberedFileSchema).max(50),
  /** Seconds from the last edit until a project with a name is saved by itself; 0 = never. Edits are safe anyway. */
  autosaveSeconds: z.int().min(0).max(3600),
  /** Open at the end of the last session, in the library's order; written by `settings.rememberSession` only. */
  sessionFiles: z.array(rememberedFileSchema).max(5000),
}

export const settingsSchema = z.strictObject(settingsFields)
export type Settings = z.infer<typeof settingsSchema>
export type TextLayout = z.infer<typeof textLayoutSchema>

/** What a page may change itself: lists of paths and the logo go through requests of their own, by granted handles. */
export const settingsPatchSchema = settingsSchema
  .omit({ recentFiles: true, recentProjects: true, sessionFiles: true, plant: true })
  .extend({ plant: z.strictObject({ name: shortText }) })
  .partial()
export type SettingsPatch = z.infer<typeof settingsPatchSchema>

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  levelColourMap: 'slate',
  evidenceColourMap: 'red-blue',
  units: { acceleration: 'g', velocity: 'mm/s', frequency: 'Hz', speed: 'rpm' },
  backend: 'automatic',
  cacheSizeMb: 512,
  defaults: {},
  author: '',
  plant: { name: '' },
  reports: { format: 'pdf', paper: 'A4' },
  textLayouts: [],
  isTourDismissed: false,
  recentFiles: [],
  recentProjects: [],
  autosaveSeconds: 60,
  sessionFiles: [],
}

/** Before the path of a recent file or one of the last session: its handle, in any shell. */
export const rememberedPrefix = 'remembered:'

export interface ReadSettings {
  readonly settings: Settings
  /** Names of the fields that were not usable and are at their defaults. */
  readonly refused: readonly string[]
}

/** Field by field: one that is not usable costs itself only. */
export function readSettings(raw: Readonly<Record<string, unknown>>): ReadSettings {
  const refused: string[] = []
  const usable: Record<string, unknown> = { ...defaultSettings }
  for (const [name, field] of Object.entries(settingsFields)) {
    if (!Object.hasOwn(raw, name)) continue
    const parsed = field.safeParse(raw[name])
    if (parsed.success) usable[name] = parsed.data
    else refused.push(name)
  }
  return { settings: settingsSchema.parse(usable), refused }
}
