import type { ScoreView } from '../../shared/app/study'
import {
  evidenceTable,
  levelTable,
  type EvidenceColourMap,
  type Ground,
  type LevelColourMap,
} from '../../shared/colour-tables'
import type { TimelineLayout, TimelineTrackId } from '../../shared/app/timeline-layout'
import type { TimeComb } from '../stores/use-overlay-store'
import type { ViewRange } from '../stores/use-view-store'
import { BitmapCache } from './bitmap-cache'
import { combSamples } from './comb'
import { frequencyScaleOf, type FrequencyScale } from './frequency-scale'
import type { ColourScale } from './heat-pixels'
import { levelRangeOf, type LevelRange } from './level-range'
import { paintAnnotations, type LaneMark } from './paint-annotations'
import { paintLegend } from './paint-legend'
import { paintOverview } from './paint-overview'
import { paintProbability } from './paint-probability'
import { paintRibbon, paintSpectrogram, type HeatLayer } from './paint-spectrogram'
import { paintComb, paintTimeAxis } from './paint-time-axis'
import { paintLaneBorder, paintWaveform } from './paint-waveform'
import { opaqueTable, overlayTable } from './pixel-tables'
import { levelOf, viewOf, type Scene, type TileLayer } from './scene'
import type { Surface } from './surface'
import type { TileCache } from './tile-cache'
import { trackKey } from './tile-cache'
import { coverTile, tilesInView, type TilePiece } from './tile-cover'
import { timeUnitOf } from './ticks'
import { scaledBy, type TimeScale } from './time-scale'
import { drawPlotFrame } from './value-axis'
import { extentOf } from './waveform-columns'

export type CanvasId = TimelineTrackId | 'overview' | 'time'

/** Everything that the picture depends on. */
export interface TimelineFrame {
  readonly scene: Scene
  readonly view: ViewRange
  readonly sampleCount: number
  /** 1 where it is unknown: then times are counts of samples */
  readonly sampleRateHz: number
  readonly isRateKnown: boolean
  readonly layout: TimelineLayout
  readonly score: ScoreView | undefined
  readonly selectedEvent: number | undefined
  readonly marks: readonly LaneMark[]
  readonly comb: TimeComb | undefined
  readonly ribbonScaleLogit: number
  readonly mapScaleLogit: number
  readonly colours: { readonly level: LevelColourMap; readonly evidence: EvidenceColourMap; readonly ground: Ground }
  /** Written at the legends. */
  readonly words: { readonly level: string; readonly evidence: string }
}

interface Tables {
  readonly key: string
  readonly level: Uint32Array
  readonly evidence: Uint32Array
  readonly overlay: Uint32Array
}

/** Draws tracks from the tiles in hand. Holds bitmaps, tables and ranges between frames, nothing else. */
export class TimelinePainter {
  readonly #cache: TileCache
  readonly #bitmaps = new BitmapCache()
  readonly #mapBitmaps = new BitmapCache()
  readonly #amplitudes = new Map<string, readonly [number, number]>()
  readonly #levelRanges = new Map<string, { readonly range: LevelRange; readonly isFinal: boolean }>()
  #tables: Tables | undefined

  constructor(cache: TileCache) {
    this.#cache = cache
  }

  paint(id: CanvasId, surface: Surface, frame: TimelineFrame): void {
    surface.context.clearRect(0, 0, surface.width, surface.height)
    this.#painters[id](surface, frame)
    if (id !== 'time' && id !== 'overview' && frame.comb !== undefined) {
      const scale = scaleOf(surface, frame)
      paintComb(surface, scale, combSamples(frame.comb, scale, frame.sampleRateHz, surface.ratio))
    }
    if (id !== 'time') drawPlotFrame(surface)
  }

