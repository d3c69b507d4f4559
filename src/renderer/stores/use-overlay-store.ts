import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Lines at a fixed distance in time, through all tracks: the impacts that a fault's frequency would give. */
export interface TimeComb {
  /** In the user's words, with the frequency: shown beside the tracks. */
  readonly label: string
  readonly originSeconds: number
  readonly periodSeconds: number
}

/** What panels lay over the timeline. */
export const useOverlayStore = defineStore('overlay', () => {
  const comb = shallowRef<TimeComb | undefined>()
  const setComb = (value: TimeComb | undefined): void => void (comb.value = value)
  return { comb, setComb }
})
