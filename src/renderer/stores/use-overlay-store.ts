import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Lines at a fixed distance in time, through all tracks: the impacts that a fault's frequency would give. */
export interface TimeComb {
  /** In the user's words, with the frequency: shown beside the tracks. */
  readonly label: string
  readonly originSeconds: number
  readonly periodSeconds: number
}

/** The line of a fault and its multiples, in the spectra. */
export interface FaultComb {
  /** In the user's words, with the frequency: shown beside the spectrum. */
  readonly label: string
  readonly frequencyHz: number
}

/** What panels lay over the timeline and the spectra. */
export const useOverlayStore = defineStore('overlay', () => {
  const comb = shallowRef<TimeComb | undefined>()
  const setComb = (value: TimeComb | undefined): void => void (comb.value = value)
  const faultComb = shallowRef<FaultComb | undefined>()
  const setFaultComb = (value: FaultComb | undefined): void => void (faultComb.value = value)
  return { comb, setComb, faultComb, setFaultComb }
})
