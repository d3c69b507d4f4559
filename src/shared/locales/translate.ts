import { en } from './en'
import { zhCn } from './zh-CN'

export const locales = ['en', 'zh-CN'] as const
export type Locale = (typeof locales)[number]
export type MessageKey = keyof typeof en
export type MessageValues = Readonly<Record<string, string | number>>

export const catalogues: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = { en, 'zh-CN': zhCn }

/** The message with its {placeholders} filled; a placeholder without a value stays visible. */
export function translate(locale: Locale, key: MessageKey, values: MessageValues): string {
  return catalogues[locale][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}

/** `translate` with the locale filled in. */
export type Translate = (key: MessageKey, values?: MessageValues) => string

export function translator(locale: Locale): Translate {
  return (key, values) => translate(locale, key, values ?? {})
}
