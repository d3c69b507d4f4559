import type { ViewRange } from '../stores/use-view-store'

/** Samples to device pixels: `view` lies on [left, left + width). */
export interface TimeScale {
  readonly view: ViewRange
  readonly left: number
  readonly width: number
}

export function xOf({ view, left, width }: TimeScale, sample: number): number {
  return left + ((sample - view.start) / (view.end - view.start)) * width
}

export function sampleAt({ view, left, width }: TimeScale, x: number): number {
  return view.start + ((x - left) / width) * (view.end - view.start)
}

export function samplesPerPixel({ view, width }: TimeScale): number {
  return (view.end - view.start) / width
}

/** The same stretch of time in samples of another rate. */
export function scaledBy(scale: TimeScale, factor: number): TimeScale {
  return { ...scale, view: { start: scale.view.start * factor, end: scale.view.end * factor } }
}
