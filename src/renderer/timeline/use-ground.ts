import { useMutationObserver } from '@vueuse/core'
import { ref, type Ref } from 'vue'
import type { Ground } from '../../shared/colour-tables'

/** Light or dark, as the page is now. */
export function useGround(): Readonly<Ref<Ground>> {
  const read = (): Ground => (document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light')
  const ground = ref(read())
  useMutationObserver(document.documentElement, () => void (ground.value = read()), { attributeFilter: ['data-theme'] })
  return ground
}
