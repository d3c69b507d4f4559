import { describe, expect, it } from 'vitest'
import { findKey, timelineKeys } from '../../../src/renderer/timeline/timeline-keys'

const press = (key: string, changes = {}) =>
  findKey({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...changes })

describe('the keys of the timeline', () => {
  it('are each told apart from all others', () => {
    const names = timelineKeys.flatMap(({ keys, shift }) => keys.map((key) => `${String(shift)} ${key}`))
    expect(new Set(names).size).toBe(names.length)
    for (const { keys, shift, words } of timelineKeys) expect(press(keys[0], { shiftKey: shift })?.words).toBe(words)
  })

  it('are found with caps lock and with shifted signs', () => {
    expect(press('F')?.words).toBe('timeline.key.fit')
    expect(press('+', { shiftKey: true })?.words).toBe('timeline.key.zoom-in')
  })

  it('leave combinations to the browser', () => {
    expect(press('f', { ctrlKey: true })).toBeUndefined()
    expect(press('ArrowLeft', { altKey: true })).toBeUndefined()
    expect(press('q')).toBeUndefined()
  })
})
