import { computed } from 'vue'
import { useSettingsStore } from '../stores/use-settings-store'

const names = ['ink', 'muted', 'line', 'panel', 'accent', 'fault', 'healthy', 'uncertain'] as const
export type ChartColours = Readonly<Record<(typeof names)[number], string>>

/** The theme's colours for charts on a canvas; they follow a switch of the theme. */
export function useChartColours() {
  const settings = useSettingsStore()
  return computed<ChartColours>(() => {
    void settings.isDark // the style sheet's variables change with it
    const style = getComputedStyle(document.documentElement)
    const entries = names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])
    return Object.fromEntries(entries) as ChartColours // one entry a name
  })
}
