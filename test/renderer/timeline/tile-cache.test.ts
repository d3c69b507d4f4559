import { describe, expect, it, vi } from 'vitest'
import { TileCache, type TileRequest } from '../../../src/renderer/timeline/tile-cache'
import type { Tile, TrackSpec } from '../../../src/shared/app/tracks'
import { AnalyzerError } from '../../../src/shared/errors'
import { makeTile } from '../../builders/tile-builder'

const track: TrackSpec = { kind: 'waveform', recordingId: 'r', channel: 0 }
const request = (index: number, level = 0): TileRequest => ({ track, level, index })
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

/** A cache whose tiles come when the test says so. */
function makeCache(options: { byteLimit?: number; parallelLimit?: number } = {}) {
  const asked: { request: TileRequest; signal: AbortSignal; come: (tile: Tile) => void; fail: (e: unknown) => void }[] =
    []
  let time = 0
  const onChange = vi.fn()
  const cache = new TileCache({
    fetch: (each, signal) =>
      new Promise((come, fail) => {
        asked.push({ request: each, signal, come, fail })
      }),
    onChange,
    byteLimit: options.byteLimit ?? 1e9,
    parallelLimit: options.parallelLimit ?? 2,
    now: () => time,
  })
  const come = async (place: number): Promise<void> => {
    const { level, index } = asked[place].request
    asked[place].come(makeTile({ level, index }))
    await settled()
  }
  const pass = (milliseconds: number): void => void (time += milliseconds)
  return { cache, asked, come, onChange, pass }
}

describe('the tile cache', () => {
  it('goes from missing over loading to ready, and says so', async () => {
    const { cache, come, onChange } = makeCache()
    expect(cache.state(track, 0, 3).kind).toBe('missing')
    cache.want([request(3)])
    expect(cache.state(track, 0, 3).kind).toBe('loading')
    await come(0)
    expect(cache.state(track, 0, 3).kind).toBe('ready')
    expect(onChange).toHaveBeenCalledTimes(1)
  })

  it('asks for the most urgent first, and for no more at once than is allowed', async () => {
    const { cache, asked, come } = makeCache()
    cache.want([5, 4, 6, 3].map((index) => request(index)))
    expect(asked.map(({ request: { index } }) => index)).toEqual([5, 4])
    await come(0)
    expect(asked.map(({ request: { index } }) => index)).toEqual([5, 4, 6])
  })

  it('gives up what the newest viewport does not want, keeps what it still wants', () => {
    const { cache, asked } = makeCache()
    cache.want([request(1), request(2), request(3)])
    cache.want([request(2), request(9)])
    expect(asked.map(({ request: { index }, signal }) => [index, signal.aborted])).toEqual([
      [1, true],
      [2, false],
      [9, false],
    ])
    expect(cache.state(track, 0, 1).kind).toBe('missing')
  })

  it('takes no notice of an answer to what was given up', async () => {
    const { cache, come, onChange } = makeCache()
    cache.want([request(1)])
    cache.want([])
    await come(0)
    expect(cache.state(track, 0, 1).kind).toBe('missing')
    expect(cache.byteCount).toBe(0)
    expect(onChange).not.toHaveBeenCalled()
  })

  it('keeps a failure with its sentence, and tries again after a while', async () => {
    const { cache, asked, pass } = makeCache()
    cache.want([request(1)])
    asked[0].fail(new AnalyzerError('unreadable-file', 'It was unplugged.'))
    await settled()
    expect(cache.state(track, 0, 1)).toMatchObject({ kind: 'failed', message: 'It was unplugged.' })
    expect(cache.failureOf(track)).toBe('It was unplugged.')
    cache.want([request(1)])
    expect(asked).toHaveLength(1)
    pass(5000)
    cache.want([request(1)])
    expect(asked).toHaveLength(2)
  })

  it('drops the longest unused when it is full, never what was drawn last', async () => {
    const { cache, come } = makeCache({ byteLimit: 3 * 1024 })
    for (let index = 0; index < 3; index++) {
      cache.want([request(index)])
      await come(index)
    }
    cache.want([request(3)])
    cache.ready(track, 0, 0) // drawn again
    await come(3)
    const kinds = [0, 1, 2, 3].map((index) => cache.state(track, 0, index).kind)
    expect(kinds).toEqual(['ready', 'missing', 'missing', 'ready'])
    expect(cache.byteCount).toBe(2 * 1024)
  })

  it('forgets a recording with all that is under way for it', async () => {
    const { cache, asked, come } = makeCache()
    cache.want([request(0), request(1)])
    await come(0)
    cache.forget((each) => each.kind === 'waveform' && each.recordingId === 'r')
    expect(asked[1].signal.aborted).toBe(true)
    expect(cache.byteCount).toBe(0)
    cache.want([request(0)])
    expect(asked).toHaveLength(3)
  })
})
