// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useViewStore } from '../../../src/renderer/stores/use-view-store'

describe('the view', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    useViewStore().setAxis(10_000, 1000)
  })

  it('keeps the sample under the pointer where it is while zooming', () => {
    const view = useViewStore()
    view.zoomAt(2500, 0.5)
    const { start, end } = view.view
    expect(end - start).toBe(5000)
    expect((2500 - start) / (end - start)).toBeCloseTo(0.25, 12)
  })

  it('stays within the recording', () => {
    const view = useViewStore()
    view.show({ start: 9000, end: 10_000 })
    view.pan(5000)
    expect(view.view).toEqual({ start: 9000, end: 10_000 })
    view.zoomAt(9500, 1000)
    expect(view.view).toEqual({ start: 0, end: 10_000 })
  })

  it('shows panels the selection, else the view', () => {
    const view = useViewStore()
    expect(view.shownRange).toEqual({ start: 0, end: 10_000 })
    view.select({ start: 700.5, end: 200.2 })
    expect(view.shownRange).toEqual({ start: 200, end: 701 })
    view.select({ start: 5, end: 5 })
    expect(view.selection).toBeUndefined()
  })

  it('forgets view and selection when another axis comes, and only then', () => {
    const view = useViewStore()
    view.show({ start: 100, end: 200 })
    view.setAxis(10_000, 1000)
    expect(view.view).toEqual({ start: 100, end: 200 })
    view.setAxis(500, 1000)
    expect(view.view).toEqual({ start: 0, end: 500 })
  })
})
