import type { EngineEvent } from '../shared/contract/events'
import type { Reply } from '../shared/contract/reply'
import { failure } from '../shared/contract/reply'
import type { FromEngine, ToEngine } from './engine-messages'

/** The engine's process as main sees it; Electron's UtilityProcess in the product, a double in tests. */
export interface EngineProcess {
  postMessage(message: ToEngine): void
  onMessage(listener: (message: FromEngine) => void): void
  onExit(listener: () => void): void
  kill(): void
}

type Answer = (reply: Reply<unknown>) => void

/**
 * Requests to the engine's process. When it dies, open requests are answered `internal`, it is started once more, is
 * told again which files were granted, and pages hear `engine.restarted`. A second death ends it, and further requests
 * say so.
 */
export class EngineLink {
  readonly #start: () => EngineProcess
  readonly #onEvent: (event: EngineEvent) => void
  readonly #open = new Map<string, Answer>()
  readonly #grants = new Map<number, Map<string, string>>()
  #process: EngineProcess | undefined
  #startCount = 0
  #isClosing = false

  constructor(start: () => EngineProcess, onEvent: (event: EngineEvent) => void) {
    this.#start = start
    this.#onEvent = onEvent
    this.#launch()
  }

  request(page: number, callId: number, name: string, input: unknown): Promise<Reply<unknown>> {
    const engine = this.#process
    if (engine === undefined)
      return Promise.resolve(failure('internal', 'The engine stopped twice; restart VibraLens.'))
    return new Promise((resolve) => {
      this.#open.set(keyOf(page, callId), resolve)
      engine.postMessage({ kind: 'request', page, callId, name, input })
    })
  }

  cancel(page: number, callId: number): void {
    this.#process?.postMessage({ kind: 'cancel', page, callId })
  }

  grant(page: number, handle: string, path: string): void {
    const ofPage = this.#grants.get(page) ?? new Map<string, string>()
    this.#grants.set(page, ofPage.set(handle, path))
    this.#process?.postMessage({ kind: 'grant', page, handle, path })
  }

  /** The page is gone: its calls are given up, its files are no longer granted. */
  leave(page: number): void {
    this.#grants.delete(page)
    this.#process?.postMessage({ kind: 'leave', page })
  }

  dispose(): void {
    this.#isClosing = true
    this.#process?.kill()
  }

  #launch(): void {
    this.#startCount += 1
    const engine = this.#start()
    this.#process = engine
    engine.onMessage((message) => {
      if (message.kind === 'event') this.#onEvent(message.event)
      else {
        const key = keyOf(message.page, message.callId)
        this.#open.get(key)?.(message.reply)
        this.#open.delete(key)
      }
    })
    engine.onExit(() => this.#lose())
    for (const [page, ofPage] of this.#grants) {
      for (const [handle, path] of ofPage) engine.postMessage({ kind: 'grant', page, handle, path })
    }
  }

  #lose(): void {
    this.#process = undefined
    const isRestarted = !this.#isClosing && this.#startCount < 2
    if (isRestarted) this.#launch()
    const lost = failure(
      'internal',
      isRestarted ? 'The engine stopped; it was started again.' : 'The engine stopped twice; restart VibraLens.',
    )
    for (const answer of this.#open.values()) answer(lost)
    this.#open.clear()
    if (isRestarted) this.#onEvent({ name: 'engine.restarted', data: {} })
  }
}

const keyOf = (page: number, callId: number): string => `${page}/${callId}`
