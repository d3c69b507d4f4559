import type { EvidenceSummary } from '../../shared/app/study'
import type { TimelineLayout, TimelineTrackId } from '../../shared/app/timeline-layout'
import { tileLevelOf, type TrackSpec } from '../../shared/app/tracks'
import type { ChannelSummary } from '../../shared/contract/outputs'
import type { ViewRange } from '../stores/use-view-store'
import type { TileRequest } from './tile-cache'
import { neighbours, tilesInView } from './tile-cover'

/** One picture made of tiles: which, and how its samples lie on the common axis. */
export interface TileLayer {
  readonly track: TrackSpec
  /** Its samples in one sample of the axis: 1 but for channels of another rate. */
  readonly factor: number
  readonly sampleCount: number
  /** Finer ones would repeat the same measurement. */
  readonly leastLevel: number
}

/** The layers of a recording's channel; they change with what is open and chosen, not with the view. */
export interface Scene {
  /** Active channel first where `channels` is 'chosen'; else all, in their order. */
  readonly lanes: readonly { readonly channel: number; readonly layer: TileLayer }[]
  /** The active channel, whole. */
  readonly overview: TileLayer
  readonly ribbon: TileLayer | undefined
  readonly spectrogram: TileLayer
  readonly map: TileLayer | undefined
}

export interface SceneInput {
  readonly recordingId: string
  readonly channel: number
  readonly channels: readonly ChannelSummary[]
  readonly ribbon: EvidenceSummary | undefined
  readonly map: EvidenceSummary | undefined
  readonly layout: Pick<TimelineLayout, 'channels' | 'fftLength' | 'mapSide'>
}

export function buildScene(input: SceneInput): Scene {
  const { recordingId, channel, channels, layout } = input
  const active = channels[channel]
  const rateHz = active.sampleRateHz ?? 1
  const waveform = (index: number): TileLayer => ({
    track: { kind: 'waveform', recordingId, channel: index },
    factor: (channels[index].sampleRateHz ?? rateHz) / rateHz,
    sampleCount: channels[index].sampleCount,
    leastLevel: 0,
  })
  const ownLayer = (track: TrackSpec, leastLevel: number): TileLayer => ({
    track,
    factor: 1,
    sampleCount: active.sampleCount,
    leastLevel,
  })
  const evidence = (summary: EvidenceSummary | undefined, side: TimelineLayout['mapSide']) =>
    summary === undefined
      ? undefined
      : ownLayer({ kind: 'evidence', evidenceId: summary.evidenceId, side }, tileLevelOf(summary.stepSeconds * rateHz))
  const shown = layout.channels === 'stacked' ? channels.map((_, index) => index) : [channel]
  const { fftLength } = layout
  return {
    lanes: shown.map((index) => ({ channel: index, layer: waveform(index) })),
    overview: waveform(channel),
    ribbon: evidence(input.ribbon, 'difference'),
    // an eighth of a frame: columns closer together show the same samples again
    spectrogram: ownLayer({ kind: 'spectrogram', recordingId, channel, fftLength }, tileLevelOf(fftLength / 8)),
    map: evidence(input.map, layout.mapSide),
  }
}

export interface Viewport {
  readonly view: ViewRange
  /** Device pixels of the plot. */
  readonly width: number
  readonly shown: readonly TimelineTrackId[]
  readonly isMapShown: boolean
  /** Without a rate there are no frequencies. */
  readonly isRateKnown: boolean
}

export function levelOf(layer: TileLayer, view: ViewRange, width: number): number {
  const perPixel = ((view.end - view.start) * layer.factor) / Math.max(1, width)
  return Math.max(layer.leastLevel, tileLevelOf(perPixel))
}

export function viewOf(layer: TileLayer, view: ViewRange): ViewRange {
  return { start: view.start * layer.factor, end: view.end * layer.factor }
}

/** What the viewport needs, most urgent first: in view, the whole recording coarsely, then what panning needs next. */
export function requestsOf(scene: Scene, viewport: Viewport): readonly TileRequest[] {
  const { view, width } = viewport
  const beside = shownLayers(scene, viewport).flatMap((layer) => addressed(layer, view, width, neighbours))
  return [...urgentRequestsOf(scene, viewport), ...beside]
}

/** What is drawn. */
export function urgentRequestsOf(scene: Scene, viewport: Viewport): readonly TileRequest[] {
  const { view, width } = viewport
  const layers = shownLayers(scene, viewport)
  const whole = { start: 0, end: scene.overview.sampleCount }
  const inView = layers.flatMap((layer) => addressed(layer, view, width, tilesInView))
  return [...inView, ...addressed(scene.overview, whole, width, tilesInView)]
}

function shownLayers(scene: Scene, { shown, isMapShown, isRateKnown }: Viewport): readonly TileLayer[] {
  const layers: (TileLayer | undefined)[] = []
  if (shown.includes('waveform')) layers.push(...scene.lanes.map(({ layer }) => layer))
  if (shown.includes('evidence')) layers.push(scene.ribbon)
  if (shown.includes('spectrogram') && isRateKnown) layers.push(isMapShown ? scene.map : undefined, scene.spectrogram)
  return layers.filter((layer) => layer !== undefined)
}

function addressed(
  layer: TileLayer,
  view: ViewRange,
  width: number,
  choose: typeof tilesInView,
): readonly TileRequest[] {
  const level = levelOf(layer, view, width)
  return choose(viewOf(layer, view), level, layer.sampleCount).map((address) => ({ ...address, track: layer.track }))
}
