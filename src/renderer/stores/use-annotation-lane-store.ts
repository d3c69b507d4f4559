import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { LaneMark } from '../timeline/paint-annotations'

/** What the annotation lane shows of the active channel; filled by whoever keeps the annotations. */
export const useAnnotationLaneStore = defineStore('annotation-lane', () => {
  const marks = shallowRef<readonly LaneMark[]>([])
  const setMarks = (value: readonly LaneMark[]): void => void (marks.value = value)
  return { marks, setMarks }
})
