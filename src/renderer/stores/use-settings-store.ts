import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Locale } from '../../shared/locales/translate'
import { defaultSettings, type Settings, type SettingsPatch } from '../../shared/settings'
import { useServices } from '../services/services'

/** What the user likes, kept by the engine between sessions. A change shows at once and is saved behind it. */
export const useSettingsStore = defineStore('settings', () => {
  const { client } = useServices()
  const settings = shallowRef<Settings>(defaultSettings)
  const notices = shallowRef<readonly string[]>([])
  const isDark = ref(false)
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)')

  const locale = computed<Locale>(() => {
    const { language } = settings.value
    if (language !== 'system') return language
    return navigator.language.startsWith('zh') ? 'zh-CN' : 'en'
  })

  async function load(): Promise<void> {
    const reply = await client.request('settings.get', {}, new AbortController().signal)
    settings.value = reply.settings
    notices.value = reply.notices.map(({ message }) => message)
  }

  async function set(patch: SettingsPatch): Promise<void> {
    const { plant, ...others } = patch
    settings.value = { ...settings.value, ...others, plant: { ...settings.value.plant, ...plant } }
    const reply = await client.request('settings.set', { patch }, new AbortController().signal)
    settings.value = reply.settings
  }

  function applyTheme(): void {
    const { theme } = settings.value
    const dark = theme === 'dark' || (theme === 'system' && prefersDark.matches)
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
    isDark.value = dark
  }
  watch(() => settings.value.theme, applyTheme, { immediate: true })
  watch(locale, (value) => void (document.documentElement.lang = value), { immediate: true })
  prefersDark.addEventListener('change', applyTheme)

  return { settings, notices, locale, isDark, load, set }
})
