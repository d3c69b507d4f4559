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

/**
 * Requests to the engine's process. When it dies, open requests are answered `internal` and it is started once more; a
 * second death ends it, and further requests say so.
 */
export class EngineLink {
  readonly #start: () => EngineProcess
  readonly #onEvent: (event: EngineEvent) => void
  readonly #open = new Map<string, (reply: Reply<unknown>) => void>()
  #process: EngineProcess | undefined
  #startCount = 0
  #isClosing = false

  constructor(start: () => EngineProcess, onEvent: (event: EngineEvent) => void) {
    this.#start = start
    this.#onEvent = onEvent
    this.#launch()
  }

  request(
    callId: string,
    name: string,
    input: unknown,
    grants: Readonly<Record<string, string>>,
  ): Promise<Reply<unknown>> {
    const engine = this.#process
    if (engine === undefined)
      return Promise.resolve(failure('internal', 'The engine stopped twice; restart VibraLens.'))
    return new Promise((resolve) => {
      this.#open.set(callId, resolve)
      engine.postMessage({ kind: 'request', callId, name, input, grants })
    })
  }

  cancel(callId: string): void {
    this.#process?.postMessage({ kind: 'cancel', callId })
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
        this.#open.get(message.callId)?.(message.reply)
        this.#open.delete(message.callId)
      }
    })
    engine.onExit(() => this.#restart())
  }

  #restart(): void {
    this.#process = undefined
    for (const answer of this.#open.values()) answer(failure('internal', 'The engine stopped; it was started again.'))
    this.#open.clear()
    if (!this.#isClosing && this.#startCount < 2) this.#launch()
  }
}
