import type { SampleRange } from '../../shared/sample-range'
import type { ViewRange } from '../stores/use-view-store'

/** Where samples lie on the page, CSS pixels from the left of the tracks. */
export interface PlotPlace {
  readonly left: number
  readonly width: number
}

export interface GestureTarget {
  readonly view: ViewRange
  readonly sampleCount: number
  show(range: ViewRange): void
  select(range: SampleRange | undefined): void
  click(sample: number): void
}

export interface Gesture {
  move(x: number): void
  /** @param isCancelled the pointer was taken away: nothing was clicked */
  end(x: number, isCancelled: boolean): void
}

/** CSS pixels that a pointer may tremble and still click. */
const clickTolerance = 3

const place = (sampleOf: (x: number) => number, target: GestureTarget, x: number): number =>
  Math.max(0, Math.min(target.sampleCount, sampleOf(x)))

/** Drag in a track: moves the view; what was under the pointer stays there. */
export function panGesture(target: GestureTarget, plot: PlotPlace, startX: number): Gesture {
  const { start, end } = target.view
  const perPixel = (end - start) / plot.width
  let isDrag = false
  return {
    move: (x) => {
      isDrag ||= Math.abs(x - startX) > clickTolerance
      if (isDrag) target.show({ start: start - (x - startX) * perPixel, end: end - (x - startX) * perPixel })
    },
    end: (_, isCancelled) => {
      if (!isDrag && !isCancelled) target.click(start + (startX - plot.left) * perPixel)
    },
  }
}

/** Shift-drag in a track: selects a stretch; without a drag it selects nothing. */
export function selectGesture(target: GestureTarget, plot: PlotPlace, startX: number): Gesture {
  const { start, end } = target.view
  const sampleOf = (x: number): number => start + ((x - plot.left) / plot.width) * (end - start)
  const from = place(sampleOf, target, startX)
  return {
    move: (x) => target.select({ start: from, end: place(sampleOf, target, x) }),
    end: (x) => {
      if (Math.abs(x - startX) <= clickTolerance) target.select(undefined)
    },
  }
}

/** CSS pixels beside an edge of the brush that still take hold of it. */
const edgeReach = 5

/** Drag in the overview: an edge of the brush resizes the view, its inside moves it, outside opens a new one. */
export function brushGesture(target: GestureTarget, plot: PlotPlace, startX: number): Gesture {
  const { start, end } = target.view
  const sampleOf = (x: number): number => ((x - plot.left) / plot.width) * target.sampleCount
  const xOf = (sample: number): number => plot.left + (sample / target.sampleCount) * plot.width
  const [left, right] = [xOf(start), xOf(end)]
  const from = place(sampleOf, target, startX)
  // where the brush is too narrow for edges and an inside, it is moved
  const hasEdges = right - left > 4 * edgeReach
  const isMoving = startX > left - edgeReach && startX < right + edgeReach
  const open = (anchor: number) => (x: number) => {
    const to = place(sampleOf, target, x)
    target.show({ start: Math.min(anchor, to), end: Math.max(anchor, to) })
  }
  const centre = (x: number): void => {
    const half = (end - start) / 2
    target.show({ start: sampleOf(x) - half, end: sampleOf(x) + half })
  }
  if (hasEdges && Math.abs(startX - left) <= edgeReach) return { move: open(end), end: () => undefined }
  if (hasEdges && Math.abs(startX - right) <= edgeReach) return { move: open(start), end: () => undefined }
  if (isMoving) {
    const move = (x: number): void => {
      const by = sampleOf(x) - sampleOf(startX)
      target.show({ start: start + by, end: end + by })
    }
    return { move, end: () => undefined }
  }
  return {
    move: (x) => {
      if (Math.abs(x - startX) > clickTolerance) open(from)(x)
    },
    end: (x, isCancelled) => {
      if (Math.abs(x - startX) <= clickTolerance && !isCancelled) centre(x)
    },
  }
}

const zoomPerPixel = 0.0018
/** Lines and pages of a wheel, in pixels (WheelEvent.deltaMode 1 and 2). */
const deltaUnits = [1, 16, 400]

export interface WheelTurn {
  readonly deltaX: number
  readonly deltaY: number
  readonly deltaMode: number
  readonly shiftKey: boolean
}

/** Up is nearer; sideways, or with shift, pans. `pan` is in CSS pixels. */
export function readWheel({ deltaX, deltaY, deltaMode, shiftKey }: WheelTurn): {
  readonly zoom: number
  readonly pan: number
} {
  const unit = deltaUnits[deltaMode] ?? 1
  if (shiftKey || Math.abs(deltaX) > Math.abs(deltaY)) return { zoom: 1, pan: (deltaX === 0 ? deltaY : deltaX) * unit }
  const turn = Math.max(-400, Math.min(400, deltaY * unit))
  return { zoom: Math.exp(turn * zoomPerPixel), pan: 0 }
}
