import { z } from 'zod'

export const windowStateSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
})
export type WindowState = z.infer<typeof windowStateSchema>

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowPlacement {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
}

export const leastSize = { width: 960, height: 600 } as const
const firstSize = { width: 1440, height: 900 } as const

/** Of the title bar, so that the window can be grasped. */
const leastVisible = { width: 120, height: 40 } as const

/** Where it was, unless that is on no screen any more; never larger than the screen it is on. */
export function placeWindow(saved: WindowState | undefined, screens: readonly Bounds[]): WindowPlacement {
  const screen = saved === undefined ? undefined : screens.find((each) => isGraspableOn(saved, each))
  const largest = screen ?? screens[0] ?? { ...firstSize, x: 0, y: 0 }
  const wanted = saved ?? firstSize
  const size = {
    width: Math.min(largest.width, Math.max(leastSize.width, wanted.width)),
    height: Math.min(largest.height, Math.max(leastSize.height, wanted.height)),
  }
  return saved === undefined || screen === undefined ? size : { x: saved.x, y: saved.y, ...size }
}

function isGraspableOn(window: Bounds, screen: Bounds): boolean {
  const width = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  const isTopInside = window.y >= screen.y && window.y + leastVisible.height <= screen.y + screen.height
  return width >= leastVisible.width && isTopInside
}
