import type { Tile, TrackSpec } from '../../shared/app/tracks'
import { AnalyzerError } from '../../shared/errors'
import type { TileAddress } from './tile-cover'

export type TileState =
  | { readonly kind: 'missing' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly tile: Tile }
  | { readonly kind: 'failed'; readonly message: string }

export interface TileRequest extends TileAddress {
  readonly track: TrackSpec
}

export interface TileCacheOptions {
  fetch(request: TileRequest, signal: AbortSignal): Promise<Tile>
  /** A tile came or failed. */
  onChange(): void
  readonly byteLimit: number
  /** Requests under way at once; the others wait here, where giving them up costs nothing. */
  readonly parallelLimit: number
  /** milliseconds */
  now(): number
}

type Entry =
  | { readonly kind: 'loading'; readonly controller: AbortController }
  | { readonly kind: 'ready'; readonly tile: Tile; usedAt: number }
  | { readonly kind: 'failed'; readonly message: string; readonly failedAt: number }

const missing: TileState = { kind: 'missing' }
const retryAfterMilliseconds = 4000

/** Tiles in hand and under way. What is wanted now is said as a whole: what is not wanted any more is given up. */
export class TileCache {
  readonly #options: TileCacheOptions
  readonly #tracks = new Map<string, Map<number, Entry>>()
  #queue: readonly TileRequest[] = []
  #loadingCount = 0
  #byteCount = 0
  #clock = 0

  constructor(options: TileCacheOptions) {
    this.#options = options
  }

  get byteCount(): number {
    return this.#byteCount
  }

  state(track: TrackSpec, level: number, index: number): TileState {
    return this.#entry(track, level, index) ?? missing
  }

  ready(track: TrackSpec, level: number, index: number): Tile | undefined {
    const entry = this.#entry(track, level, index)
    if (entry?.kind !== 'ready') return undefined
    entry.usedAt = this.#clock
    return entry.tile
  }

  /** Neither there nor failed. */
  isAwaited({ track, level, index }: TileRequest): boolean {
    const { kind } = this.state(track, level, index)
    return kind === 'missing' || kind === 'loading'
  }

  /** The reason that the last tile of the track that failed gave; undefined where none is failed. */
  failureOf(track: TrackSpec): string | undefined {
    for (const entry of this.#tracks.get(trackKey(track))?.values() ?? []) {
      if (entry.kind === 'failed') return entry.message
    }
    return undefined
  }

  /** The newest viewport, most urgent first. Requests under way that are not in it are aborted. */
  want(requests: readonly TileRequest[]): void {
    this.#clock += 1
    const wanted = new Set(requests.map(requestKey))
    for (const [key, entries] of this.#tracks) {
      for (const [place, entry] of entries) {
        if (entry.kind !== 'loading' || wanted.has(`${key}#${place}`)) continue
        entry.controller.abort()
        entries.delete(place)
        this.#loadingCount -= 1
      }
    }
    this.#queue = requests.filter((request) => this.#isToLoad(request))
    this.#loadNext()
  }

  /** Drops every tile of the tracks that `isOver`; their recording or evidence is gone. */
  forget(isOver: (track: TrackSpec) => boolean): void {
    for (const [key, entries] of this.#tracks) {
      if (!isOver(JSON.parse(key) as TrackSpec)) continue // checked boundary: made by trackKey below
      for (const entry of entries.values()) {
        if (entry.kind === 'loading') {
          entry.controller.abort()
          this.#loadingCount -= 1
        } else if (entry.kind === 'ready') this.#byteCount -= byteCountOf(entry.tile)
      }
      this.#tracks.delete(key)
    }
    this.#queue = this.#queue.filter(({ track }) => !isOver(track))
    this.#options.onChange()
  }

  /** What failed may be asked for again at once. */
  retryFailed(): void {
    for (const entries of this.#tracks.values()) {
      for (const [place, entry] of entries) if (entry.kind === 'failed') entries.delete(place)
    }
    this.#options.onChange()
  }

  dispose(): void {
    this.forget(() => true)
  }

  #isToLoad({ track, level, index }: TileRequest): boolean {
    const entry = this.#entry(track, level, index)
    if (entry?.kind === 'failed') return this.#options.now() - entry.failedAt >= retryAfterMilliseconds
    return entry === undefined
  }

  #loadNext(): void {
    while (this.#loadingCount < this.#options.parallelLimit && this.#queue.length > 0) {
      const [request, ...rest] = this.#queue
      this.#queue = rest
      void this.#load(request)
    }
  }

  async #load(request: TileRequest): Promise<void> {
    const controller = new AbortController()
    const { signal } = controller
    this.#put(request, { kind: 'loading', controller })
    this.#loadingCount += 1
    const settled = await this.#fetch(request, signal)
    if (signal.aborted) return // whoever aborted it has taken it out
    this.#loadingCount -= 1
    this.#put(request, settled)
    if (settled.kind === 'ready') {
      this.#byteCount += byteCountOf(settled.tile)
      this.#evict()
    }
    this.#loadNext()
    this.#options.onChange()
  }

  async #fetch(request: TileRequest, signal: AbortSignal): Promise<Entry> {
    try {
      return { kind: 'ready', tile: await this.#options.fetch(request, signal), usedAt: this.#clock }
    } catch (error) {
      if (!signal.aborted && !(error instanceof AnalyzerError)) throw error
      return { kind: 'failed', message: error instanceof Error ? error.message : '', failedAt: this.#options.now() }
    }
  }

  /** The longest unused go first, until there is a tenth of room; what was drawn last stays. */
  #evict(): void {
    const { byteLimit } = this.#options
    if (this.#byteCount <= byteLimit) return
    const ready = [...this.#tracks.values()].flatMap((entries) =>
      [...entries].flatMap(([place, entry]) => (entry.kind === 'ready' ? [{ entries, place, entry }] : [])),
    )
    ready.sort((a, b) => a.entry.usedAt - b.entry.usedAt)
    for (const { entries, place, entry } of ready) {
      if (this.#byteCount <= byteLimit * 0.9 || entry.usedAt >= this.#clock) return
      entries.delete(place)
      this.#byteCount -= byteCountOf(entry.tile)
    }
  }

  #entry(track: TrackSpec, level: number, index: number): Entry | undefined {
    return this.#tracks.get(trackKey(track))?.get(placeOf(level, index))
  }

  #put({ track, level, index }: TileRequest, entry: Entry): void {
    const key = trackKey(track)
    const entries = this.#tracks.get(key) ?? new Map<number, Entry>()
    entries.set(placeOf(level, index), entry)
    this.#tracks.set(key, entries)
  }
}

// a spec is made once and asked for many times a frame
const keys = new WeakMap<TrackSpec, string>()

export function trackKey(track: TrackSpec): string {
  const known = keys.get(track)
  if (known !== undefined) return known
  const key = JSON.stringify(track)
  keys.set(track, key)
  return key
}

function placeOf(level: number, index: number): number {
  return index * 64 + level
}

function requestKey({ track, level, index }: TileRequest): string {
  return `${trackKey(track)}#${placeOf(level, index)}`
}

function byteCountOf({ values }: Tile): number {
  return values.byteLength
}
