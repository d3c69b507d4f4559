import { setImmediate as nextTurn } from 'node:timers/promises'
import { AnalyzerError } from '../../shared/errors'
import type { Kernels } from '../dsp/kernels/load-kernels'
import type { Channel } from '../readers/recording'
import { createPyramid, type Pyramid } from '../timeline/pyramid'
import { ByteLimitedCache } from './byte-limited-cache'

/** Samples read and reduced at once: 4 MB, a few milliseconds. */
const chunkSamples = 1 << 20
/** Least and greatest of blocks of 64 samples, and a third more for the levels above. */
const bytesPerSample = (2 * 4 * (4 / 3)) / 64

interface Building {
  readonly controller: AbortController
  readonly ended: Promise<Pyramid>
}

/** What is told to who waits for tiles of a recording that is no more. */
function goneError(): AnalyzerError {
  return new AnalyzerError('bad-request', 'The recording was closed or read differently while its overview was made.')
}

/** Min/max pyramids of channels by key: each is built once, in the background, one at a time, and kept within a bound. */
export class WaveformPyramids {
  readonly #kernels: () => Kernels
  readonly #built: ByteLimitedCache<Pyramid>
  readonly #building = new Map<string, Building>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(kernels: () => Kernels, byteLimit: number) {
    this.#kernels = kernels
    this.#built = new ByteLimitedCache<Pyramid>(byteLimit, ({ sampleCount }) => sampleCount * bytesPerSample)
  }

  /** Undefined while it is not built. */
  find(key: string): Pyramid | undefined {
    return this.#built.get(key)
  }

  /** Starts building where that has not begun; callers that give up leave it going for the next. */
  build(key: string, channel: Channel): Promise<Pyramid> {
    const built = this.#built.get(key)
    if (built !== undefined) return Promise.resolve(built)
    const under = this.#building.get(key)
    if (under !== undefined) return under.ended
    const controller = new AbortController()
    const ended = this.#last.then(() => this.#build(key, channel, controller.signal))
    this.#last = ended.catch(() => undefined) // who waits for it is told
    this.#building.set(key, { controller, ended })
    return ended
  }

  /** Drops those whose key begins so, finished or not. */
  forget(prefix: string): void {
    this.#built.deleteWhere((key) => key.startsWith(prefix))
    for (const [key, { controller }] of this.#building) if (key.startsWith(prefix)) controller.abort(goneError())
  }

  async #build(key: string, channel: Channel, signal: AbortSignal): Promise<Pyramid> {
    try {
      const pyramid = createPyramid(this.#kernels(), channel.sampleCount)
      for (let start = 0; start < channel.sampleCount; start += chunkSamples) {
        signal.throwIfAborted()
        pyramid.append(await channel.read({ start, end: Math.min(start + chunkSamples, channel.sampleCount) }))
        await nextTurn() // others are answered in between, also where reading needs no disk
      }
      this.#built.set(key, pyramid)
      return pyramid
    } finally {
      this.#building.delete(key)
    }
  }
}
