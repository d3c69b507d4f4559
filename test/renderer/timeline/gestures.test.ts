import { describe, expect, it, vi } from 'vitest'
import { brushGesture, panGesture, readWheel, selectGesture } from '../../../src/renderer/timeline/gestures'

const plot = { left: 100, width: 500 }
const makeTarget = (start: number, end: number) => ({
  view: { start, end },
  sampleCount: 10_000,
  show: vi.fn(),
  select: vi.fn(),
  click: vi.fn(),
})

describe('a drag in a track', () => {
  it('moves the view: what was under the pointer stays there', () => {
    const target = makeTarget(1000, 2000)
    panGesture(target, plot, 300).move(350)
    expect(target.show).toHaveBeenLastCalledWith({ start: 900, end: 1900 })
  })

  it('is a click while it only trembles', () => {
    const target = makeTarget(1000, 2000)
    const gesture = panGesture(target, plot, 350)
    gesture.move(352)
    gesture.end(352, false)
    expect(target.show).not.toHaveBeenCalled()
    expect(target.click).toHaveBeenCalledWith(1500)
  })

  it('taken away clicks nothing', () => {
    const target = makeTarget(1000, 2000)
    panGesture(target, plot, 350).end(350, true)
    expect(target.click).not.toHaveBeenCalled()
  })
})

describe('a drag with shift', () => {
  it('selects, in either direction and not beyond the recording', () => {
    const target = makeTarget(9000, 10_000)
    const gesture = selectGesture(target, plot, 500)
    gesture.move(800)
    expect(target.select).toHaveBeenLastCalledWith({ start: 9800, end: 10_000 })
    gesture.move(300)
    expect(target.select).toHaveBeenLastCalledWith({ start: 9800, end: 9400 })
  })

  it('without a way clears the selection', () => {
    const target = makeTarget(0, 1000)
    selectGesture(target, plot, 300).end(301, false)
    expect(target.select).toHaveBeenLastCalledWith(undefined)
  })
})

describe('a drag in the overview', () => {
  // the view 2000 … 4000 lies at 200 … 300
  it.each([
    ['outside opens a new view', 400, 500, { start: 6000, end: 8000 }],
    ['at the left edge moves that edge', 201, 150, { start: 1000, end: 4000 }],
    ['at the right edge moves that edge', 298, 350, { start: 2000, end: 5000 }],
    ['inside moves the view', 250, 300, { start: 3000, end: 5000 }],
  ])('%s', (_, from, to, range) => {
    const target = makeTarget(2000, 4000)
    brushGesture(target, plot, from).move(to)
    const [[shown]] = target.show.mock.calls
    expect(shown.start).toBeCloseTo(range.start, 6)
    expect(shown.end).toBeCloseTo(range.end, 6)
  })

  it('without a way centres the view there', () => {
    const target = makeTarget(2000, 4000)
    brushGesture(target, plot, 450).end(450, false)
    expect(target.show).toHaveBeenCalledWith({ start: 6000, end: 8000 })
  })

  it('moves a brush too narrow for edges', () => {
    const target = makeTarget(2000, 2020)
    brushGesture(target, plot, 202).move(252)
    expect(target.show).toHaveBeenCalledWith({ start: 3000, end: 3020 })
  })
})

describe('the wheel', () => {
  const turn = { deltaX: 0, deltaY: 0, deltaMode: 0, shiftKey: false }
  it('up is nearer, down as much farther', () => {
    const near = readWheel({ ...turn, deltaY: -100 })
    const far = readWheel({ ...turn, deltaY: 100 })
    expect(near.zoom).toBeLessThan(1)
    expect(near.zoom * far.zoom).toBeCloseTo(1, 12)
    expect(near.pan).toBe(0)
  })
  it('sideways or with shift pans; lines count as pixels of text', () => {
    expect(readWheel({ ...turn, deltaX: 30 })).toEqual({ zoom: 1, pan: 30 })
    expect(readWheel({ ...turn, deltaY: 3, deltaMode: 1, shiftKey: true })).toEqual({ zoom: 1, pan: 48 })
  })
})