  readonly #painters: Record<CanvasId, (surface: Surface, frame: TimelineFrame) => void> = {
    overview: (surface, frame) => this.#paintOverview(surface, frame),
    time: (surface, frame) => {
      const { view, sampleRateHz, isRateKnown } = frame
      const known = timeUnitOf((view.end - view.start) / sampleRateHz, view.end / sampleRateHz)
      paintTimeAxis(surface, scaleOf(surface, frame), sampleRateHz, isRateKnown ? known : 'samples')
    },
    waveform: (surface, frame) => this.#paintWaveform(surface, frame),
    probability: (surface, frame) => {
      const { score, sampleRateHz, selectedEvent } = frame
      if (score === undefined || score.probabilities.length === 0) return
      paintProbability(surface, { scale: scaleOf(surface, frame), sampleRateHz, score, selectedEvent })
    },
    evidence: (surface, frame) => this.#paintRibbon(surface, frame),
    spectrogram: (surface, frame) => this.#paintSpectrogram(surface, frame),
    annotations: (surface, frame) => paintAnnotations(surface, scaleOf(surface, frame), frame.marks),
  }

  /** What of the layer is there for the view, in order of time. */
  pieces(layer: TileLayer, view: ViewRange, width: number): readonly TilePiece[] {
    const level = levelOf(layer, view, width)
    return tilesInView(viewOf(layer, view), level, layer.sampleCount)
      .flatMap((address) => coverTile(address, (at, index) => this.#cache.ready(layer.track, at, index)))
      .sort((a, b) => a.start - b.start)
  }

  /** The colours' range: the user's, else the recording's. */
  levelRange({ scene, layout }: Pick<TimelineFrame, 'scene' | 'layout'>, width: number): LevelRange | undefined {
    return layout.levelRangeDb ?? this.#ownLevelRange(scene.spectrogram, width)
  }

  frequencies({ layout, sampleRateHz }: Pick<TimelineFrame, 'layout' | 'sampleRateHz'>): FrequencyScale {
    return frequencyScaleOf(layout.frequencyAxis, sampleRateHz / 2, sampleRateHz / layout.fftLength)
  }

  #paintOverview(surface: Surface, frame: TimelineFrame): void {
    const { scene, sampleCount, view, sampleRateHz, score } = frame
    const whole = { start: 0, end: sampleCount }
    const scale = { view: whole, left: surface.plotLeft, width: surface.plotWidth }
    const [low, high] = this.#amplitudeOf(scene.overview, sampleCount, surface.plotWidth)
    const pieces = this.pieces(scene.overview, whole, surface.plotWidth)
    paintOverview(surface, { scale, pieces, low, high, view, sampleRateHz, events: score?.events ?? [] })
  }

  #paintWaveform(surface: Surface, frame: TimelineFrame): void {
    const { scene, view, layout, sampleCount } = frame
    const laneHeight = surface.height / scene.lanes.length
    scene.lanes.forEach(({ layer }, index) => {
      const pieces = this.pieces(layer, view, surface.plotWidth)
      const inView = layout.amplitude === 'view' ? extentOf(pieces) : undefined
      const [low, high] =
        inView === undefined
          ? this.#amplitudeOf(layer, sampleCount, surface.plotWidth)
          : padded(inView.low, inView.high)
      const top = Math.round(index * laneHeight)
      const bottom = Math.round((index + 1) * laneHeight)
      paintWaveform(surface, { scale: scaledBy(scaleOf(surface, frame), layer.factor), pieces, top, bottom, low, high })
      if (index > 0) paintLaneBorder(surface, top)
    })
  }

  #paintRibbon(surface: Surface, frame: TimelineFrame): void {
    const { scene, view, ribbonScaleLogit } = frame
    if (scene.ribbon === undefined) return
    const tables = this.#tablesOf(frame)
    const colours = signedScale(tables.evidence, ribbonScaleLogit, 'difference')
    const pieces = this.pieces(scene.ribbon, view, surface.plotWidth)
    const layer = { pieces, colours, style: `${tables.key} ${ribbonScaleLogit}` }
    paintRibbon(surface, scaleOf(surface, frame), layer, this.#bitmaps)
    paintLegend(surface, { scale: colours, title: frame.words.evidence, isSigned: true, left: 46 })
  }

  #paintSpectrogram(surface: Surface, frame: TimelineFrame): void {
    const { scene, view, layout, words } = frame
    const range = this.levelRange(frame, surface.plotWidth)
    if (range === undefined) return
    const tables = this.#tablesOf(frame)
    const levels: HeatLayer = {
      pieces: this.pieces(scene.spectrogram, view, surface.plotWidth),
      colours: { table: tables.level, low: range[0], high: range[1] },
      style: `${tables.key} ${range.join()}`,
    }
    const map = layout.isMapShown && scene.map !== undefined ? this.#mapLayer(scene.map, surface, frame) : undefined
    paintSpectrogram(surface, {
      scale: scaleOf(surface, frame),
      frequencies: this.frequencies(frame),
      levels,
      map: map === undefined ? undefined : { ...map, opacity: layout.mapOpacity },
      bitmaps: this.#bitmaps,
      mapBitmaps: this.#mapBitmaps,
    })
    paintLegend(surface, { scale: levels.colours, title: words.level, isSigned: false, left: 6 })
    if (map !== undefined) {
      const legend = signedScale(tables.evidence, frame.mapScaleLogit, 'difference')
      paintLegend(surface, { scale: legend, title: words.evidence, isSigned: true, left: 46 })
    }
  }

  #mapLayer(layer: TileLayer, surface: Surface, frame: TimelineFrame): HeatLayer {
    const { mapSide } = frame.layout
    const tables = this.#tablesOf(frame)
    return {
      pieces: this.pieces(layer, frame.view, surface.plotWidth),
      colours: signedScale(tables.overlay, frame.mapScaleLogit, mapSide),
      style: `${tables.key} ${mapSide} ${frame.mapScaleLogit}`,
    }
  }

  /** Of the whole recording, so that panning does not change the axis; what has come of it so far. */
  #amplitudeOf(layer: TileLayer, axisSampleCount: number, width: number): readonly [number, number] {
    const key = trackKey(layer.track)
    const whole = { start: 0, end: axisSampleCount }
    const pieces = this.pieces(layer, whole, width)
    const extent = extentOf(pieces)
    if (extent === undefined) return this.#amplitudes.get(key) ?? [-1, 1]
    const range = padded(extent.low, extent.high)
    this.#amplitudes.set(key, range)
    return range
  }

  #ownLevelRange(layer: TileLayer, width: number): LevelRange | undefined {
    const key = trackKey(layer.track)
    const known = this.#levelRanges.get(key)
    if (known?.isFinal === true) return known.range
    const whole = { start: 0, end: layer.sampleCount }
    const level = levelOf(layer, whole, width)
    const addresses = tilesInView(whole, level, layer.sampleCount)
    const isFinal = addresses.every(({ index }) => this.#cache.ready(layer.track, level, index) !== undefined)
    const range = levelRangeOf(this.pieces(layer, whole, width)) ?? known?.range
    if (range !== undefined) this.#levelRanges.set(key, { range, isFinal })
    return range
  }

  #tablesOf({ colours }: TimelineFrame): Tables {
    const key = `${colours.level} ${colours.evidence} ${colours.ground}`
    if (this.#tables?.key === key) return this.#tables
    const evidence = evidenceTable(colours.evidence, colours.ground)
    this.#tables = {
      key,
      level: opaqueTable(levelTable(colours.level, colours.ground)),
      evidence: opaqueTable(evidence),
      overlay: overlayTable(evidence),
    }
    return this.#tables
  }
}

export function scaleOf({ plotLeft, plotWidth }: Surface, { view }: Pick<TimelineFrame, 'view'>): TimeScale {
  return { view, left: plotLeft, width: plotWidth }
}

/** Red is to fault whatever side is shown: what speaks for healthy is blue, so its own map is turned round. */
function signedScale(table: Uint32Array, scaleLogit: number, side: TimelineLayout['mapSide']): ColourScale {
  return side === 'healthy'
    ? { table, low: scaleLogit, high: -scaleLogit }
    : { table, low: -scaleLogit, high: scaleLogit }
}

const paddingShare = 0.05

function padded(low: number, high: number): readonly [number, number] {
  const room = high > low ? (high - low) * paddingShare : Math.max(Math.abs(high) * paddingShare, 1e-9)
  return [low - room, high + room]
}
