import { onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import type { TimelineTrackId } from '../../shared/app/timeline-layout'
import { useTileStore } from '../stores/use-tile-store'
import { useViewStore } from '../stores/use-view-store'
import { requestsOf, urgentRequestsOf } from './scene'
import { axisWidth, legendWidth, readPalette, type Palette, type Surface } from './surface'
import { TimelinePainter, type CanvasId, type TimelineFrame } from './timeline-painter'

interface Sheet {
  readonly canvas: HTMLCanvasElement
  readonly end: () => void
}

/** One requestAnimationFrame for all tracks, asked for by whatever changes. */
export function useTimelineDrawing(frame: ComputedRef<TimelineFrame | undefined>) {
  const tiles = useTileStore()
  const position = useViewStore()
  const painter = new TimelinePainter(tiles.cache)
  const { sheets, register } = useSheets(redraw)
  /** Device pixels of the plot; 0 before the first layout. */
  const plotWidth = shallowRef(0)
  let palette: Palette | undefined
  let request: number | undefined

  function redraw(): void {
    request ??= requestAnimationFrame(draw)
  }

  function draw(): void {
    request = undefined
    const current = frame.value
    if (current === undefined) {
      for (const { canvas } of sheets.values()) canvas.width = 0
      return
    }
    const colours = (palette ??= pagePalette())
    const surfaces = [...sheets].flatMap(([id, { canvas }]) => {
      const surface = surfaceOf(canvas, colours)
      return surface === undefined ? [] : [[id, surface] as const]
    })
    if (surfaces.length === 0) {
      position.isLoading = false // nobody sees it: nothing waits for it
      return
    }
    plotWidth.value = surfaces[0][1].plotWidth
    const shown = [...sheets.keys()].filter((id): id is TimelineTrackId => id !== 'overview' && id !== 'time')
    const { view, layout, scene, isRateKnown } = current
    const viewport = { view, width: plotWidth.value, shown, isMapShown: layout.isMapShown, isRateKnown }
    tiles.cache.want(requestsOf(scene, viewport))
    position.isLoading = urgentRequestsOf(scene, viewport).some((each) => tiles.cache.isAwaited(each))
    for (const [id, surface] of surfaces) painter.paint(id, surface, current)
  }

  watch(frame, redraw, { flush: 'sync' })
  watch(() => tiles.revision, redraw, { flush: 'sync' })
  watch(
    () => frame.value?.colours.ground,
    () => {
      palette = undefined
      redraw()
    },
  )
  onScopeDispose(() => {
    if (request !== undefined) cancelAnimationFrame(request)
    position.isLoading = false
  })

  return { register, painter, plotWidth }
}

/** The canvases that are on the page, watched for their size. */
function useSheets(redraw: () => void) {
  const sheets = new Map<CanvasId, Sheet>()

  /** The canvas of a track, or null when it goes; for template refs. */
  function register(id: CanvasId, canvas: HTMLCanvasElement | null): void {
    const known = sheets.get(id)
    if (known?.canvas === canvas) return
    known?.end()
    sheets.delete(id)
    if (canvas === null) return
    const observer = new ResizeObserver(redraw)
    observer.observe(canvas)
    sheets.set(id, { canvas, end: () => observer.disconnect() })
    redraw()
  }

  onScopeDispose(() => {
    for (const { end } of sheets.values()) end()
  })
  return { sheets, register }
}

function pagePalette(): Palette {
  return readPalette(getComputedStyle(document.documentElement), getComputedStyle(document.body).fontFamily)
}

/** The canvas in device pixels; undefined while it has no room. */
function surfaceOf(canvas: HTMLCanvasElement, palette: Palette): Surface | undefined {
  const ratio = window.devicePixelRatio
  const width = Math.round(canvas.clientWidth * ratio)
  const height = Math.round(canvas.clientHeight * ratio)
  const context = canvas.getContext('2d')
  const plotLeft = Math.round(axisWidth * ratio)
  const plotWidth = width - plotLeft - Math.round(legendWidth * ratio)
  if (context === null || plotWidth < 1 || height < 1) return undefined
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  return { context, width, height, ratio, palette, plotLeft, plotWidth }
}
