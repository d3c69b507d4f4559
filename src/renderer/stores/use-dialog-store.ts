import { defineStore } from 'pinia'
import { ref } from 'vue'

export type OpenDialog =
  | { readonly kind: 'import'; readonly entryId: string }
  | { readonly kind: 'properties'; readonly entryId: string }
  | { readonly kind: 'report'; readonly entryId: string }
  | { readonly kind: 'models' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'tour' }
  | { readonly kind: 'about' }
  | { readonly kind: 'keys' }

/** At most one dialog at a time. */
export const useDialogStore = defineStore('dialog', () => {
  const current = ref<OpenDialog | undefined>()
  const show = (dialog: OpenDialog): void => void (current.value = dialog)
  const close = (): void => void (current.value = undefined)
  return { current, show, close }
})
