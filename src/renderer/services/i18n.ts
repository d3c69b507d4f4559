import { createI18n, useI18n } from 'vue-i18n'
import type { Locale, MessageKey, Translate } from '../../shared/locales/translate'
import { catalogues } from '../../shared/locales/translate'

/** The same catalogues as reports and command line. Keys are flat: 'verdict.fault' stands beside 'verdict.fault.sentence'. */
export function createMessages(locale: Locale) {
  return createI18n({
    legacy: false,
    locale,
    fallbackLocale: 'en',
    messages: { en: { ...catalogues.en }, 'zh-CN': { ...catalogues['zh-CN'] } },
    messageResolver: (messages, path) => (messages as Readonly<Record<string, string>>)[path] ?? null,
    missingWarn: true,
  })
}

/** `t` that takes known keys only, and changes with the language. */
export function useTranslate(): Translate {
  const { t } = useI18n()
  return (key: MessageKey, values) => t(key, { ...values })
}
